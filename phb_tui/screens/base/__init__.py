"""What every screen is built on: the frame, autosave, background work, covers, themes."""
