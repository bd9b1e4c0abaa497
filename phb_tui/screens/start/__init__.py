"""Unlocking, setting up and joining again."""
