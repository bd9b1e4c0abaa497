"""Stores of every earlier version are brought to the present one, or stay as they were."""

import itertools
import shutil
from datetime import date
from functools import partial
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlite_utils import Database

from phb_tui import errors
from phb_tui.domain.people import search_terms
from phb_tui.domain.records.changes import Change, SyncPosition, canonical
from phb_tui.store import change_log, encrypted_store, migrations, records, sync_state
from phb_tui.store.database import create_database, open_database, transaction
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.store.people import caseload, people_index
from tests.store.conftest import KEY

VERSION_1 = (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8")
EARLIER = range(1, migrations.VERSION)
LATER = migrations.VERSION + 1


def open_version(version: int, folder: Path) -> Database:
    """A store as a program that read this version left it: without notes of which migrations it has had."""
    folder.mkdir(exist_ok=True)
    path = folder / encrypted_store.FILE
    create_database(path, bytearray(KEY), VERSION_1)
    store = open_database(path, bytearray(KEY))
    for name, script in migrations.upgrades().items():
        if int(name[:4]) <= version:
            with transaction(store):
                store.executescript(script)
                store.execute(f"PRAGMA user_version = {int(name[:4])}")
    return store


def version_of(db: Database) -> int:
    """What an older program looks at."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def applied(db: Database) -> list[str]:
    """The migrations that sqlite-utils notes this store has had."""
    return [row["name"] for row in db["_sqlite_migrations"].rows] if db["_sqlite_migrations"].exists() else []


def shape_of(db: Database) -> dict[str, object]:
    """Every table with its columns, indexes and triggers; columns in no order, for one that is added comes last."""
    tables: dict[str, object] = {
        table.name: (
            sorted(column[1:] for column in table.columns),
            sorted((index.unique, index.partial, tuple(index.columns)) for index in table.indexes),
            table.strict,
            table.triggers_dict,
        )
        for table in db.tables
    }
    names = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    return tables | {"names": db.execute(names).fetchall()}


def contents_of(db: Database) -> tuple[object, ...]:
    """Everything that is in a store: its schema, every row, its version."""
    return db.schema, version_of(db), {table.name: list(table.rows) for table in db.tables}


def write_person(db: Database, record_id: str, kind: str, fields: dict[str, str]) -> None:
    """A record as programs of the first versions kept it."""
    states = "held" if "held" in db["record"].columns_dict else "origins"
    with transaction(db):
        db.execute(
            f"INSERT INTO record (team_id, record_id, kind, person_id, seq, shown, {states}, conflicts)"  # noqa: S608
            " VALUES ('t', ?, ?, 'p', 5, ?, '{}', 0)",
            [record_id, kind, canonical(fields)],
        )


def test_the_schema_and_the_last_migration_are_of_the_present_version(store: EncryptedStore) -> None:
    """Each version after the first has one migration, and the last leads to what a new store is made as."""
    assert [int(name[:4]) for name in migrations.upgrades()] == [*EARLIER, migrations.VERSION][1:]
    assert version_of(store.db) == migrations.VERSION


def test_a_new_store_has_had_every_migration(store: EncryptedStore) -> None:
    """A new store is noted as having had every migration, so that none is run on it again."""
    assert applied(store.db) == list(migrations.upgrades())


@pytest.mark.parametrize("version", [*EARLIER, migrations.VERSION])
def test_a_store_of_every_version_becomes_like_a_new_one(store: EncryptedStore, tmp_path: Path, version: int) -> None:
    """A store that was brought up to date has the tables, columns, indexes, triggers and notes of a new one."""
    old = open_version(version, tmp_path / "old")
    assert version_of(old) == version
    assert not applied(old)
    migrations.bring_up_to_date(old)
    assert shape_of(old) == shape_of(store.db)
    assert applied(old) == applied(store.db)
    assert version_of(old) == version_of(store.db)
    old.close()


def test_people_are_indexed_anew_when_names_are_compared_in_another_way(tmp_path: Path) -> None:
    """After the upgrade from version 3 everybody is found by the present rules, also who is not saved again."""
    old = open_version(3, tmp_path)
    write_person(old, "p", "person", {"given_name": "Ann", "family_name": "Smith-Jones"})
    with transaction(old):
        people_index.renew(old)
    assert not people_index.is_stale(old)
    migrations.bring_up_to_date(old)
    assert people_index.is_stale(old)
    old.close()


def test_migrations_run_in_order_each_with_its_number(store: EncryptedStore) -> None:
    """A store of an earlier version is brought to the newest step by step."""
    scripts = {
        f"{LATER:04}_two": "CREATE TABLE two (x TEXT) STRICT;\nCREATE TRIGGER t AFTER INSERT ON two BEGIN\n"
        "  SELECT 1;\nEND;\n",
        f"{LATER + 1:04}_more": "ALTER TABLE two ADD COLUMN y TEXT;\n",
    }
    migrations.bring_up_to_date(store.db, scripts, LATER + 1)
    assert [column.name for column in store.db.table("two").columns] == ["x", "y"]
    assert version_of(store.db) == LATER + 1
    assert applied(store.db) == [*migrations.upgrades(), *scripts]


def test_a_failing_migration_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """When a migration fails, those before it, their notes and their versions are not kept either."""
    old = open_version(1, tmp_path)
    before = contents_of(old)
    scripts = {**migrations.upgrades(), f"{LATER:04}_wrong": "CREATE TABLE two (x);\nINSERT INTO nowhere VALUES (1);\n"}
    with pytest.raises(driver.OperationalError, match="nowhere"):
        migrations.bring_up_to_date(old, scripts, LATER)
    assert contents_of(old) == before
    migrations.bring_up_to_date(old)
    old.close()


@pytest.mark.parametrize("version", EARLIER)
def test_migrations_that_are_cut_short_leave_the_store_as_it_was(tmp_path: Path, version: int) -> None:
    """Wherever the migrations stop, an older program opens the store as it left it, and they can run again."""
    old = open_version(version, tmp_path)
    write_person(old, "p", "person", {"given_name": "Ann", "family_name": "Example"})
    before = contents_of(old)
    cut = 0
    for steps in itertools.count(1):
        left = iter([False] * steps * 25 + [True])
        old.conn.set_progress_handler(partial(next, left, False), 7)
        try:
            migrations.bring_up_to_date(old)
            break
        except driver.OperationalError:
            cut += 1
        finally:
            old.conn.set_progress_handler(None, 0)
        assert contents_of(old) == before
    assert cut > 1
    assert version_of(old) == migrations.VERSION
    old.close()


def test_a_process_that_ends_in_the_middle_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """What is on the disk while the migrations run is the store as the older program left it."""
    old = open_version(1, tmp_path / "here")
    write_person(old, "p", "person", {"given_name": "Ann", "family_name": "Example"})
    before = contents_of(old)
    scripts = {**migrations.upgrades(), f"{LATER:04}_last": "SELECT stop();\n"}
    # The files are copied in the middle of the last migration, which is what a killed process leaves behind.
    old.conn.create_function("stop", 0, lambda: str(shutil.copytree(tmp_path / "here", tmp_path / "left")))
    migrations.bring_up_to_date(old, scripts, LATER)
    old.close()
    left = open_database(tmp_path / "left" / encrypted_store.FILE, bytearray(KEY))
    assert contents_of(left) == before
    left.close()


def test_a_full_disk_keeps_nobody_from_a_store_that_is_up_to_date(tmp_path: Path) -> None:
    """A store of the present version opens on a full disk, although its migrations cannot be noted."""
    old = open_version(migrations.VERSION, tmp_path)
    pages = old.execute("PRAGMA page_count").fetchone()[0]
    old.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    migrations.bring_up_to_date(old)
    assert not applied(old)
    old.execute(f"PRAGMA max_page_count = {pages * 2}").fetchall()
    migrations.bring_up_to_date(old)
    assert applied(old) == list(migrations.upgrades())
    old.close()


def test_a_full_disk_stops_the_migrations_with_a_sentence(tmp_path: Path) -> None:
    """A store of an earlier version that does not fit on the disk is left as it was, and the nurse is told."""
    old = open_version(1, tmp_path)
    before = contents_of(old)
    old.execute(f"PRAGMA max_page_count = {old.execute('PRAGMA page_count').fetchone()[0]}").fetchall()
    with pytest.raises(errors.NotSaved):
        migrations.bring_up_to_date(old)
    assert contents_of(old) == before
    old.close()


@pytest.mark.parametrize("version", [0, 2])
def test_a_store_without_a_way_to_the_present_version_is_refused(store: EncryptedStore, version: int) -> None:
    """A version that no migration leads on from, or that its notes contradict, is refused and nothing is written."""
    store.db.execute(f"PRAGMA user_version = {version}")
    before = contents_of(store.db)
    with pytest.raises(errors.StoreDamaged):
        migrations.bring_up_to_date(store.db)
    assert contents_of(store.db) == before


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """A store that a newer program upgraded is refused with a sentence, whatever migrations it has had."""
    newer = open_version(1, tmp_path)
    scripts = {**migrations.upgrades(), f"{LATER:04}_two": "CREATE TABLE two (x TEXT) STRICT;\n"}
    migrations.bring_up_to_date(newer, scripts, LATER)
    before = contents_of(newer)
    newer.close()
    with pytest.raises(errors.StoreNewer):
        encrypted_store.open_store(tmp_path, bytearray(KEY))
    newer = open_database(tmp_path / encrypted_store.FILE, bytearray(KEY))
    assert contents_of(newer) == before
    newer.close()


def test_a_store_of_the_first_version_keeps_everything(tmp_path: Path) -> None:
    """Words, a conflict, what waits, its chain and its hashes come through the migrations as they were."""
    store = open_version(1, tmp_path)
    made = Change("t", "d", "answer", "r", "p", {"words": "mine"}, {"words": None}, SyncPosition(), "n", "now", shape=1)
    made = made.numbered(1, "")
    side = {"value": "another", "device_id": "f", "op_no": 3, "author": "q", "at": "when", "seq": 5}
    theirs = {"value": "theirs", "seq": 4, "device_id": "e", "op_no": 2, "author": "o", "at": "then", "sides": [side]}
    held = {"words": theirs}
    with transaction(store):
        store.execute(
            "INSERT INTO change_log (team_id, op_no, device_id, kind, record_id, person_id, fields, before, epoch, seq,"
            " author, at, resolves, prev, hash)"
            " VALUES ('t', 1, 'd', 'answer', 'r', 'p', ?, ?, 0, 0, 'n', 'now', '[]', '', ?)",
            [canonical(dict(made.fields)), canonical(dict(made.before)), made.hash],
        )
        store.execute(
            "INSERT INTO record (team_id, record_id, kind, person_id, seq, shown, held, conflicts)"
            " VALUES ('t', 'r', 'answer', 'p', 5, ?, ?, 1)",
            [canonical({"words": "mine"}), canonical(held)],
        )
        store.execute("INSERT INTO exchange (team_id, epoch, seq, chain) VALUES ('t', 3, 5, 'abc')")
    migrations.bring_up_to_date(store)
    record = records.get(store, "t", "r")
    assert record
    assert record.fields == {"words": "mine"}
    assert [side.value for side in record.open["words"]] == ["another"]
    assert [change.text for change in change_log.pending(store, "t", 9)] == [made.text]
    assert change_log.verify(store, "t") == 0
    assert {version.value for version in change_log.history(store, "t", "r", "words")} == {"mine", "theirs", "another"}
    assert sync_state.read(store, "t").position == SyncPosition()
    store.close()


def test_people_of_an_older_store_are_listed_and_found(tmp_path: Path) -> None:
    """Opening a store of the first version makes everybody's row in the list, with whom their carers are."""
    old = open_version(1, tmp_path)
    write_person(old, "p", "person", {"given_name": "Łukasz"})
    write_person(old, "c", "contact", {"name": "Siân"})
    old.close()
    store = encrypted_store.open_store(tmp_path, bytearray(KEY))
    assert caseload.count(store.db, "t") == 1
    for typed in ("lukasz", "sian"):
        assert caseload.find(store.db, "t", search_terms.asked(typed, date(2026, 11, 25))) == ["p"]
    store.close()
