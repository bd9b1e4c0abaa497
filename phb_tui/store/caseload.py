"""Reading the list of people a screenful at a time, so that its length costs nothing."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from phb_tui.domain.changes import Record, Seen

MOST_FOUND = 500
"""Search stops here: nobody reads further; they type another letter."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the list.

    Attributes:
        person: The person's record.
        said: Statement ids in which the person has said something.
        waiting: Whether something about them is not sent yet.
        conflict: Whether something about them has two versions.
    """

    person: Record = field(repr=False)
    said: tuple[str, ...]
    waiting: bool
    conflict: bool


_ORDER = (
    "json_extract(shown, '$.family_name') COLLATE NOCASE, json_extract(shown, '$.given_name') COLLATE NOCASE, record_id"
)
_HERE = "record_id NOT IN (SELECT record_id FROM gone WHERE team_id = ? AND kind = 'person')"
"""Without those another team has: something typed as they left may still wait here under their name."""
_ABOUT = """
    p.*,
    (SELECT json_group_array(json_extract(a.shown, '$.statement')) FROM record a
      WHERE a.team_id = p.team_id AND a.person_id = p.record_id AND a.kind = 'answer'
        AND (coalesce(json_extract(a.shown, '$.answer'), '') NOT IN ('', 'not_asked')
             OR coalesce(json_extract(a.shown, '$.words'), '') <> '')) AS said,
    EXISTS (SELECT 1 FROM change_log c
      WHERE c.team_id = p.team_id AND c.person_id = p.record_id AND c.outcome = 'waiting') AS waiting,
    EXISTS (SELECT 1 FROM record k WHERE k.team_id = p.team_id AND k.person_id = p.record_id AND k.conflicts > 0)
      OR p.conflicts > 0 AS conflict
"""


def count(db: Database, team_id: str) -> int:
    """How many people the team has on this laptop."""
    sql = "SELECT count(*) FROM record INDEXED BY person_by_name WHERE team_id = ? AND kind = 'person'"
    return int(db.execute(sql, [team_id]).fetchone()[0]) - _left(db, team_id)


def _left(db: Database, team_id: str) -> int:
    """How many people another team has of whom something typed still waits here."""
    sql = (
        "SELECT count(*) FROM gone g JOIN record r ON r.team_id = g.team_id AND r.record_id = g.record_id"
        " WHERE g.team_id = ? AND g.kind = 'person'"
    )
    return int(db.execute(sql, [team_id]).fetchone()[0])


def page(db: Database, team_id: str, start: int, most: int) -> list[Row]:
    """People in order of family name, from a place in the list."""
    # Looked for only where there are any: it would be asked of everybody before the place in the list.
    here, teams = (f" AND {_HERE}", [team_id, team_id]) if _left(db, team_id) else ("", [team_id])
    sql = (
        f"SELECT {_ABOUT} FROM (SELECT * FROM record WHERE team_id = ? AND kind = 'person'{here}"  # noqa: S608 - constants
        f" ORDER BY {_ORDER} LIMIT ? OFFSET ?) p"
    )
    return [_row(row) for row in db.query(sql, [*teams, most, start])]


def find(db: Database, team_id: str, typed: str) -> list[str]:
    """The ids of people whose names or NHS number have words that begin as typed, in order, at most `MOST_FOUND`."""
    words = re.findall(r"\w+", typed)
    if not words:
        return []
    match = " AND ".join(f'"{word}"*' for word in words)
    sql = (
        "SELECT record_id FROM (SELECT * FROM record WHERE row IN"  # noqa: S608 - constants
        " (SELECT rowid FROM person_search WHERE words MATCH ? LIMIT ?) AND team_id = ? AND kind = 'person'"
        f" AND {_HERE})"
        f" ORDER BY {_ORDER}"
    )
    return [row[0] for row in db.execute(sql, [match, MOST_FOUND, team_id, team_id]).fetchall()]


def by_ids(db: Database, team_id: str, record_ids: list[str]) -> list[Row]:
    """These people, in this order."""
    sql = (
        # CROSS keeps the ids outermost: left to itself SQLite goes through every record of the team.
        f"SELECT {_ABOUT} FROM json_each(?) e CROSS JOIN record p ON p.team_id = ? AND p.record_id = e.value"  # noqa: S608
        " ORDER BY e.key"
    )
    return [_row(row) for row in db.query(sql, [json.dumps(record_ids), team_id])]


def _row(row: dict[str, Any]) -> Row:
    person = Record(
        team_id=row["team_id"],
        kind="person",
        record_id=row["record_id"],
        person_id=row["person_id"],
        fields=json.loads(row["shown"]),
        seen=Seen(),
    )
    return Row(person, tuple(json.loads(row["said"])), bool(row["waiting"]), bool(row["conflict"]))
