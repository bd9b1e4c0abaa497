"""Screens about one person."""
