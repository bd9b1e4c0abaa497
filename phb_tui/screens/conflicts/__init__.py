"""Resolving fields with two versions."""
