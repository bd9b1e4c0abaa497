"""Change log of this laptop: pending, acknowledged and quarantined changes in order, and the history of a field."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace
from sqlite_utils import Database

from phb_tui.domain.records.changes import Change, ConflictingValue, FieldState, SyncPosition, Value, canonical, hash_of
from phb_tui.domain.records.limits import LONGEST_CHANGE, to_send
from phb_tui.domain.records.record_codec import field_states
from phb_tui.store import key_values

MOST_BYTES = 1024 * 1024
_FRAME = 400
"""The approximate size of a change without its field values, in bytes."""


@dataclass(frozen=True, slots=True)
class FieldVersion:
    """One value in a field's history.

    Attributes:
        value: The value.
        author: The staff id of who wrote it.
        at: When, by the author's clock, ISO 8601 UTC.
        device_id: The device it was written on.
        decided: Whether it resolved a conflict, as far as this laptop knows.
    """

    value: Value = field(repr=False)
    author: str
    at: str
    device_id: str
    decided: bool = False


def append(db: Database, change: Change) -> Change:
    """Append a change with its number and the hash of the one before. Call inside `transaction`."""
    last = db.execute(
        "SELECT op_no, hash FROM change_log WHERE team_id = ? ORDER BY op_no DESC LIMIT 1", [change.team_id]
    ).fetchone()
    op_no, prev = (last[0] + 1, last[1]) if last else (1, "")
    # A screen that was open while the device id changed still has the old one.
    kept = replace(change.numbered(op_no, prev), device_id=key_values.get(db, "device_id") or change.device_id)
    db.execute(
        "INSERT INTO change_log (team_id, op_no, device_id, kind, record_id, person_id, fields, before, epoch, seq,"
        " author, at, resolves, prev, hash, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            kept.team_id, kept.op_no, kept.device_id, kept.kind, kept.record_id, kept.person_id,
            canonical(dict(kept.fields)), canonical(dict(kept.before)), kept.seen.epoch, kept.seen.seq,
            kept.author, kept.at, canonical(list(kept.resolves)), kept.prev, kept.hash, kept.shape,
        ],
    )  # fmt: skip
    return kept


def pending(db: Database, team_id: str, most: int, most_bytes: int = MOST_BYTES) -> tuple[Change, ...]:
    """The oldest pending changes (those that central has not acknowledged), in order.

    Args:
        db: The store.
        team_id: The team.
        most: The largest number of changes.
        most_bytes: The largest total size in bytes; one change is always returned.
    """
    sql = "SELECT * FROM change_log WHERE team_id = ? AND outcome = 'waiting' ORDER BY op_no LIMIT ?"
    found: list[Change] = []
    for row in db.query(sql, [team_id, most]):
        most_bytes -= min(_bytes(row), LONGEST_CHANGE)
        if found and most_bytes < 0:
            break
        found.append(_change(row))
    return tuple(found)


def pending_of_record(db: Database, team_id: str, record_id: str) -> list[Change]:
    """The pending changes of one record, oldest first."""
    rows = db.query(
        "SELECT * FROM change_log WHERE team_id = ? AND record_id = ? AND outcome = 'waiting' ORDER BY op_no",
        [team_id, record_id],
    )
    return [_change(row) for row in rows]


def count_pending(db: Database, team_id: str, up_to: int = 2**53) -> int:
    """How many changes are pending, of those numbered up to `up_to`."""
    sql = "SELECT count(*) FROM change_log WHERE team_id = ? AND outcome = 'waiting' AND op_no <= ?"
    return int(db.execute(sql, [team_id, up_to]).fetchone()[0])


def last(db: Database, team_id: str) -> int:
    """The number of the last change in the log; 0 for none."""
    return int(db.execute("SELECT coalesce(max(op_no), 0) FROM change_log WHERE team_id = ?", [team_id]).fetchone()[0])


def first_pending(db: Database, team_id: str) -> int:
    """The number of the oldest pending change; the next free number when none is pending."""
    sql = "SELECT min(op_no) FROM change_log WHERE team_id = ? AND outcome = 'waiting'"
    found = db.execute(sql, [team_id]).fetchone()[0]
    return int(found) if found else last(db, team_id) + 1


def sent_hashes(db: Database, team_id: str, first: int, most: int) -> list[tuple[int, str]]:
    """The number and hash of the changes from a number on, as they are or would be sent, at most `most`."""
    rows = db.query(
        "SELECT * FROM change_log WHERE team_id = ? AND op_no >= ? ORDER BY op_no LIMIT ?", [team_id, first, most]
    )
    return [(row["op_no"], _sent_hash(row)) for row in rows]


def is_at(db: Database, team_id: str, op_no: int, head: str) -> bool:
    """Whether the log has a change of this number with this hash."""
    sql = "SELECT hash FROM change_log WHERE team_id = ? AND op_no = ?"
    found = db.execute(sql, [team_id, op_no]).fetchone()
    return found is not None and found[0] == head


def rechain(db: Database, team_id: str, last: int, device_id: str) -> None:
    """Re-chain the changes after a number under a new device id, to be sent again. Call inside `transaction`.

    Central has the changes up to that number; of the later ones only the device id and the hashes change.
    """
    done = "UPDATE change_log SET outcome = 'sent' WHERE team_id = ? AND op_no <= ? AND outcome = 'waiting'"
    db.execute(done, [team_id, last])
    found = db.execute("SELECT hash FROM change_log WHERE team_id = ? AND op_no = ?", [team_id, last]).fetchone()
    prev = found[0] if found else ""
    rows = list(db.query("SELECT * FROM change_log WHERE team_id = ? AND op_no > ? ORDER BY op_no", [team_id, last]))
    for row in rows:
        change = replace(_change(row), device_id=device_id, prev=prev)
        prev = change.hash
        db.execute(
            "UPDATE change_log SET device_id = ?, prev = ?, hash = ?, outcome = 'waiting', why = ''"
            " WHERE team_id = ? AND op_no = ?",
            [device_id, change.prev, prev, team_id, change.op_no],
        )


def mark_quarantined(db: Database, team_id: str, refusals: Mapping[int, str]) -> None:
    """Mark changes as quarantined by central, each number with its sentence. Call inside `transaction`."""
    for op_no, why in refusals.items():
        db.execute(
            "UPDATE change_log SET outcome = 'refused', why = ? WHERE team_id = ? AND op_no = ?",
            [why, team_id, op_no],
        )


def pending_by_person(db: Database, team_id: str) -> list[tuple[str | None, int, list[str]]]:
    """Pending changes by person: the person's id or None, the number of changes, the kinds of records."""
    rows = db.execute(
        "SELECT person_id, sum(changes), json_group_array(kind) FROM (SELECT person_id, kind, count(*) AS changes"
        " FROM change_log WHERE team_id = ? AND outcome = 'waiting' GROUP BY person_id, kind ORDER BY min(op_no))"
        " GROUP BY person_id",
        [team_id],
    )
    return [(person_id, changes, json.loads(kinds)) for person_id, changes, kinds in rows.fetchall()]


