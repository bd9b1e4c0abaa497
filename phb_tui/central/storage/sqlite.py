"""SQLite engine, the embedded default: one file, one transaction at a time."""

import json
import sqlite3
import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from phb_tui.central.storage import migrations
from phb_tui.central.storage.engine import Transaction, Value
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.errors import CentralBusy, SettingsProblem

T = TypeVar("T")
BUSY_SECONDS = 20
_PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cache_size = -32000;
"""


class SqliteEngine:
    """Runs transactions on a SQLite database.

    Args:
        path: The file, created if there is none; None for a database in memory.

    Raises:
        SettingsProblem: The file cannot be opened, is no database, or a newer central wrote it.
    """

    def __init__(self, path: Path | None) -> None:
        try:
            self.connection = sqlite3.connect(
                path or ":memory:", isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
            )
            self.connection.executescript(_PRAGMAS)
        except sqlite3.DatabaseError as error:
            raise SettingsProblem(f"Central's database cannot be used: {error}. See --database.") from error
        self._lock = threading.RLock()
        self._migrate()

    def write(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:  # noqa: ARG002 - SQLite guards no rows
        """See `Engine.write`."""
        return self._transact(work, "BEGIN IMMEDIATE")

    def read(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:  # noqa: ARG002
        """See `Engine.read`."""
        return self._transact(work, "BEGIN")

    def close(self) -> None:
        """See `Engine.close`."""
        with self._lock:
            self.connection.close()

    def _transact(self, work: Callable[[Transaction], T], begin: str) -> T:
        with self._lock:
            try:
                self.connection.execute(begin)
                try:
                    done = work(_SqliteTransaction(self.connection))
                except BaseException:
                    self.connection.execute("ROLLBACK")
                    raise
                self.connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise CentralBusy from error
            return done

    def _migrate(self) -> None:
        version = self.connection.execute("PRAGMA user_version").fetchone()[0]
        for number, script in migrations.pending(version):
            self.connection.executescript(f"BEGIN IMMEDIATE;{script};PRAGMA user_version = {number:d};COMMIT;")


class _SqliteTransaction:
    """One transaction; see `engine.Transaction`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def fetch(self, sql: str, *values: Value | list[str]) -> list[tuple[Any, ...]]:
        plain = [json.dumps(value) if isinstance(value, list) else value for value in values]
        with closing(self._connection.execute(_to_sqlite(sql), plain)) as cursor:
            return cursor.fetchall()

    def start(self, sql: str, *values: Value | list[str]) -> Callable[[], list[tuple[Any, ...]]]:
        rows = self.fetch(sql, *values)  # there is no server that could work meanwhile
        return lambda: rows

    def fetch_for_update(self, sql: str, *values: Value) -> list[tuple[Any, ...]]:
        return self.fetch(sql, *values)  # there is only one writer at a time

    def insert_many(self, bulk: BulkInsert, team_id: str, rows: Sequence[Sequence[Value]]) -> None:
        marks = ", ".join("?" * len(bulk.columns))
        sql = f"INSERT INTO {bulk.table} ({', '.join(bulk.columns)}) VALUES ({marks}){on_conflict(bulk)}"  # noqa: S608
        self._connection.executemany(sql, ((team_id, *row) for row in rows))


@cache
def _to_sqlite(sql: str) -> str:
    return sql.replace("among(?)", "json_each(?) among").replace("each_of(?)", "json_each(?) each_of")


def on_conflict(bulk: BulkInsert) -> str:
    """The ON CONFLICT clause of a bulk insert; "" when a duplicate key is an error."""
    if not bulk.update:
        return ""
    changes = ", ".join(f"{name} = excluded.{name}" for name in bulk.update)
    return f" ON CONFLICT ({', '.join(bulk.key)}) DO UPDATE SET {changes}"
