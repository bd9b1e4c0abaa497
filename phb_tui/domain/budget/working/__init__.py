"""Lines of the budget with their sentences: shifts, costs, what employing costs, and the minimum wage."""
