"""Web pages for signed-in staff: login, access control, CSRF protection, the pages of a team."""