def records_of(db: Database, team_id: str, op_nos: Iterable[int]) -> set[str]:
    """The ids of the records that these changes are about."""
    sql = "SELECT record_id FROM change_log WHERE team_id = ? AND op_no IN (SELECT value FROM json_each(?))"
    return {row[0] for row in db.execute(sql, [team_id, json.dumps(list(op_nos))]).fetchall()}


def quarantined(db: Database, team_id: str, record_ids: Iterable[str] | None = None) -> list[tuple[Change, str]]:
    """Quarantined changes that the user has not dealt with, of all records or of some, each with its sentence."""
    wanted = "team_id = ? AND outcome = 'refused' AND NOT seen_to"
    sql, given = f"SELECT * FROM change_log WHERE {wanted} ORDER BY op_no", [team_id]  # noqa: S608 - a constant
    if record_ids is not None:
        sql = f"SELECT l.* FROM json_each(?) CROSS JOIN change_log l ON record_id = value AND {wanted} ORDER BY op_no"  # noqa: S608
        given = [json.dumps(list(record_ids)), team_id]
    return [(_change(row), row["why"]) for row in db.query(sql, given)]


def count_quarantined(db: Database, team_id: str) -> int:
    """How many quarantined changes the user has not dealt with."""
    sql = "SELECT count(*) FROM change_log WHERE team_id = ? AND outcome = 'refused' AND NOT seen_to"
    return int(db.execute(sql, [team_id]).fetchone()[0])


def mark_handled(db: Database, team_id: str, op_no: int) -> None:
    """Mark a quarantined change as dealt with. Call inside `transaction`."""
    db.execute("UPDATE change_log SET seen_to = 1 WHERE team_id = ? AND op_no = ?", [team_id, op_no])


def acknowledge(db: Database, team_id: str, ack: int, refusals: Mapping[int, str]) -> None:
    """Mark changes as acknowledged by central. Call inside `transaction`.

    Args:
        db: The store.
        team_id: The team.
        ack: The last number central has. Changes after it become pending again, also acknowledged ones: that is how
            a laptop sends a restored central what its backup lacks.
        refusals: Quarantined changes, each number with its sentence.
    """
    db.execute(
        "UPDATE change_log SET outcome = 'sent' WHERE team_id = ? AND op_no <= ? AND outcome = 'waiting'",
        [team_id, ack],
    )
    db.execute(
        "UPDATE change_log SET outcome = 'waiting', why = '' WHERE team_id = ? AND op_no > ? AND outcome <> 'waiting'",
        [team_id, ack],
    )
    mark_quarantined(db, team_id, refusals)


