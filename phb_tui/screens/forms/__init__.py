"""Forms of records, drawn from their declaration."""
