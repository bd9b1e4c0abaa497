"""Queries of the caseload (the list of people), one page at a time, and its search."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from phb_tui.domain.records.changes import Record, SyncPosition
from phb_tui.store.records import open_conflict

MOST_FOUND = 500
"""The largest number of search results."""


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the caseload.

    Attributes:
        person: The person's record.
        answered: The ids of the I statements that have an answer.
        waiting: Whether they have pending changes.
        conflict: Whether one of their records has an open conflict.
        same_name: Whether somebody else on the list has the same name.
        same_number: Whether somebody else on the list has the same NHS number.
        review_records: The person's records of the kinds that say when a review is due, by kind.
    """

    person: Record = field(repr=False)
    answered: tuple[str, ...]
    waiting: bool
    conflict: bool
    same_name: bool
    same_number: bool
    review_records: Mapping[str, Record] = field(repr=False)


@dataclass(frozen=True, slots=True)
class PossibleDuplicate:
    """A possible duplicate of a person.

    Attributes:
        record_id: The other person's record id.
        number: Whether the NHS numbers are the same; else the names and dates of birth are.
    """

    record_id: str
    number: bool


_ORDER = "family, given, record_id"
_MARKS = ("waiting", "conflict", "same_name", "same_number")
_ABOUT = f"""
    p.*,
    (SELECT json_group_array(json_extract(a.shown, '$.statement')) FROM record a
      WHERE a.team_id = p.team_id AND a.person_id = p.record_id AND a.kind = 'answer'
        AND (coalesce(json_extract(a.shown, '$.answer'), '') NOT IN ('', 'not_asked')
             OR coalesce(json_extract(a.shown, '$.words'), '') <> '')
        AND NOT EXISTS (SELECT 1 FROM record v WHERE v.team_id = a.team_id AND v.person_id = a.person_id
          AND v.record_id = json_extract(a.shown, '$.visit_id')
          AND json_extract(v.shown, '$.removed') = 'yes')) AS said,
    (SELECT json_group_array(json_array(h.kind, h.record_id, json(h.shown))) FROM record h
      WHERE h.team_id = p.team_id AND h.person_id = p.record_id
        AND h.kind IN ('care_plan', 'setup', 'eligibility')) AS held,
    EXISTS (SELECT 1 FROM change_log c
      WHERE c.team_id = p.team_id AND c.person_id = p.record_id AND c.outcome = 'waiting') AS waiting,
    EXISTS (SELECT 1 FROM record k WHERE k.team_id = p.team_id AND k.person_id = p.record_id
        AND {open_conflict("k")})
      OR p.conflicts > 0 AS conflict,
    EXISTS (SELECT 1 FROM person_index o
      WHERE o.team_id = i.team_id AND o.name = i.name AND o.name <> '' AND o.row <> i.row) AS same_name,
    EXISTS (SELECT 1 FROM person_index o
      WHERE o.team_id = i.team_id AND o.nhs = i.nhs AND o.nhs <> '' AND o.row <> i.row) AS same_number
"""  # noqa: S608 - constants


def count(db: Database, team_id: str) -> int:
    """How many people are in the team's caseload."""
    return int(db.execute("SELECT count(*) FROM person_index WHERE team_id = ?", [team_id]).fetchone()[0])


def page(db: Database, team_id: str, start: int, most: int) -> list[Row]:
    """A page of the caseload in order of family name: `most` people from the index `start`."""
    sql = (
        f"SELECT {_ABOUT} FROM (SELECT * FROM person_index WHERE team_id = ? ORDER BY {_ORDER} LIMIT ? OFFSET ?) i"  # noqa: S608 - constants
        f" JOIN record p ON p.row = i.row ORDER BY {', '.join(f'i.{name}' for name in _ORDER.split(', '))}"
    )
    return [_row(row) for row in db.query(sql, [team_id, most, start])]


