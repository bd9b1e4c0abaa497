"""Screens about sending and getting."""
