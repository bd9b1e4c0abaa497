"""The only two ways a record's row changes: a change made here, and central's word.

Both write the row and its log entry in one transaction, so neither can exist without the other.
"""

import json
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from phb_tui.domain.changes import Change, FieldState, RecordState, Seen, Side, Value, canonical
from phb_tui.domain.merge import decided, on_top
from phb_tui.domain.states import field_states, held_json
from phb_tui.store import change_log
from phb_tui.store.database import transaction


def record(db: Database, changes: Iterable[Change]) -> list[Change]:
    """Keep changes made on this laptop, durably and together: row, log entry and the end of the field's draft.

    Args:
        db: The store.
        changes: As the rules returned them, in order.

    Returns:
        The same changes with their numbers and their places in the chain.

    Raises:
        NotSaved: The disk refuses; nothing was kept.
    """
    with transaction(db):
        return [_record_one(db, change) for change in changes]


def receive(db: Database, states: Iterable[RecordState], team_id: str) -> None:
    """Take records as central holds them. Call inside `transaction`.

    Waiting changes of this laptop stay on top of what screens show.
    """
    for state in states:
        waiting = change_log.waiting_for(db, team_id, state.record_id)
        shown, held = on_top(state.fields, waiting), decided(state.fields, waiting)
        _keep_history(db, state, _held(db, team_id, state.record_id))
        db.execute(
            "INSERT INTO record (team_id, record_id, kind, person_id, seq, shown, held, conflicts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team_id, record_id) DO UPDATE SET"
            " seq = excluded.seq, shown = excluded.shown, held = excluded.held, conflicts = excluded.conflicts",
            [
                team_id, state.record_id, state.kind, state.person_id, state.seq,
                canonical(shown), held_json(held), _conflicts(held),
            ],
        )  # fmt: skip


def keep_draft(db: Database, change: Change) -> None:
    """Keep what is being typed, durably; it is not history yet.

    Args:
        db: The store.
        change: What the record would be changed to if the field were left now.
    """
    with transaction(db):
        for name, value in change.fields.items():
            _keep_draft(db, change, name, value)


def drop_drafts(db: Database, team_id: str, record_id: str) -> None:
    """Forget a record's drafts, because what was typed was taken back to what is kept."""
    with transaction(db):
        db.execute("DELETE FROM draft WHERE team_id = ? AND record_id = ?", [team_id, record_id])


def drafts(db: Database, device_id: str) -> list[Change]:
    """What was being typed when the laptop stopped, as changes ready for `record`."""
    rows = db.query("SELECT * FROM draft ORDER BY at, record_id, name")
    return [
        Change(
            team_id=row["team_id"],
            device_id=device_id,
            kind=row["kind"],
            record_id=row["record_id"],
            person_id=row["person_id"],
            fields={row["name"]: json.loads(row["value"])},
            before={row["name"]: json.loads(row["before"])},
            seen=Seen(row["epoch"], row["seq"]),
            author=row["author"],
            at=row["at"],
        )
        for row in rows
    ]


def _keep_draft(db: Database, change: Change, name: str, value: Value) -> None:
    db.execute(
            "INSERT INTO draft (team_id, record_id, name, kind, person_id, value, before, epoch, seq, author, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (team_id, record_id, name)"
            " DO UPDATE SET value = excluded.value, at = excluded.at",
            [
                change.team_id, change.record_id, name, change.kind, change.person_id, canonical(value),
                canonical(change.before.get(name)), change.seen.epoch, change.seen.seq, change.author, change.at,
            ],
        )  # fmt: skip


def _record_one(db: Database, change: Change) -> Change:
    kept = change_log.append(db, change)
    shown = _shown(db, change.team_id, change.record_id)
    db.execute(
        "INSERT INTO record (team_id, record_id, kind, person_id, shown) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (team_id, record_id) DO UPDATE SET shown = excluded.shown",
        [change.team_id, change.record_id, change.kind, change.person_id, canonical({**shown, **change.fields})],
    )
    if change.resolves:
        held = decided(_held(db, change.team_id, change.record_id), [change])
        db.execute(
            "UPDATE record SET held = ?, conflicts = ? WHERE team_id = ? AND record_id = ?",
            [held_json(held), _conflicts(held), change.team_id, change.record_id],
        )
    for name in change.fields:
        _drop_draft(db, change.team_id, change.record_id, name)
    return kept


def _drop_draft(db: Database, team_id: str, record_id: str, name: str) -> None:
    db.execute("DELETE FROM draft WHERE team_id = ? AND record_id = ? AND name = ?", [team_id, record_id, name])


def _shown(db: Database, team_id: str, record_id: str) -> dict[str, Value]:
    row = db.execute("SELECT shown FROM record WHERE team_id = ? AND record_id = ?", [team_id, record_id]).fetchone()
    return json.loads(row[0]) if row else {}


def _held(db: Database, team_id: str, record_id: str) -> dict[str, FieldState]:
    row = db.execute("SELECT held FROM record WHERE team_id = ? AND record_id = ?", [team_id, record_id]).fetchone()
    return field_states(row[0]) if row else {}


def _conflicts(held: Mapping[str, FieldState]) -> int:
    return sum(1 for state in held.values() if state.sides)


def _keep_history(db: Database, state: RecordState, before: Mapping[str, FieldState]) -> None:
    """Add values this laptop has not had before to their fields' histories."""
    for name, held in state.fields.items():
        if before.get(name) == held:
            continue
        values: tuple[FieldState | Side, ...] = (held, *held.sides)
        for value in values:
            db.execute(
                "INSERT OR IGNORE INTO received (team_id, record_id, name, device_id, op_no, value, author, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    state.team_id, state.record_id, name, value.device_id, value.op_no,
                    canonical(value.value), value.author, value.at,
                ],
            )  # fmt: skip
