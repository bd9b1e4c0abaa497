"""Tests of the screens of a budget."""
