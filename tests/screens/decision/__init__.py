"""Tests of the screens of decisions and agreements."""
