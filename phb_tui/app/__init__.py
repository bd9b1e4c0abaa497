"""The Textual app: global keys, background sync, the command menu and how it ends."""
