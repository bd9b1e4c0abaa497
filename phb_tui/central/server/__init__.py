"""The running server: its settings, its application and its processes."""
