"""Screens of a visit."""
