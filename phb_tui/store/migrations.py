"""The schema script and the migrations that bring an older store to it, run by sqlite-utils."""

import contextlib
import re
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from phb_tui.errors import NotSaved, StoreDamaged, StoreNewer
from phb_tui.store.database import transaction

VERSION = 4
"""What this phb-tui reads and writes; `PRAGMA user_version` of a store, by which older programs refuse a newer one."""

MIGRATION_SET = "phb_tui.store"
"""Under this name sqlite-utils notes in the table `_sqlite_migrations` which migrations a store has had."""


def script() -> str:
    """The schema of a new store: beside this file in a wheel, at the top of a checkout."""
    beside = resources.files("phb_tui.store") / "schema.sql"
    if beside.is_file():
        return beside.read_text(encoding="utf-8")
    return (Path(__file__).parents[2] / "schema.sql").read_text(encoding="utf-8")


def upgrades() -> dict[str, str]:
    """Every migration's script by its name, which begins with the version it leads to, in order."""
    files = (resources.files("phb_tui.store") / "upgrades").iterdir()
    found = {file.name: file for file in files if re.fullmatch(r"\d{4}_\w+\.sql", file.name)}
    return {name.removesuffix(".sql"): found[name].read_text(encoding="utf-8") for name in sorted(found)}


def bring_up_to_date(database: Database, scripts: Mapping[str, str] | None = None, version: int = VERSION) -> None:
    """Run the migrations this store has not had; all of them are kept, with their notes, or none.

    A store that was made or upgraded without sqlite-utils' notes has had every migration up to its `user_version`:
    those are only noted.

    Args:
        database: An open store.
        scripts: The migrations; the shipped ones unless a test brings its own.
        version: The version to reach.

    Raises:
        StoreNewer: A newer phb-tui wrote this store.
        StoreDamaged: There is no way from this store's version to the present one.
        NotSaved: The disk refuses; the store is as it was.
    """
    present = database.execute("PRAGMA user_version").fetchone()[0]
    if present > version:
        raise StoreNewer("A newer phb-tui wrote this store. Install the newest phb-tui to open it.")
    migrations = _migrations(upgrades() if scripts is None else scripts, present)
    pending = [migration.name for migration in migrations.pending(database)]
    if [number for number in map(_number, pending) if number > present] != list(range(present + 1, version + 1)):
        raise StoreDamaged(f"This store is of version {present}, which this phb-tui cannot bring up to date.")
    # A full disk keeps nobody from a store that is up to date: its notes are written at another opening.
    with contextlib.suppress(*[NotSaved] if present == version else []):
        if pending:
            with transaction(database):
                migrations.apply(database)


def _migrations(scripts: Mapping[str, str], present: int) -> Migrations:
    """The migrations by their names, of which those up to the present version do nothing any more."""
    found = Migrations(MIGRATION_SET)
    for name, script in scripts.items():
        found(name=name)(_migration(script, _number(name)) if _number(name) > present else _nothing)
    return found


def _migration(script: str, number: int) -> Callable[[Database], None]:
    def run(db: Database) -> None:
        db.executescript(script)
        db.execute(f"PRAGMA user_version = {number:d}")

    return run


def _nothing(_db: Database) -> None:
    """Do what was done already."""


def _number(name: str) -> int:
    return int(name[:4])
