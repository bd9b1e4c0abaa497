"""Remote writes: applies pulled records to the store and rebases pending local changes onto them.

In a first exchange most rows are new, so a page is first inserted as a whole; only if that fails are existing rows
handled one by one.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import chain

import sqlcipher3.dbapi2 as driver
from sqlite_utils import Database

from phb_tui.domain.records import checksum
from phb_tui.domain.records.changes import HANDOVER, ConflictingValue, FieldState, canonical
from phb_tui.domain.records.merge import count_conflicts, overlay_pending
from phb_tui.domain.records.record_codec import Row, field_states
from phb_tui.store import change_log
from phb_tui.store.people import people_index

_INSERT = "INSERT INTO record (team_id, record_id, kind, person_id, seq, shown, origins, conflicts) VALUES"
_VALUES = "(?, ?, ?, ?, ?, ?, ?, ?)"
TOGETHER = 500
"""How many rows one statement inserts; each statement waits for the interpreter lock beside the screens' thread."""


def apply_rows(db: Database, rows: Sequence[Row], team_id: str, before: str) -> str:
    """Store records as central holds them. Call inside `transaction`.

    Waiting changes of this laptop stay on top of what screens show, and values that give way stay in their histories.

    Args:
        db: The store.
        rows: The records.
        team_id: The team.
        before: The checksum of the records here until now.

    Returns:
        Their checksum now; the caller writes it with the rest of the state.
    """
    gone = [row for row in rows if row.transferred_to]
    come = [row for row in rows if not row.transferred_to]
    parts = [_part_of(row) for row in rows]
    left = [_delete_transferred(db, team_id, row) for row in gone]
    if gone or _has_transferred(db, team_id):
        left += [_remove_transfer_mark(db, team_id, row.record_id) for row in come]
    if not _insert_new(db, team_id, come):
        left += _insert_or_replace(db, team_id, come)
    for row in gone:
        _mark_transferred(db, team_id, row)
    people_index.renew(db)
    return checksum.updated(before, left, parts)


def hide_rejected(db: Database, team_id: str, op_nos: Iterable[int]) -> None:
    """Remove quarantined changes from the shown values. Call inside `transaction`, after marking them in the log.

    They stay in the log and are listed for the user's attention; a conflict that one of them resolved is open again.
    """
    for record_id in change_log.records_of(db, team_id, op_nos):
        key = [team_id, record_id]
        row = db.execute("SELECT seq, base, origins FROM record WHERE team_id = ? AND record_id = ?", key).fetchone()
        if row is None or row[1] is None:
            continue
        waiting = change_log.pending_of_record(db, team_id, record_id)
        base = json.loads(row[1])
        shown = base | {name: value for change in waiting for name, value in change.fields.items()}
        if not shown and not row[0]:
            db.execute("DELETE FROM record WHERE team_id = ? AND record_id = ?", key)
        else:
            conflicts = count_conflicts(field_states(row[1], row[2]), waiting)
            sql = "UPDATE record SET shown = ?, base = ?, conflicts = ? WHERE team_id = ? AND record_id = ?"
            db.execute(sql, [canonical(shown), row[1] if waiting else None, conflicts, *key])
    people_index.renew(db)


def count_removals(db: Database, rows: Iterable[Row], team_id: str) -> int:
    """How many people these rows would remove from this laptop.

    Not counted are people whom this laptop transferred itself, and those already gone with only pending changes left.
    """
    people = [row.record_id for row in rows if row.transferred_to and row.kind == "person"]
    sql = (
        "SELECT count(*) FROM record WHERE team_id = ? AND record_id IN (SELECT value FROM json_each(?))"
        " AND record_id NOT IN (SELECT person_id FROM change_log WHERE team_id = ? AND kind = ?"
        " AND person_id IS NOT NULL) AND record_id NOT IN (SELECT record_id FROM gone WHERE team_id = ?)"
    )
    found = db.execute(sql, [team_id, json.dumps(people), team_id, HANDOVER, team_id]) if people else None
    return int(found.fetchone()[0]) if found else 0


def people(db: Database, team_id: str) -> int:
    """How many person records of the team are on this laptop."""
    return db.table("record").count_where("team_id = ? AND kind = 'person'", [team_id])


def _part_of(row: Row) -> int:
    return checksum.record_hash(row.record_id, row.seq)


def insert(db: Database, team_id: str, rows: Sequence[Row]) -> None:
    """Insert rows that are all new here. Call inside `transaction`."""
    for first in range(0, len(rows), TOGETHER):
        some = rows[first : first + TOGETHER]
        places = ", ".join([_VALUES] * len(some))
        db.conn.execute(f"{_INSERT} {places}", list(chain.from_iterable(_values(team_id, row) for row in some)))


