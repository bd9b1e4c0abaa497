"""The schema script and the upgrades."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from phb_tui import errors
from phb_tui.store import schema
from phb_tui.store.opened import Store

ROOT = Path(__file__).parents[2]


def test_the_script_makes_the_present_version(store: Store) -> None:
    """A new store has the version this program reads."""
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION


def test_every_table_is_strict(store: Store) -> None:
    """Every table of ours refuses values of another type."""
    loose = [
        name
        for name, strict in store.db.conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
        if not strict and not name.startswith(("sqlite_", "person_search"))
    ]
    assert loose == []


def test_upgrades_run_in_order_each_with_its_number(store: Store) -> None:
    """An older store is brought to the newest version step by step."""
    steps = {
        2: "CREATE TABLE two (x TEXT) STRICT;\nCREATE TRIGGER t AFTER INSERT ON two BEGIN\n  SELECT 1;\nEND;\n",
        3: "ALTER TABLE two ADD COLUMN y TEXT;\n",
    }
    schema.bring_up_to_date(store.db, steps, 3)
    assert [column.name for column in store.db.table("two").columns] == ["x", "y"]
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == 3


def test_a_failing_upgrade_leaves_the_store_as_it_was(store: Store) -> None:
    """An upgrade and the note that it ran are kept together or not at all."""
    with pytest.raises(Exception, match="nowhere"):
        schema.bring_up_to_date(store.db, {2: "CREATE TABLE two (x);\nINSERT INTO nowhere VALUES (1);\n"}, 2)
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == 1
    assert "two" not in store.db.table_names()


def test_a_newer_store_is_left_alone(store: Store) -> None:
    """A store of a newer version is refused with a sentence."""
    store.db.conn.execute("PRAGMA user_version = 99")
    with pytest.raises(errors.StoreNewer):
        schema.bring_up_to_date(store.db)


def test_the_wheel_carries_the_schema(tmp_path: Path) -> None:
    """An installed phb-tui finds the same script as a checkout, and every other file it reads."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)], check=True, cwd=ROOT
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        assert wheel.read("phb_tui/store/schema.sql").decode() == (ROOT / "schema.sql").read_text("utf-8")
        shipped = set(wheel.namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "phb_tui").rglob("*")
        if path.suffix in {".sql", ".toml", ".tcss", ".txt", ".py"}
    }
    assert wanted <= shipped
