"""What a nurse does, one function each, joining the rules to the store."""