def history(db: Database, team_id: str, record_id: str, name: str) -> list[FieldVersion]:
    """Every value a field has had on any device, newest first by its author's clock."""
    # Not by a path: a name from another laptop may hold what a path cannot.
    rows = db.execute(
        "SELECT json_extract(value, '$'), author, at, device_id, op_no, 0 FROM received"
        " WHERE team_id = :team AND record_id = :record AND name = :name"
        " UNION ALL SELECT f.value, c.author, c.at, c.device_id, c.op_no, c.resolves <> '[]'"
        " FROM change_log c, json_each(c.fields) f"
        " WHERE c.team_id = :team AND c.record_id = :record AND f.key = :name",
        {"team": team_id, "record": record_id, "name": name},
    ).fetchall()
    found = {(row[3], row[4]): FieldVersion(row[0], row[1], row[2], row[3], bool(row[5])) for row in rows}
    sql = "SELECT coalesce(base, shown), origins FROM record WHERE team_id = ? AND record_id = ?"
    row = db.execute(sql, [team_id, record_id]).fetchone()
    held = field_states(*row).get(name) if row else None
    values: list[FieldState | ConflictingValue] = [held, *held.sides] if held else []
    for now in values:
        found.setdefault((now.device_id, now.op_no), FieldVersion(now.value, now.author, now.at, now.device_id))
    return [found[key] for key in sorted(found, key=lambda key: (found[key].at, key[1]), reverse=True)]


def authors(db: Database, team_id: str, record_id: str, names: Collection[str]) -> set[str]:
    """Everybody (staff ids) who ever wrote one of some fields of a record, on any device."""
    rows = db.execute(
        "SELECT author FROM received WHERE team_id = :team AND record_id = :record"
        " AND name IN (SELECT value FROM json_each(:names))"
        " UNION SELECT c.author FROM change_log c, json_each(c.fields) f"
        " WHERE c.team_id = :team AND c.record_id = :record AND f.key IN (SELECT value FROM json_each(:names))",
        {"team": team_id, "record": record_id, "names": json.dumps(list(names))},
    ).fetchall()
    sql = "SELECT coalesce(base, shown), origins FROM record WHERE team_id = ? AND record_id = ?"
    row = db.execute(sql, [team_id, record_id]).fetchone()
    held = [state for name, state in field_states(*row).items() if name in names] if row else []
    sides = (side.author for state in held for side in state.sides)
    return ({str(author) for (author,) in rows} | {state.author for state in held} | {*sides}) - {""}


def names(db: Database, team_id: str, record_id: str) -> list[str]:
    """The names of all fields of a record that ever had a value, on any device."""
    rows = db.execute(
        "SELECT f.key FROM change_log c, json_each(c.fields) f WHERE c.team_id = :team AND c.record_id = :record"
        " UNION SELECT name FROM received WHERE team_id = :team AND record_id = :record"
        " UNION SELECT o.key FROM record r, json_each(r.origins) o WHERE r.team_id = :team AND r.record_id = :record",
        {"team": team_id, "record": record_id},
    ).fetchall()
    return [str(name) for (name,) in rows]


def verify(db: Database, team_id: str) -> int:
    """Verify the log's hash chain.

    Returns:
        The number of the first change that does not match its hash or follow the one before; 0 if the chain is intact.
    """
    prev = ""
    rows = db.query("SELECT * FROM change_log WHERE team_id = ? ORDER BY op_no", [team_id])
    for number, row in enumerate(rows, start=1):
        change = _change(row)
        if change.op_no != number or change.prev != prev or change.hash != row["hash"]:
            return number
        prev = row["hash"]
    return 0


def _sent_hash(row: dict[str, Any]) -> str:
    return hash_of(to_send(_change(row))) if _bytes(row) > LONGEST_CHANGE // 2 else row["hash"]


def _bytes(row: dict[str, Any]) -> int:
    return len(row["fields"].encode()) + len(row["before"].encode()) + _FRAME


def _change(row: dict[str, Any]) -> Change:
    return Change(
        team_id=row["team_id"],
        device_id=row["device_id"],
        kind=row["kind"],
        record_id=row["record_id"],
        person_id=row["person_id"],
        fields=json.loads(row["fields"]),
        before=json.loads(row["before"]),
        seen=SyncPosition(row["epoch"], row["seq"]),
        author=row["author"],
        at=row["at"],
        resolves=tuple(json.loads(row["resolves"])),
        op_no=row["op_no"],
        prev=row["prev"],
        shape=row["shape"],
    )
