"""Queries of records, one SQL statement beside each function."""

import json
from dataclasses import replace
from typing import Any

from sqlite_utils import Database

from phb_tui.domain.records.changes import ConflictingValue, Record, RecordState, SyncPosition, Value
from phb_tui.domain.records.merge import upcoming_conflicts, without_resolved
from phb_tui.domain.records.record_codec import ORIGIN_IN_CONFLICT, field_states
from phb_tui.store import change_log

_SELECT = (
    "SELECT r.*, coalesce(e.epoch, 0) AS epoch, coalesce(e.seq, 0) AS seen"
    " FROM record r LEFT JOIN exchange e ON e.team_id = r.team_id"
)


def get(db: Database, team_id: str, record_id: str) -> Record | None:
    """One record; None when this laptop does not have it."""
    rows = list(db.query(f"{_SELECT} WHERE r.team_id = ? AND r.record_id = ?", [team_id, record_id]))
    return _record(db, rows[0]) if rows else None


def held(db: Database, team_id: str, record_id: str) -> dict[str, Value]:
    """The fields of a record as central last sent them; {} when it never did, or not since it was restored.

    What this laptop wrote and central has not confirmed is not among them.
    """
    sql = "SELECT coalesce(base, shown) FROM record WHERE team_id = ? AND record_id = ? AND seq > 0"
    found = db.execute(sql, [team_id, record_id]).fetchone()
    return json.loads(found[0]) if found else {}


def of_person(db: Database, team_id: str, person_id: str, *kinds: str) -> list[Record]:
    """Every record of these kinds about one person, by record id."""
    marks = ", ".join("?" * len(kinds))
    # The plus keeps SQLite from reading all of the team's records in the order that is asked for.
    sql = f"{_SELECT} WHERE r.team_id = ? AND r.person_id = ? AND r.kind IN ({marks}) ORDER BY +r.record_id"
    return [_record(db, row) for row in db.query(sql, [team_id, person_id, *kinds])]


def of_kind(db: Database, team_id: str, kind: str) -> list[Record]:
    """Every record of one kind about anybody of the team, by record id."""
    sql = f"{_SELECT} WHERE r.team_id = ? AND r.kind = ? ORDER BY r.record_id"
    return [_record(db, row) for row in db.query(sql, [team_id, kind])]


def all_of_person(db: Database, team_id: str, person_id: str) -> list[Record]:
    """Every record about one person, by record id."""
    sql = f"{_SELECT} WHERE r.team_id = ? AND r.person_id = ? ORDER BY +r.record_id"
    return [_record(db, row) for row in db.query(sql, [team_id, person_id])]


def kinds_of_person(db: Database, team_id: str, person_id: str) -> set[str]:
    """The kinds of which a person has a record that was not removed and in which something is written."""
    sql = (
        "SELECT DISTINCT kind FROM record r WHERE team_id = ? AND person_id = ?"
        " AND coalesce(json_extract(shown, '$.removed'), '') <> 'yes'"
        " AND EXISTS (SELECT 1 FROM json_each(r.shown) field WHERE coalesce(field.value, '') <> '')"
    )
    return {row[0] for row in db.execute(sql, [team_id, person_id]).fetchall()}


def in_error(db: Database, team_id: str, person_id: str) -> set[str]:
    """The ids of a person's records that were entered in error; a removed visit always counts as such."""
    sql = (
        "SELECT record_id FROM record WHERE team_id = ? AND person_id = ? AND json_extract(shown, '$.removed') = 'yes'"
        " AND (kind = 'visit' OR coalesce(json_extract(shown, '$.error_reason'), '') <> '')"
    )
    return {row[0] for row in db.execute(sql, [team_id, person_id]).fetchall()}


def removed_people(db: Database, team_id: str) -> list[Record]:
    """The removed person records, by record id, without those transferred to another team."""
    sql = (
        f"{_SELECT} WHERE r.team_id = ? AND r.kind = 'person' AND json_extract(r.shown, '$.removed') = 'yes'"  # noqa: S608 - constants
        " AND r.record_id NOT IN (SELECT record_id FROM gone g WHERE g.team_id = r.team_id) ORDER BY r.record_id"
    )
    return [_record(db, row) for row in db.query(sql, [team_id])]


