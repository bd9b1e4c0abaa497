"""Asking for a decision, deciding, and how each request stands."""
