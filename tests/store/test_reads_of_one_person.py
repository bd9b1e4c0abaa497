"""Reading what belongs to one person costs the same whoever else is in the store."""

from collections.abc import Callable

import pytest
from sqlite_utils import Database

from phb_tui.store import records
from phb_tui.store.encrypted_store import EncryptedStore

READS: dict[str, Callable[[Database], object]] = {
    "one kind": lambda db: records.of_person(db, "t", "p", "task"),
    "some kinds": lambda db: records.of_person(db, "t", "p", "task", "action", "visit"),
    "all": lambda db: records.all_of_person(db, "t", "p"),
    "in error": lambda db: records.in_error(db, "t", "p"),
}


@pytest.mark.parametrize("read", READS)
def test_it_reads_the_rows_of_that_person_only(store: EncryptedStore, read: str) -> None:
    """Each read finds a person's records by the index of people, and never goes through all of the team's."""
    asked: list[str] = []
    store.db.conn.set_trace_callback(asked.append)
    READS[read](store.db)
    store.db.conn.set_trace_callback(None)
    plans = [
        str(row[3])
        for sql in asked
        if sql.startswith("SELECT")
        for row in store.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    searches = [plan for plan in plans if plan.startswith(("SEARCH r ", "SEARCH record ", "SCAN r"))]
    assert searches
    assert [plan for plan in searches if "record_by_person (team_id=? AND person_id=?" not in plan] == []
