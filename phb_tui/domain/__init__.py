"""The rules: pure functions and small values. No clock, no file, no network, no framework."""