def open_conflict(record: str) -> str:
    """SQL condition: a record of this alias has a conflict that somebody has to resolve."""
    return f"{record}.conflicts > 0 AND {_is_not_in_error(record)}"


def _is_not_in_error(record: str) -> str:
    """SQL condition: nobody entered a record of this alias, its visit or its person in error.

    What was entered in error is on no list and no paper, so nobody has to resolve its conflicts; unless it is not
    decided whether it stays. Put back, they are open again.
    """
    return (
        f"NOT EXISTS (SELECT 1 FROM record m WHERE m.team_id = {record}.team_id"  # noqa: S608
        f" AND m.record_id IN ({record}.record_id, {record}.person_id, json_extract({record}.shown, '$.visit_id'))"
        " AND json_extract(m.shown, '$.removed') = 'yes'"
        " AND coalesce(json_extract(m.shown, '$.error_reason'), '') <> ''"
        f" AND coalesce(json_array_length(m.origins, '$.removed'), 0) < {ORIGIN_IN_CONFLICT})"
    )


def in_conflict(db: Database, team_id: str) -> list[Record]:
    """Every record of the team with an open conflict, without what was entered in error."""
    sql = f"{_SELECT} WHERE r.team_id = ? AND {open_conflict('r')} ORDER BY r.record_id"
    return [_record(db, row) for row in db.query(sql, [team_id])]


def about_to_conflict(db: Database, team_id: str, person_id: str) -> list[Record]:
    """A person's and the team's records with the conflicts that their pending changes will make at central.

    A colleague's value arrived while this laptop's change of the same field, written without having seen it, waits.
    """
    sql = (
        f"{_SELECT} WHERE r.team_id = ? AND (r.person_id = ? OR r.person_id IS NULL)"
        f" AND r.base IS NOT NULL AND r.seq > 0 AND {_is_not_in_error('r')} ORDER BY +r.record_id"
    )
    found = ((_record(db, row), _upcoming(db, row)) for row in db.query(sql, [team_id, person_id]))
    return [replace(record, open={**record.open, **upcoming}) for record, upcoming in found if upcoming]


def count_in_conflict(db: Database, team_id: str) -> int:
    """How many records have an open conflict, without what was entered in error."""
    sql = f"SELECT count(*) FROM record r WHERE r.team_id = ? AND {open_conflict('r')}"  # noqa: S608 - constants
    return int(db.execute(sql, [team_id]).fetchone()[0])


def transferred_to(db: Database, team_id: str, record_id: str) -> str:
    """The id of the team that a record was transferred to; "" while this team has it."""
    sql = "SELECT to_team FROM gone WHERE team_id = ? AND record_id = ?"
    found = db.execute(sql, [team_id, record_id]).fetchone()
    return str(found[0]) if found else ""


def _upcoming(db: Database, row: dict[str, Any]) -> dict[str, tuple[ConflictingValue, ...]]:
    team_id, record_id = row["team_id"], row["record_id"]
    held = field_states(row["base"], row["origins"])
    state = RecordState(team_id, row["kind"], record_id, row["person_id"], row["seq"], held)
    return upcoming_conflicts(state, change_log.pending_of_record(db, team_id, record_id), json.loads(row["shown"]))


def _record(db: Database, row: dict[str, Any]) -> Record:
    held = field_states(row["base"] or row["shown"], row["origins"]) if row["conflicts"] else {}
    if held and row["base"]:
        held = without_resolved(held, change_log.pending_of_record(db, row["team_id"], row["record_id"]))
    return Record(
        team_id=row["team_id"],
        kind=row["kind"],
        record_id=row["record_id"],
        person_id=row["person_id"],
        fields=json.loads(row["shown"]),
        seen=SyncPosition(row["epoch"], row["seen"]),
        open={name: state.sides for name, state in held.items() if state.sides},
    )
