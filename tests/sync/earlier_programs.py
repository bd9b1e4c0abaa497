"""What earlier programs left for tests: a laptop's store, a central's database and an exchange of both."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from phb_tui.central.storage.repository import Storage
from phb_tui.keys import keyring
from phb_tui.services.session import Session
from phb_tui.store import encrypted_store, key_values
from tests import stores

FOLDER = Path(__file__).parent / "compatibility"
EXCHANGE: dict[str, Any] = json.loads((FOLDER / "exchange.json").read_text(encoding="utf-8"))
PASSPHRASE = "velvet otter picnic lantern"
TEAM = "north"


class Store(NamedTuple):
    """A laptop's store to copy.

    Attributes:
        path: The encrypted file.
        key: The key of the database.
        device_key: The laptop's private key in hex.
    """

    path: Path
    key: bytes
    device_key: str


def now() -> datetime:
    """The time at which everything here was made, so that the laptop's lease still runs."""
    return datetime(2026, 11, 26, 9, 0, tzinfo=UTC)


@contextmanager
def laptop(folder: Path) -> Iterator[Session]:
    """A copy of the laptop's store, unlocked by the present program."""
    shutil.copytree(FOLDER / "laptop", folder / "stores" / "laptop")
    with stores.unlocked(folder / "stores", PASSPHRASE, now) as session:
        yield session


def store(folder: Path) -> Store:
    """A copy of the laptop's store that the present program has unlocked and closed."""
    with laptop(folder) as session:
        device_key = key_values.get(session.store.db, "device_key")
    opened = folder / "stores" / "laptop"
    return Store(opened / encrypted_store.FILE, bytes(keyring.unlock(opened, PASSPHRASE).database_key()), device_key)


def central(folder: Path) -> Storage:
    """A copy of central's database, opened by the present program."""
    path = folder / "central.db"
    connection = sqlite3.connect(path)
    connection.executescript((FOLDER / "central.sql").read_text(encoding="utf-8"))
    connection.close()
    return Storage.on_sqlite(path)
