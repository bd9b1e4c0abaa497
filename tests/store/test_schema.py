"""The schema script and the upgrades."""

from datetime import date
from pathlib import Path

import pytest

from phb_tui import errors
from phb_tui.domain.people import search_terms
from phb_tui.domain.records.changes import Change, SyncPosition, canonical
from phb_tui.store import change_log, encrypted_store, migrations, records, sync_state
from phb_tui.store.database import create_database, open_database, transaction
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.store.people import caseload
from tests.store.conftest import KEY


def test_the_script_makes_the_present_version(store: EncryptedStore) -> None:
    """A new store has the version this program reads."""
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == migrations.VERSION


def test_every_table_is_strict(store: EncryptedStore) -> None:
    """Every table of ours refuses values of another type."""
    loose = [
        name
        for name, strict in store.db.conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
        if not strict and not name.startswith(("sqlite_", "person_search"))
    ]
    assert loose == []


def test_upgrades_run_in_order_each_with_its_number(store: EncryptedStore) -> None:
    """An older store is brought to the newest version step by step."""
    first = migrations.VERSION + 1
    steps = {
        first: "CREATE TABLE two (x TEXT) STRICT;\nCREATE TRIGGER t AFTER INSERT ON two BEGIN\n  SELECT 1;\nEND;\n",
        first + 1: "ALTER TABLE two ADD COLUMN y TEXT;\n",
    }
    migrations.bring_up_to_date(store.db, steps, first + 1)
    assert [column.name for column in store.db.table("two").columns] == ["x", "y"]
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == first + 1


def test_a_failing_upgrade_leaves_the_store_as_it_was(store: EncryptedStore) -> None:
    """An upgrade and the note that it ran are kept together or not at all."""
    after = migrations.VERSION + 1
    with pytest.raises(Exception, match="nowhere"):
        migrations.bring_up_to_date(
            store.db, {after: "CREATE TABLE two (x);\nINSERT INTO nowhere VALUES (1);\n"}, after
        )
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == migrations.VERSION
    assert "two" not in store.db.table_names()


def test_a_store_of_the_first_version_keeps_everything(tmp_path: Path) -> None:
    """Words, a conflict, what waits, its chain and its hashes come through the upgrade as they were."""
    path = tmp_path / encrypted_store.FILE
    create_database(path, bytearray(KEY), (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8"))
    store = open_database(path, bytearray(KEY))
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
    assert [change.text for change in change_log.waiting(store, "t", 9)] == [made.text]
    assert change_log.verify(store, "t") == 0
    assert {version.value for version in change_log.history(store, "t", "r", "words")} == {"mine", "theirs", "another"}
    assert sync_state.read(store, "t").position == SyncPosition()
    store.close()


def test_people_of_an_older_store_are_listed_and_found(tmp_path: Path) -> None:
    """Opening a store of the first version makes everybody's row in the list, with whom their carers are."""
    create_database(
        tmp_path / encrypted_store.FILE,
        bytearray(KEY),
        (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8"),
    )
    old = open_database(tmp_path / encrypted_store.FILE, bytearray(KEY))
    people = [("p", "person", {"given_name": "Łukasz"}), ("c", "contact", {"name": "Siân"})]
    with transaction(old):
        for record_id, kind, fields in people:
            old.execute(
                "INSERT INTO record (team_id, record_id, kind, person_id, seq, shown, held, conflicts)"
                " VALUES ('t', ?, ?, 'p', 5, ?, '{}', 0)",
                [record_id, kind, canonical(fields)],
            )
    old.close()
    store = encrypted_store.open_store(tmp_path, bytearray(KEY))
    assert caseload.count(store.db, "t") == 1
    for typed in ("lukasz", "sian"):
        assert caseload.find(store.db, "t", search_terms.asked(typed, date(2026, 11, 25))) == ["p"]
    store.close()


def test_the_script_and_the_upgrades_make_the_same_tables(store: EncryptedStore, tmp_path: Path) -> None:
    """A store that was brought up to date has the tables, columns, indexes and triggers of a new one."""
    path = tmp_path / "old.db"
    create_database(path, bytearray(KEY), (Path(__file__).parent / "version_1.sql").read_text(encoding="utf-8"))
    old = open_database(path, bytearray(KEY))
    migrations.bring_up_to_date(old)
    shapes = []
    for database in (store.db, old):
        names = database.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        columns = {
            table: sorted(row[1:6] for row in database.execute(f"PRAGMA table_info({table})"))
            for kind, table in names
            if kind == "table"
        }
        shapes.append((sorted(names), columns))
    old.close()
    assert shapes[0] == shapes[1]


def test_a_newer_store_is_left_alone(store: EncryptedStore) -> None:
    """A store of a newer version is refused with a sentence."""
    store.db.conn.execute("PRAGMA user_version = 99")
    with pytest.raises(errors.StoreNewer):
        migrations.bring_up_to_date(store.db)
