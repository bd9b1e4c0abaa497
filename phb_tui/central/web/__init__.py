"""The web pages for people who have signed in."""
