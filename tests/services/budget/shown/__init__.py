"""Tests of a worked-out budget as it is shown."""