def ids(db: Database, team_id: str) -> list[str]:
    """The record ids of everybody in the caseload, in order of family name."""
    sql = f"SELECT record_id FROM person_index WHERE team_id = ? ORDER BY {_ORDER}"  # noqa: S608 - constants
    return [row[0] for row in db.execute(sql, [team_id]).fetchall()]


def row_of(db: Database, team_id: str, person_id: str) -> int | None:
    """A person's index in the order of family names, from 0; None when they are not in the caseload."""
    sql = (
        f"SELECT place FROM (SELECT record_id, row_number() OVER (ORDER BY {_ORDER}) - 1 AS place"  # noqa: S608
        " FROM person_index WHERE team_id = ?) WHERE record_id = ?"
    )
    found = db.execute(sql, [team_id, person_id]).fetchone()
    return int(found[0]) if found else None


def find(db: Database, team_id: str, asked: str) -> list[str]:
    """The record ids of the people found, at most `MOST_FOUND`; first those found by their own data.

    Args:
        db: The store.
        team_id: The team.
        asked: A full-text query (FTS5) made by `domain.people.search_terms`.
    """
    if not asked:
        return []
    own = _found(db, team_id, f"{{own numbers births}} : ({asked})")
    there = set(own)
    return [*own, *(found for found in _found(db, team_id, asked) if found not in there)][:MOST_FOUND]


def _found(db: Database, team_id: str, asked: str) -> list[str]:
    sql = (
        "SELECT record_id FROM person_index WHERE team_id = ?"  # noqa: S608 - constants
        f" AND row IN (SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT {MOST_FOUND})"
        f" ORDER BY {_ORDER}"
    )
    return [row[0] for row in db.execute(sql, [team_id, asked]).fetchall()]


def by_ids(db: Database, team_id: str, record_ids: list[str]) -> list[Row]:
    """The people of these record ids, in this order, without those who are not in the caseload."""
    sql = (
        # CROSS keeps the ids outermost; SQLite would otherwise scan everybody in the team.
        f"SELECT {_ABOUT} FROM json_each(?) e CROSS JOIN person_index i ON i.team_id = ? AND i.record_id = e.value"  # noqa: S608
        " CROSS JOIN record p ON p.row = i.row ORDER BY e.key"
    )
    return [_row(row) for row in db.query(sql, [json.dumps(record_ids), team_id])]


def possible_duplicates(db: Database, team_id: str, record_id: str) -> list[PossibleDuplicate]:
    """Possible duplicates: others with the same NHS number, then those with the same name and date of birth."""
    sql = (
        "SELECT o.record_id, max(o.nhs = i.nhs AND o.nhs <> '') AS number FROM person_index i CROSS JOIN person_index o"
        " ON o.team_id = i.team_id AND o.row <> i.row AND o.{same} WHERE i.team_id = ? AND i.record_id = ?"
        " AND i.{some} <> '' GROUP BY o.record_id ORDER BY o.family, o.given, o.record_id LIMIT 20"
    )
    number = sql.format(same="nhs = i.nhs", some="nhs")
    born = sql.format(same="name = i.name AND o.born = i.born AND i.name <> ''", some="born")
    key = [team_id, record_id]
    found = {row[0]: PossibleDuplicate(row[0], bool(row[1])) for row in db.execute(number, key).fetchall()}
    for row in db.execute(born, key).fetchall():
        found.setdefault(row[0], PossibleDuplicate(row[0], bool(row[1])))
    return list(found.values())


def _row(row: dict[str, Any]) -> Row:
    person = Record(
        team_id=row["team_id"],
        kind="person",
        record_id=row["record_id"],
        person_id=row["person_id"],
        fields=json.loads(row["shown"]),
        seen=SyncPosition(),
    )
    held = {
        kind: Record(row["team_id"], kind, record_id, person.record_id, fields)
        for kind, record_id, fields in json.loads(row["held"])
    }
    marks = {name: bool(row[name]) for name in _MARKS}
    # Another laptop may have stored an answer without a statement id, or with one of another type.
    said = tuple(statement for statement in json.loads(row["said"]) if isinstance(statement, str))
    return Row(person, said, **marks, review_records=held)
