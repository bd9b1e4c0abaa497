"""Index of people: the order of the caseload, the full-text search, and the search for duplicates.

Triggers collect the people whose records a write changes in `person_stale`; every function that writes records calls
`renew` in the same transaction, so the index is never out of date.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlite_utils import Database

from phb_tui.domain.people import search_terms
from phb_tui.domain.records.changes import Value

_SEARCHED = ("own", "others", "numbers", "births")
_ORDERED = ("family", "given", "name", "nhs", "born")


def renew(db: Database) -> None:
    """Index the people in `person_stale` again. Call inside `transaction`."""
    stale = db.execute("SELECT DISTINCT team_id, person_id FROM person_stale").fetchall()
    for team_id, person_id in stale:
        _renew_one(db, team_id, person_id)
    if stale:
        db.execute("DELETE FROM person_stale")


def is_stale(db: Database) -> bool:
    """Whether people are waiting to be indexed, as after a migration."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM person_stale)").fetchone()[0])


def _renew_one(db: Database, team_id: str, person_id: str) -> None:
    key = [team_id, person_id]
    before = db.execute("DELETE FROM person_index WHERE team_id = ? AND record_id = ? RETURNING row", key).fetchall()
    for (row,) in before:
        db.execute("DELETE FROM person_search WHERE rowid = ?", [row])
    found = db.execute(
        "SELECT row, shown FROM record r WHERE team_id = ? AND record_id = ? AND kind = 'person'"
        # Pending changes of a transferred person stay here until they are sent.
        " AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.team_id = r.team_id AND g.record_id = r.record_id)",
        key,
    ).fetchone()
    if found is None:
        return
    marks = ", ".join("?" * len(search_terms.AROUND))
    sql = f"SELECT kind, shown FROM record WHERE team_id = ? AND person_id = ? AND kind IN ({marks})"  # noqa: S608
    around = [(kind, _fields(shown)) for kind, shown in db.execute(sql, [*key, *search_terms.AROUND]).fetchall()]
    made = search_terms.entry(_fields(found[1]), around)
    if made is None:
        return
    values = asdict(made)
    db.execute(
        "INSERT INTO person_index (row, team_id, record_id, family, given, name, nhs, born)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [found[0], *key, *(values[name] for name in _ORDERED)],
    )
    db.execute(
        "INSERT INTO person_search (rowid, own, others, numbers, births) VALUES (?, ?, ?, ?, ?)",
        [found[0], *(values[name] for name in _SEARCHED)],
    )


def _fields(shown: str) -> Mapping[str, Value]:
    found: Any = json.loads(shown)
    return found if isinstance(found, dict) else {}
