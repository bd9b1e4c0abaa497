"""A central service that can be restored from a backup and made to stop at any statement, on any of its databases."""

import sqlite3
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest import mock

import psycopg

from phb_tui.central.api.context import Central
from phb_tui.central.exchange import ingest
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.engine import Engine, Transaction, Value
from phb_tui.central.storage.migrations import table_names
from phb_tui.central.storage.models import Device, Staff
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.central.storage.sqlite import SqliteEngine
from phb_tui.errors import CentralBusy
from phb_tui.sync import signing
from tests import factories, postgres
from tests.sync import earlier_programs
from tests.sync.earlier_programs import Store

T = TypeVar("T")
TEAMS = {"north": 3, "south": 2, "east": 1}
"""The teams, and how many laptops each has at most."""
EARLIER = "sqlite of an earlier program"
"""Central goes on with the database that an earlier program left, and a laptop, `north-0`, with its store."""
ENGINES = [*postgres.ENGINES, EARLIER]
"""Everything that histories begin on."""


class Crashed(Exception):
    """The process ended here."""


class Crashing:
    """An engine whose process ends before a statement, once."""

    def __init__(self, engine: Engine) -> None:
        self.real = engine
        self.left = -1
        """Statements until the end; -1 for no end in sight."""

    def write(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """See `Engine.write`."""
        return self._do(self.real.write, teams, work)

    def read(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """See `Engine.read`."""
        return self._do(self.real.read, teams, work)

    def close(self) -> None:
        """See `Engine.close`."""
        self.real.close()

    def _do(
        self,
        do: Callable[[Collection[str], Callable[[Transaction], T]], T],
        teams: Collection[str],
        work: Callable[[Transaction], T],
    ) -> T:
        try:
            return do(teams, lambda run: work(_Counted(self, run)))
        except Crashed:
            raise CentralBusy from None

    def count(self) -> None:
        """One statement more."""
        if self.left >= 0:
            self.left -= 1
            if self.left < 0:
                raise Crashed


class _Counted:
    def __init__(self, engine: Crashing, run: Transaction) -> None:
        self._engine, self._run = engine, run

    def fetch(self, sql: str, *values: Value | list[str]) -> list[tuple[Any, ...]]:
        self._engine.count()
        return self._run.fetch(sql, *values)

    def start(self, sql: str, *values: Value | list[str]) -> Callable[[], list[tuple[Any, ...]]]:
        self._engine.count()
        return self._run.start(sql, *values)

    def fetch_for_update(self, sql: str, *values: Value) -> list[tuple[Any, ...]]:
        self._engine.count()
        return self._run.fetch_for_update(sql, *values)

    def insert_many(self, bulk: BulkInsert, team_id: str, rows: Sequence[Sequence[Value]]) -> None:
        self._engine.count()
        self._run.insert_many(bulk, team_id, rows)


class FaultyCentral:
    """Central with teams and laptops that have joined.

    Attributes:
        address: Where it answers.
        bundles: What answers a file from a stick.
        keys: Each laptop's private key, by team and laptop.
        stores: The stores of an earlier program, by the laptop that begins with a copy.
    """

    def __init__(self, central: Central, root: str, address: str, stores: Mapping[str, Store]) -> None:
        storage = central.storage
        self.storage, self.address, self.bundles = storage, address, central.bundles
        self.crashing = storage.engine
        assert isinstance(self.crashing, Crashing)
        self.keys: dict[tuple[str, str], str] = {}
        self._root = root
        for team_id, size in TEAMS.items():
            storage.write({team_id}, partial(self._add, team_id, size))
        self.stores = stores
        self.keys |= {(earlier_programs.TEAM, name): store.device_key for name, store in stores.items()}
        self.empty = self._backup()
        self._kept = self.empty

    def _add(self, team_id: str, size: int, tables_: Repository) -> None:
        if tables_.team(team_id) is None:
            tables_.add_team(team_id, team_id.title())
        for number in range(size):
            name = f"{team_id}-{number}"
            private, public = signing.new_key()
            self.keys[team_id, name] = private
            tables_.save_staff(team_id, Staff(name, name, "nurse advisor"))
            tables_.add_device(Device(team_id, name, name, name, public, "active", 0, "", "now", "", ""))

    def take_backup(self) -> None:
        """Remember the present state."""
        self._kept = self._backup()

    def restore(self) -> None:
        """Go back to the remembered state."""
        self._put(self._kept)

    def reset(self) -> None:
        """Go back to the beginning, for another history."""
        self._kept = self.empty
        self._put(self.empty)

    def crash_at(self, statement: int) -> None:
        """Let the process end before so many statements from now."""
        assert isinstance(self.crashing, Crashing)
        self.crashing.left = statement

    def _backup(self) -> Any:
        engine = self._engine()
        if isinstance(engine, SqliteEngine):
            copy = sqlite3.connect(":memory:", check_same_thread=False)
            engine.connection.backup(copy)
            return copy
        with psycopg.connect(self._root) as connection:
            return {
                table: connection.execute(f"SELECT * FROM {table}".encode()).fetchall()  # noqa: S608
                for table in table_names()
            }

    def _put(self, kept: Any) -> None:
        self.crash_at(-1)
        engine = self._engine()
        if isinstance(engine, SqliteEngine):
            kept.backup(engine.connection)
            return
        with psycopg.connect(self._root) as connection:
            connection.execute(f"TRUNCATE {', '.join(table_names())}".encode())
            for table, rows in kept.items():
                if rows:
                    marks = ", ".join(["%s"] * len(rows[0]))
                    connection.cursor().executemany(f"INSERT INTO {table} VALUES ({marks})".encode(), rows)  # noqa: S608

    def _engine(self) -> Engine:
        assert isinstance(self.crashing, Crashing)
        return self.crashing.real


@contextmanager
def faulty_central_on(engine: str) -> Iterator[FaultyCentral]:
    """A running central on one of `ENGINES`."""
    if engine == EARLIER:
        with tempfile.TemporaryDirectory() as folder:
            stores = {"north-0": earlier_programs.store(Path(folder))}
            with _running(earlier_programs.central(Path(folder)), "", stores) as hub:
                yield hub
        return
    if engine == "sqlite":
        with _running(Storage.on_sqlite(None), "") as hub:
            yield hub
        return
    version, _, parts = engine.removeprefix("postgres ").partition(" in ")
    with postgres.database(version, int(parts.split()[0]) if parts else 0) as (owner, central):
        from phb_tui.central.storage.postgres import PostgresEngine  # noqa: PLC0415

        root = owner.replace(postgres.OWNER, "root", 1)
        with _running(Storage(PostgresEngine(central)), root) as hub:
            yield hub


@contextmanager
def _running(storage: Storage, root: str, stores: Mapping[str, Store] | None = None) -> Iterator[FaultyCentral]:
    storage.engine = Crashing(storage.engine)
    # Thousands of histories come from the same five laptops, which no real laptop is like.
    often = Limits(burst=10**9, unknown_burst=10**9)
    central = build_central(storage, factories.KEY, lambda: datetime.now(UTC), limits=often)
    # And few changes are written in several pieces, as the many of a real laptop are.
    with mock.patch.object(ingest, "MIN_BATCH", 2), serve_in_thread(central) as address:
        yield FaultyCentral(central, root, address, stores or {})
    storage.close()
