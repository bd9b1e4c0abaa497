"""What tests of the app are given: the same as tests of screens."""

from tests.screens.conftest import anyio_backend, laptop, session

__all__ = ["anyio_backend", "laptop", "session"]
