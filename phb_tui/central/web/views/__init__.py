"""The plain pages central shows: no script, nothing from elsewhere."""
