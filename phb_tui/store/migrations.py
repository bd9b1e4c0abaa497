"""The schema script and the numbered upgrades that bring an older store to it."""

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from sqlcipher3.dbapi2 import complete_statement
from sqlite_utils import Database

from phb_tui import errors
from phb_tui.store.database import transaction

VERSION = 3
"""What this phb-tui reads and writes; `PRAGMA user_version` of a new store."""


def script() -> str:
    """The schema of a new store: beside this file in a wheel, at the top of a checkout."""
    beside = resources.files("phb_tui.store") / "schema.sql"
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "schema.sql").read_text(encoding="utf-8")


def upgrades() -> dict[int, str]:
    """Every upgrade by the version it leads to, in order."""
    found = {}
    for file in (resources.files("phb_tui.store") / "upgrades").iterdir():
        if name := re.fullmatch(r"(\d{4})_\w+\.sql", file.name):
            found[int(name[1])] = file.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def statements(text: str) -> Iterator[str]:
    """A script's statements one by one, so that they can share a transaction (`executescript` would end it)."""
    gathered = ""
    for line in text.splitlines(keepends=True):
        gathered += line
        if complete_statement(gathered):
            yield gathered
            gathered = ""


def bring_up_to_date(database: Database, steps: dict[int, str] | None = None, version: int = VERSION) -> None:
    """Run the upgrades this store has not had, each in one transaction with its number.

    Args:
        database: An open store.
        steps: The upgrades; the shipped ones unless a test brings its own.
        version: The version to reach.

    Raises:
        StoreNewer: A newer phb-tui wrote this store.
        StoreDamaged: There is no way from this store's version to the present one.
    """
    present = database.conn.execute("PRAGMA user_version").fetchone()[0]
    if present > version:
        raise errors.StoreNewer("A newer phb-tui wrote this store. Install the newest phb-tui to open it.")
    for number, step in (upgrades() if steps is None else steps).items():
        if present < number <= version:
            with transaction(database):
                for statement in statements(step):
                    database.conn.execute(statement)
                database.conn.execute(f"PRAGMA user_version = {number:d}")
            present = number
    if present != version:
        raise errors.StoreDamaged(f"This store is of version {present}, which this phb-tui cannot bring up to date.")
