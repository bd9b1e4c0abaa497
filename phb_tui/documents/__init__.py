"""Document model of the plan, and its writers for HTML, PDF and plain text."""
