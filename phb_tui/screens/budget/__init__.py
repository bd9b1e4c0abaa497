"""A budget: its lines, how it was worked out, what if, whether it is enough, and keeping a version."""
