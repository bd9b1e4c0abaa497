"""Administration of teams, staff and devices."""
