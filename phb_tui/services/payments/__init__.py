"""Payments of approved budgets and what was bought with them."""
