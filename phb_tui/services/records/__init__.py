"""Use cases on any record: read, edit, list, check, undo, resolve conflicts."""
