"""The server: its settings, its ASGI application and its processes."""
