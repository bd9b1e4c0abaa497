"""Backup of the whole database into one file, and restoring it into either kind of database.

A backup is one snapshot of all teams as JSON lines, compressed with zstd, with a SHA-256 over all of it in the last
line. Restoring starts a new epoch in every team, so that laptops send again the changes the backup does not have.
"""

import hashlib
import io
import json
import sys
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Protocol

from pydantic import ConfigDict, TypeAdapter

from phb_tui.central.storage import migrations, queries
from phb_tui.central.storage.engine import Engine, Transaction
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import SettingsProblem

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FORMAT = "phb-central backup 1"
BATCH_ROWS = 500
DAMAGED = "This is not a whole backup of central, so nothing was put back. Take another one."
NOT_EMPTY = "There is something in this database already, so nothing was put back. Give an empty one with --database."

_STRICT = ConfigDict(strict=True)
_header = TypeAdapter(tuple[str, int, list[str]], config=_STRICT)
"""The first line: the format, the version of the tables, the teams."""
_row = TypeAdapter(list[str | int | None], config=_STRICT)
"""Any other line: a table, its columns."""


class Writer(Protocol):
    """A binary file that is open for writing."""

    def write(self, words: bytes, /) -> int:
        """Write bytes; returns how many."""


def save(storage: Storage, to: Path) -> int:
    """Write a backup of everything into a new file, readable by its owner only.

    Args:
        storage: Central's storage.
        to: The file; it must not exist yet.

    Returns:
        How many rows it has.

    Raises:
        SettingsProblem: The file is there already, or cannot be written.
        CentralBusy: The database cannot be used now.
    """
    teams = [team.team_id for team in storage.teams()]
    unfinished = to.with_name(f"{to.name}.unfinished")
    try:
        if to.exists():
            raise SettingsProblem("There is a file of this name already. Choose another name.")
        unfinished.touch(mode=0o600)
        with zstd.open(unfinished, "wb") as file:
            count = storage.engine.read(teams, lambda run: _write(run, teams, file))
        unfinished.rename(to)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise SettingsProblem("The backup could not be written. Is there room, and may it be written there?") from error
    return count


def restore(engine: Engine, file: Path) -> int:
    """Restore a backup into an empty database in one transaction, and start a new epoch in every team.

    Returns:
        How many rows the backup had.

    Raises:
        SettingsProblem: The file is damaged or newer, or the database is not empty.
        CentralBusy: The database cannot be used now.
    """
    teams = _check(file)
    return engine.write(teams, lambda run: _restore(run, file))


def _write(run: Transaction, teams: list[str], file: "Writer") -> int:
    digest, count = hashlib.sha256(), 0

    def line(words: list[Any]) -> None:
        text = json.dumps(words, ensure_ascii=False).encode() + b"\n"
        digest.update(text)
        file.write(text)

    line([FORMAT, max(migrations.scripts()), teams])
    for table, columns in migrations.columns().items():
        for team in teams:
            for row in run.fetch(queries.select_all(table, columns), team):
                line([table, *row])
                count += 1
    file.write(json.dumps([digest.hexdigest()]).encode())
    return count


def _check(file: Path) -> list[str]:
    """Verify the whole file before anything is written; returns the ids of its teams."""
    columns = migrations.columns()
    try:
        lines = _lines(file)
        form, version, teams = _header.validate_json(next(lines))
        if form != FORMAT or version > max(migrations.scripts()):
            raise SettingsProblem(
                "This backup is from a newer central. Install the newest phb-central, then put it back."
            )
        rows = map(_row.validate_json, lines)
        whole = all(row[1] in teams and len(row) == 1 + len(columns[str(row[0])]) for row in rows)
    except (OSError, ValueError, LookupError, zstd.ZstdError, EOFError, StopIteration) as error:
        raise SettingsProblem(DAMAGED) from error
    if not whole:
        raise SettingsProblem(DAMAGED)
    return teams


def _restore(run: Transaction, file: Path) -> int:
    if run.fetch(queries.SELECT_TEAMS):
        raise SettingsProblem(NOT_EMPTY)
    count, columns = 0, migrations.columns()
    lines = _lines(file)
    next(lines)
    for (table, team_id), rows in groupby(
        map(_row.validate_json, lines), key=lambda line: (str(line[0]), str(line[1]))
    ):
        while some := [row[2:] for row in islice(rows, BATCH_ROWS)]:
            run.insert_many(BulkInsert(table, columns[table]), team_id, some)
            count += len(some)
    for team_id, *_ in run.fetch(queries.SELECT_TEAMS):
        run.fetch(queries.INCREMENT_EPOCH, team_id)
    return count


def _lines(file: Path) -> Iterator[bytes]:
    """Yield every line but the last, which must be the hash of the others (else ValueError)."""
    digest, before = hashlib.sha256(), b""
    with zstd.open(file, "rb") as opened, io.BufferedReader(opened) as lines:
        for text in lines:
            if before:
                digest.update(before)
                yield before
            before = text
    if not before or _row.validate_json(before) != [digest.hexdigest()]:
        raise ValueError
