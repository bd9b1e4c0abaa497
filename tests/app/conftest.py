"""What tests of the app are given: the same as tests of screens, and garbage collections as they were before."""

import gc
from collections.abc import Iterator

import pytest

from tests.screens.conftest import anyio_backend, laptop, session

__all__ = ["anyio_backend", "as_before", "laptop", "session"]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """What a test froze and set does not outlive it: the other tests share the process."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()
    gc.freeze()
