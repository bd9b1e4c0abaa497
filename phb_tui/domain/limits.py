"""How long what a person writes may be."""

LONGEST_TEXT = 100_000
"""The most letters in one field that somebody types; a conversation written out has a tenth of it."""
