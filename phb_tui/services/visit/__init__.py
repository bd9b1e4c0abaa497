"""Use cases of a visit: start, conversation, progress, close."""
