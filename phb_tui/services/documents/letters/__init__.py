"""Letters to a person: what was decided, what changes in the money, what was signed."""
