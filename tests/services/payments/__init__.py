"""Asking for a decision, deciding, and how requests stand."""
