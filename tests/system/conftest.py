"""What tests of private files are given: a store's folder with its key file."""

from tests.keys.conftest import folder, original

__all__ = ["folder", "original"]
