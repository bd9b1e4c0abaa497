"""A real encrypted store for the tests of the store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.store import encrypted_store
from phb_tui.store.encrypted_store import EncryptedStore

KEY = bytes(range(32))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a new store in it."""
    encrypted_store.create(tmp_path, bytearray(KEY), {"team_id": "t"})
    return tmp_path


@pytest.fixture
def store(folder: Path) -> Iterator[EncryptedStore]:
    """The store, open."""
    found = encrypted_store.open_store(folder, bytearray(KEY))
    yield found
    found.close()
