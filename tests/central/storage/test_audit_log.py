"""The audit log is a chain: nobody rewrites it unseen, not even with the way to make a line's hash."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from phb_tui.central.storage import audit_log
from phb_tui.central.storage.repository import Repository, Storage
from tests.central.client_requests import TEAM


def noted(what: str) -> Callable[[Repository], None]:
    """Adds a line."""
    return lambda tables: audit_log.append(tables, TEAM, "now", "lee", what)


def test_an_audit_line_with_a_recomputed_hash_is_noticed(tmp_path: Path) -> None:
    """A line whose own hash was made to fit other words no longer fits the line after it."""
    storage = Storage.on_sqlite(tmp_path / "central.db")
    storage.write({TEAM}, lambda tables: tables.add_team(TEAM, "North"))
    for what in ("let a laptop in", "locked a laptop", "released a laptop"):
        storage.write({TEAM}, noted(what))
    assert storage.read({TEAM}, lambda tables: audit_log.first_broken_link(tables, TEAM)) == 0
    (_, first), _second, _third = [
        (line[0], line[-1]) for line in storage.read({TEAM}, lambda tables: tables.audit(TEAM))
    ]
    storage.close()
    forged = audit_log._hash(2, ("now", "lee", "looked at the laptops", ""), first)
    with sqlite3.connect(tmp_path / "central.db") as file:
        file.execute("UPDATE audit SET what = 'looked at the laptops', hash = ? WHERE number = 2", [forged])
    file.close()
    storage = Storage.on_sqlite(tmp_path / "central.db")
    assert storage.read({TEAM}, lambda tables: audit_log.first_broken_link(tables, TEAM)) == 3
    storage.close()
