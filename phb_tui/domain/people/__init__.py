"""Facts about a person: name, NHS number, capacity, search terms."""
