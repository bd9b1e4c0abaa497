"""Local writes: stores a record's row and its change log entry in one transaction.

The only other module that writes record rows is `remote_writes`.
"""

import json
from collections.abc import Collection, Iterable

from sqlite_utils import Database

from phb_tui.domain.records import limits
from phb_tui.domain.records.changes import Change, Record, SyncPosition, Value, canonical
from phb_tui.domain.records.merge import count_conflicts
from phb_tui.domain.records.record_codec import field_states
from phb_tui.store import change_log, disk_reserve
from phb_tui.store.database import transaction
from phb_tui.store.people import people_index


def commit_changes(db: Database, changes: Iterable[Change]) -> list[Change]:
    """Commit changes made on this laptop in one transaction: record rows, log entries and deletion of the drafts.

    Args:
        db: The store.
        changes: In order, without numbers.

    Returns:
        The same changes with numbers and hashes; one that is too long to send is split into several.

    Raises:
        NotSaved: The disk refuses; nothing was committed.
    """
    made = list(changes)

    def keep() -> list[Change]:
        with transaction(db):
            kept = [_commit_change(db, piece) for change in made for piece in limits.pieces(change)]
            people_index.renew(db)
        return kept

    return disk_reserve.with_room(db, keep)


def save_draft(db: Database, change: Change) -> None:
    """Store what is being typed as a draft; it is not in the change log yet.

    Args:
        db: The store.
        change: The change that leaving the field now would make.

    Raises:
        NotSaved: The disk refuses.
    """

    def write() -> None:
        with transaction(db):
            for name, value in change.fields.items():
                _save_draft_field(db, change, name, value)

    disk_reserve.with_room(db, write)


def delete_drafts(db: Database, record: Record, names: Iterable[str], context: Collection[str] = ()) -> None:
    """Delete the drafts of fields, because the typed text equals the saved one again.

    Args:
        db: The store.
        record: The record.
        names: The fields.
        context: Names of the fields that link the record to its parent; their drafts go with the last other one.

    Raises:
        NotSaved: The disk refuses.
    """

    def write() -> None:
        with transaction(db):
            for name in names:
                _delete_draft(db, record.team_id, record.record_id, name)
            sql = "SELECT name FROM draft WHERE team_id = ? AND record_id = ?"
            left = [row[0] for row in db.execute(sql, [record.team_id, record.record_id]).fetchall()]
            for link in left if set(left) <= set(context) else ():
                _delete_draft(db, record.team_id, record.record_id, link)

    disk_reserve.with_room(db, write)


def drafts(db: Database, device_id: str) -> list[Change]:
    """The drafts left when the app stopped, oldest first, as changes for `commit_changes`."""
    rows = db.table("draft").rows_where(order_by="at, record_id, name")
    return [
        Change(
            team_id=row["team_id"],
            device_id=device_id,
            kind=row["kind"],
            record_id=row["record_id"],
            person_id=row["person_id"],
            fields={row["name"]: json.loads(row["value"])},
            before={row["name"]: json.loads(row["before"])},
            seen=SyncPosition(row["epoch"], row["seq"]),
            author=row["author"],
            at=row["at"],
        )
        for row in rows
    ]


def _save_draft_field(db: Database, change: Change, name: str, value: Value) -> None:
    db.execute(
            "INSERT INTO draft (team_id, record_id, name, kind, person_id, value, before, epoch, seq, author, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team_id, record_id, name)"
            " DO UPDATE SET value = excluded.value, at = excluded.at",
            [
                change.team_id, change.record_id, name, change.kind, change.person_id, canonical(value),
                canonical(change.before.get(name)), change.seen.epoch, change.seen.seq, change.author, change.at,
            ],
        )  # fmt: skip


def _commit_change(db: Database, change: Change) -> Change:
    kept = change_log.append(db, change)
    key = [change.team_id, change.record_id]
    row = db.execute("SELECT shown FROM record WHERE team_id = ? AND record_id = ?", key).fetchone()
    shown = canonical({**(json.loads(row[0]) if row else {}), **change.fields})
    db.execute(
        "INSERT INTO record (team_id, record_id, kind, person_id, shown, base) VALUES (?, ?, ?, ?, ?, '{}')"
        " ON CONFLICT (team_id, record_id) DO UPDATE SET base = coalesce(base, shown), shown = excluded.shown",
        [*key, change.kind, change.person_id, shown],
    )
    if change.resolves:
        sql = "SELECT base, origins FROM record WHERE team_id = ? AND record_id = ?"
        waiting = change_log.pending_of_record(db, *key)
        conflicts = count_conflicts(field_states(*db.execute(sql, key).fetchone()), waiting)
        db.execute("UPDATE record SET conflicts = ? WHERE team_id = ? AND record_id = ?", [conflicts, *key])
    for name in change.fields:
        _delete_draft(db, change.team_id, change.record_id, name)
    return kept


def _delete_draft(db: Database, team_id: str, record_id: str, name: str) -> None:
    db.execute("DELETE FROM draft WHERE team_id = ? AND record_id = ? AND name = ?", [team_id, record_id, name])
