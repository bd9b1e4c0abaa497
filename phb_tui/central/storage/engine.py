"""What central asks of a database: transactions for some teams, statements, and many rows at once."""

from collections.abc import Callable, Collection, Sequence
from typing import Any, Protocol, TypeVar

from phb_tui.central.storage.queries import BulkInsert
from phb_tui.errors import CentralBusy

__all__ = ["BulkInsert", "CentralBusy", "Engine", "Transaction", "Value"]

Value = str | int | None
T = TypeVar("T")


class Transaction(Protocol):
    """One transaction."""

    def fetch(self, sql: str, *values: Value | list[str]) -> list[tuple[Any, ...]]:
        """Run a statement of `statements`; what it returns. A list takes the place of `among(?)`."""

    def fetch_for_update(self, sql: str, *values: Value) -> list[tuple[Any, ...]]:
        """The same, and nobody else may lock or change these rows until this transaction ends."""

    def insert_many(self, bulk: BulkInsert, team_id: str, rows: Sequence[Sequence[Value]]) -> None:
        """Write many rows of one team; each without the team, which is the first column."""


class Engine(Protocol):
    """A database."""

    def write(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """Do work in one transaction: all of it, durably, or none.

        The work may be done again from the start when two transactions get in each other's way.

        Args:
            teams: The only teams whose rows the work can see or change.
            work: What to do.

        Raises:
            CentralBusy: The database cannot be used now.
        """

    def read(self, teams: Collection[str], work: Callable[[Transaction], T]) -> T:
        """Do work that sees one moment of the database; it may add rows but waits for nobody.

        Raises:
            CentralBusy: The database cannot be used now.
        """

    def close(self) -> None:
        """Let go of the database."""
