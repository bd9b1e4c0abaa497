"""Text: letters, control characters, codes."""
