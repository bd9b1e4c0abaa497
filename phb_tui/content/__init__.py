"""The words that ship with the app, as data files and their readers."""
