"""Help, the menu and the end of family view."""
