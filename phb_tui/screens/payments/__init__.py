"""Screens about payments and purchases."""
