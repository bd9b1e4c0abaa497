"""The finder and what it opens."""
