"""The terminal itself: what it sends, and the state it is left in."""
