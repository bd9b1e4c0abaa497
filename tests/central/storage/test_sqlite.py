"""Central's file: what was taken out of it is not left in it."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from phb_tui.central.storage.repository import Storage
from phb_tui.central.storage.sqlite import SqliteEngine


def test_what_is_deleted_is_gone_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sign-in name that was taken away is in no byte of the file or beside it, however SQLite was built there."""
    real, words = sqlite3.connect, "zqsubject-" + "x" * 200

    def built_otherwise(*arguments: Any, **named: Any) -> sqlite3.Connection:
        made: sqlite3.Connection = real(*arguments, **named)
        made.execute("PRAGMA secure_delete = OFF")
        return made

    monkeypatch.setattr(sqlite3, "connect", built_otherwise)
    storage = Storage.on_sqlite(tmp_path / "c.db")
    storage.write({"t"}, lambda repository: repository.add_team("t", "Team"))
    storage.write({"t"}, lambda repository: repository.add_sign_in("t", words, "sam"))
    storage.write({"t"}, lambda repository: repository.remove_sign_ins("t", "sam"))
    engine = storage.engine
    assert isinstance(engine, SqliteEngine)
    engine.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert [file.name for file in tmp_path.iterdir() if words.encode() in file.read_bytes()] == []
    storage.close()
