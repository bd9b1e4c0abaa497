"""Screens of asking for a decision, deciding, and what was decided."""