def _values(team_id: str, row: Row) -> tuple[str | int | None, ...]:
    return team_id, row.record_id, row.kind, row.person_id, row.seq, row.values, row.origins, row.conflicts


def _insert_new(db: Database, team_id: str, rows: Sequence[Row]) -> bool:
    """Insert rows if all of them are new; returns False, and inserts none, when one exists."""
    db.execute("SAVEPOINT page")
    try:
        insert(db, team_id, rows)
    except driver.IntegrityError:
        db.execute("ROLLBACK TO page")
        return False
    finally:
        db.execute("RELEASE page")
    return True


def _insert_or_replace(db: Database, team_id: str, rows: Sequence[Row]) -> list[int]:
    """Insert or replace rows one by one; returns the record hashes to take out of the checksum."""
    # CROSS keeps the ids outermost; SQLite would otherwise scan every record of the team.
    sql = "SELECT e.value, r.seq FROM json_each(?) e CROSS JOIN record r ON r.team_id = ? AND r.record_id = e.value"
    known: dict[str, int] = dict(db.execute(sql, [json.dumps([row.record_id for row in rows]), team_id]).fetchall())
    insert(db, team_id, [row for row in rows if row.record_id not in known])
    for row in rows:
        if row.record_id in known and known[row.record_id] != row.seq:
            _replace(db, team_id, row)
    return [checksum.record_hash(row.record_id, known.get(row.record_id, 0)) for row in rows]


def _replace(db: Database, team_id: str, row: Row) -> None:
    """Replace an existing record with a pulled row, keeping pending changes on top."""
    sql = "SELECT base, shown, origins FROM record WHERE team_id = ? AND record_id = ?"
    base, shown, origins = db.execute(sql, [team_id, row.record_id]).fetchone()
    waiting = change_log.pending_of_record(db, team_id, row.record_id)
    fields = field_states(row.values, row.origins)
    _keep_history(db, team_id, row, field_states(base or shown, origins), fields)
    now_shown = canonical(overlay_pending(fields, waiting)) if waiting else row.values
    db.execute(
        "UPDATE record SET kind = ?, person_id = ?, seq = ?, shown = ?, base = ?, origins = ?, conflicts = ?"
        " WHERE team_id = ? AND record_id = ?",
        [
            row.kind, row.person_id, row.seq, now_shown, row.values if waiting else None, row.origins,
            count_conflicts(fields, waiting), team_id, row.record_id,
        ],
    )  # fmt: skip


def _has_transferred(db: Database, team_id: str) -> bool:
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM gone WHERE team_id = ?)", [team_id]).fetchone()[0])


def _remove_transfer_mark(db: Database, team_id: str, record_id: str) -> int:
    """Remove a record from those transferred away; returns its hash to take out of the checksum."""
    sql = "DELETE FROM gone WHERE team_id = ? AND record_id = ? RETURNING seq"
    return sum(checksum.record_hash(record_id, seq) for (seq,) in db.execute(sql, [team_id, record_id]).fetchall())


def _delete_transferred(db: Database, team_id: str, row: Row) -> int:
    """Delete a record that was transferred to another team; returns its hash to take out of the checksum."""
    key = [team_id, row.record_id]
    db.execute("DELETE FROM received WHERE team_id = ? AND record_id = ?", key)
    sql = "DELETE FROM record WHERE team_id = ? AND record_id = ? RETURNING seq"
    here = sum(checksum.record_hash(row.record_id, seq) for (seq,) in db.execute(sql, key).fetchall())
    return here + _remove_transfer_mark(db, team_id, row.record_id)


def _mark_transferred(db: Database, team_id: str, row: Row) -> None:
    db.execute(
        "INSERT INTO gone (team_id, record_id, kind, person_id, seq, to_team) VALUES (?, ?, ?, ?, ?, ?)",
        [team_id, row.record_id, row.kind, row.person_id, row.seq, row.transferred_to],
    )


def _keep_history(
    db: Database, team_id: str, row: Row, before: dict[str, FieldState], now: dict[str, FieldState]
) -> None:
    """Add values that central no longer has to their fields' histories."""
    for name, held in before.items():
        if now.get(name) == held:
            continue
        values: chain[FieldState | ConflictingValue] = chain([held], held.sides)
        for value in values:
            db.execute(
                "INSERT OR IGNORE INTO received (team_id, record_id, name, device_id, op_no, value, author, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    team_id, row.record_id, name, value.device_id, value.op_no, canonical(value.value),
                    value.author, value.at,
                ],
            )  # fmt: skip
