"""How screens are reached."""
