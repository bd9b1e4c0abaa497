"""The list of people: its index table and its pages."""
