"""Copies of everything central has, put back on either database; laptops send again what the copy did not have."""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage import backup, migrations, queries
from phb_tui.central.storage.engine import Transaction
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import SettingsProblem
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM, asking, changes, request
from tests.services.environment import environment_in

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def everything(storage: Storage) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every team but the epochs, which a restore changes on purpose."""
    columns = migrations.columns()
    columns["team"].pop("epoch")
    return {table: sorted(rows_of(storage, table, names)) for table, names in columns.items()}


def rows_of(storage: Storage, table: str, names: dict[str, bool]) -> list[tuple[object, ...]]:
    teams = [team.team_id for team in storage.teams()]

    def work(run: Transaction) -> list[tuple[object, ...]]:
        return [row for team in teams for row in run.fetch(queries.select_all(table, names), team)]

    return storage.engine.read(teams, work)


@pytest.fixture
def full() -> Iterator[Storage]:
    """A central with two teams, changes, one of them kept aside, and an audit."""
    storage = Storage.on_sqlite(None)
    central = build_central(storage, factories.KEY)
    central.devices.add_team("south", "South team")
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    with serve_in_thread(central) as address, asking(address, "d0") as line:
        good = request("d0", changes("d0", 1, 30))
        line.sync(replace(good, changes=(*good.changes, b'{"not":"a change"}')))
    yield storage
    storage.close()


@pytest.mark.parametrize("engine", ["sqlite", "postgres 18"])
def test_everything_comes_back_on_either_database(full: Storage, engine: str, tmp_path: Path) -> None:
    """A copy of a file's central put back into PostgreSQL, or the other way, has every row."""
    count = backup.save(full, tmp_path / "copy")
    with postgres.storage_on(engine) as there:
        assert backup.restore(there.engine, tmp_path / "copy") == count
        assert everything(there) == everything(full)
        backup.save(there, tmp_path / "again")
        with postgres.storage_on("sqlite") as home:
            backup.restore(home.engine, tmp_path / "again")
            assert everything(home) == everything(full)


def is_refused(storage: Storage, copy: Path) -> bool:
    try:
        backup.restore(storage.engine, copy)
    except SettingsProblem as error:
        return "whole backup" in error.sentence
    return False


def test_a_restore_begins_a_new_epoch(full: Storage, tmp_path: Path) -> None:
    """Every team starts a new epoch, so that every laptop asks from the start."""
    backup.save(full, tmp_path / "copy")
    with postgres.storage_on("sqlite") as there:
        backup.restore(there.engine, tmp_path / "copy")
        assert [team.epoch for team in there.teams()] == [2, 2]


def test_nothing_is_put_over_something(full: Storage, tmp_path: Path) -> None:
    """A database that has anything is left as it is, and a file of that name too."""
    backup.save(full, tmp_path / "copy")
    before = everything(full)
    with pytest.raises(SettingsProblem, match="something in this database"):
        backup.restore(full.engine, tmp_path / "copy")
    with pytest.raises(SettingsProblem, match="file of this name"):
        backup.save(full, tmp_path / "copy")
    assert everything(full) == before


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_damaged_copy_is_noticed_before_anything_is_written(full: Storage, place: int, tmp_path: Path) -> None:
    """One bit changed anywhere, or the end missing: nothing is put back, unless it is all there after all."""
    whole = tmp_path / "copy"
    backup.save(full, whole)
    words = bytearray(whole.read_bytes())
    if place:
        words[len(words) * place // 100] ^= 16
    else:
        del words[-40:]
    whole.write_bytes(words)
    with postgres.storage_on("sqlite") as there:
        noticed = is_refused(there, whole)
        # Some bits say nothing, such as those that fill up a byte.
        assert everything(there) == ({table: [] for table in migrations.columns()} if noticed else everything(full))


@pytest.mark.parametrize(
    "lines",
    [
        [7], [[backup.FORMAT, 1]], [[backup.FORMAT, "1", [TEAM]]], [[backup.FORMAT, 1, [7]]],
        [[backup.FORMAT, 1, [TEAM]], "words"], [[backup.FORMAT, 1, [TEAM]], []],
        [[backup.FORMAT, 1, [TEAM]], ["nothing", TEAM]], [[backup.FORMAT, 1, [TEAM]], ["team", TEAM]],
        [[backup.FORMAT, 1, [TEAM]], ["team", TEAM, "North", 1.5, 1, "", "", 1]],
        [[backup.FORMAT, 1, [TEAM]], ["team", "south", "South", 1, 1, "", "", 1]],
    ],
)  # fmt: skip
def test_a_copy_that_no_central_wrote_is_refused(lines: list[object], tmp_path: Path) -> None:
    """A file whose hash is right and whose lines are of another form is a sentence, and nothing is put back."""
    text = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    with zstd.open(tmp_path / "copy", "wb") as file:
        file.write(text + json.dumps([hashlib.sha256(text).hexdigest()]).encode())
    with postgres.storage_on("sqlite") as there:
        assert is_refused(there, tmp_path / "copy")
        assert there.teams() == []


def people(session: Session) -> int:
    return caseload.count(session)


def test_what_was_written_after_the_copy_comes_back_from_the_laptops(tmp_path: Path) -> None:
    """A central restored from yesterday's copy gets today's work from the laptop that sent it."""
    with environment_in(tmp_path) as environment:
        session = environment.session
        assert session
        environment.write()
        environment.sync()
        backup.save(environment.storage, tmp_path / "yesterday")
        for name in ("Ann", "Bea"):
            editing.save(session, caseload.add(session), {"given_name": name})
            environment.sync()
        fresh = Storage.on_sqlite(None)
        backup.restore(fresh.engine, tmp_path / "yesterday")
        environment.storage.engine, old = fresh.engine, environment.storage.engine
        old.close()
        environment.sync()
        found = environment.storage.read({"north"}, lambda repository: repository.rows_of_kind("north", "person"))
        assert (len(found), people(session)) == (3, 3)
        assert sync_service.status(session).waiting == 0
