"""Tests of what screens ask of the program."""
