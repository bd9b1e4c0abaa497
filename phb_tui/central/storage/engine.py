"""Protocols of a database engine and its transactions, implemented for SQLite and PostgreSQL."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol, TypeVar

from phb_tui.central.storage.queries import BulkInsert
from phb_tui.errors import CentralBusy

__all__ = ["BulkInsert", "CentralBusy", "Engine", "Transaction", "Value"]

Value = str | int | None
T = TypeVar("T")


class Transaction(Protocol):
    """One open database transaction."""

    def fetch(self, sql: str, *values: Value | list[str]) -> list[tuple[Any, ...]]:
        """Run a statement of `queries` and return its rows; a list is the parameter of `among(?)` or `each_of(?)`."""

    def start(self, sql: str, *values: Value | list[str]) -> Callable[[], list[tuple[Any, ...]]]:
        """Start a SELECT, and return what waits for its rows: a server reads them while other work goes on."""

    def fetch_for_update(self, sql: str, *values: Value) -> list[tuple[Any, ...]]:
        """Run a SELECT and lock its rows until the transaction ends."""

    def insert_many(self, bulk: BulkInsert, team_id: str, rows: Sequence[Sequence[Value]]) -> None:
        """Insert or upsert many rows of one team; each row is given without the team, its first column."""


class Engine(Protocol):
    """A database that runs work in transactions."""

    def write(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """Run work in one read-write transaction: all of it is committed durably, or none.

        The work may be called again from the start after a serialisation failure or a deadlock.

        Args:
            teams: The ids of the only teams whose rows the work can read or write.
            work: Called with the transaction; its result is returned.

        Raises:
            CentralBusy: The database cannot be used now.
        """

    def read(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """Run work on one snapshot of the database; it may insert rows, but waits for no lock.

        Raises:
            CentralBusy: The database cannot be used now.
        """

    def close(self) -> None:
        """Close every connection."""
