"""The HTTP endpoints that devices call."""
