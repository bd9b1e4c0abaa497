"""The budget for screens and for files: from records or JSON to what was worked out."""
