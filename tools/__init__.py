"""Generators of files in this repository; nothing here is installed."""
