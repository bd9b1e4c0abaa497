"""Conflicts: two people wrote in the same field without seeing each other's words; a person decides."""

from dataclasses import dataclass

from phb_tui.domain.changes import Record, Side, Value, write
from phb_tui.services import writing
from phb_tui.services.session import Session
from phb_tui.store import change_log, records
from phb_tui.store.change_log import Version


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field with two or more values.

    Attributes:
        record: The record as it is shown.
        name: The field.
        first: Who wrote the value in front, by staff id, and when.
        sides: The other values.
        earlier: What stood there before any of them was written; None when nothing did.
    """

    record: Record
    name: str
    first: tuple[str, str]
    sides: tuple[Side, ...]
    earlier: Version | None


def conflicts(session: Session, person_id: str | None = None) -> list[Conflict]:
    """Every open conflict, of one person or of all."""
    found = []
    for record in records.in_conflict(session.store.db, session.team_id):
        if person_id in {None, record.person_id}:
            found += [_conflict(session, record, name) for name in sorted(record.open)]
    return found


def how_many(session: Session) -> int:
    """How many records have an open conflict."""
    return records.how_many_in_conflict(session.store.db, session.team_id)


def how_many_aside(session: Session) -> int:
    """How many changes central kept aside that nobody has seen to."""
    return change_log.how_many_refused(session.store.db, session.team_id)


def decide(session: Session, conflict: Conflict, value: Value) -> None:
    """Settle a conflict by one of its values or a new one; all of them stay in the field's history.

    Raises:
        NotSaved: The disk refuses; the conflict stays open.
    """
    sides = tuple(side.id for side in conflict.sides)
    change = write(conflict.record, {conflict.name: value}, session.stamp(), sides)
    writing.keep_changes(session, [change] if change else [])


def _conflict(session: Session, record: Record, name: str) -> Conflict:
    shown = record.fields.get(name)
    history = change_log.history(session.store.db, record.team_id, record.record_id, name)
    author, at = next(((v.author, v.at) for v in history if v.value == shown), ("", ""))
    sides = record.open[name]
    theirs = {shown, *(side.value for side in sides)}
    begun = min([at, *(side.at for side in sides)])
    earlier = next((v for v in history if v.at <= begun and v.value not in {*theirs, None, ""}), None)
    return Conflict(record, name, (author, at), sides, earlier)
