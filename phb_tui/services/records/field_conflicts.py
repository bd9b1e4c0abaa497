"""Conflicts: two people wrote in the same field without seeing each other's words; a person decides."""

from collections.abc import Iterable
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.records.changes import REMOVED, Change, ConflictingValue, Record, Value, write
from phb_tui.i18n import _
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log, records
from phb_tui.store.change_log import FieldVersion

LONGEST_LINE = 40
"""How many letters of a record's line name it."""


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
    sides: tuple[ConflictingValue, ...]
    earlier: FieldVersion | None

    @property
    def low_risk(self) -> bool:
        """Whether it may wait while the plan is agreed: nothing clinical and no money can stand in the field."""
        return forms.is_everyday(self.record.kind, self.name)

    @property
    def ids(self) -> list[str]:
        """A name for each value, the one in front first; a value that somebody writes later has another."""
        author, at = self.first
        return [f"{at}:{author}", *(side.id for side in self.sides)]


def for_staff(conflict: Conflict) -> bool:
    """Whether only staff may read what it is about."""
    field = forms.field(conflict.record.kind, conflict.name)
    return record_lists.for_staff(conflict.record) or (field is not None and field.staff_only)


def conflicts(session: Session, person_id: str | None = None) -> list[Conflict]:
    """Every open conflict, of one person or of all; those in everyday fields last."""
    found = records.in_conflict(session.store.db, session.team_id)
    return _of(session, (record for record in found if person_id in {None, record.person_id}))


def blocking(session: Session, person_id: str) -> list[Conflict]:
    """What has to be decided about a person before the plan can be agreed."""
    return [conflict for conflict in conflicts(session, person_id) if not conflict.low_risk]


def low_risk(session: Session, person_id: str | None = None) -> list[Conflict]:
    """What is open in everyday fields, of one person or of all."""
    return [conflict for conflict in conflicts(session, person_id) if conflict.low_risk]


def on_paper(session: Session, person_id: str) -> list[Conflict]:
    """What is open in everything that a person's papers are made of: what is theirs, and what the team shares."""
    found = records.in_conflict(session.store.db, session.team_id)
    return _of(session, (record for record in found if record.person_id in {person_id, None}))


def what(session: Session, conflict: Conflict) -> str:
    """Which field it is, and of which record where a person has several."""
    record = conflict.record
    label = _("Does it stay on the list?") if conflict.name == REMOVED else forms.label(record.kind, conflict.name)
    if not forms.known(record.kind) or not forms.form(record.kind).line:
        return label
    line = record_lists.title(session, record)
    return f"{label} ({line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 4].rstrip() + ' ...'})"


def written(session: Session, conflict: Conflict, author: str) -> list[tuple[str, str]]:
    """What somebody wrote in a record that somebody else took off its list: each field by name, in words."""
    record, (_author, since) = conflict.record, conflict.first
    found = []
    for name, value in record.fields.items():
        if name == conflict.name or name.endswith(forms.BELONGS):
            continue
        history = editing.history(session, record, name)
        if any(was.author == author and was.at >= since and was.value == value for was in history):
            found.append((forms.label(record.kind, name), record_lists.in_words(session, record.kind, name, value)))
    return found


def how_many(session: Session) -> int:
    """How many records have an open conflict."""
    return records.how_many_in_conflict(session.store.db, session.team_id)


def how_many_aside(session: Session) -> int:
    """How many changes central kept aside that nobody has seen to."""
    return change_log.how_many_refused(session.store.db, session.team_id)


def resolve(session: Session, conflict: Conflict, value: Value) -> None:
    """Settle a conflict by one of its values or a new one; all of them stay in the field's history.

    Raises:
        NotSaved: The disk refuses; the conflict stays open.
    """
    made = _decision(session, conflict, value)
    editing.save_changes(session, [made] if made else [])


def accept_current(session: Session, shown: list[Conflict]) -> None:
    """Settle everyday conflicts by the value in front, as they were shown; each is a decision of its own.

    What came in since they were shown is not settled by it. Others than everyday ones stay as they are.

    Raises:
        NotSaved: The disk refuses; all of them stay open.
    """
    made = (_decision(session, found, found.record.fields.get(found.name)) for found in shown if found.low_risk)
    editing.save_changes(session, [change for change in made if change])


def _decision(session: Session, conflict: Conflict, value: Value) -> Change | None:
    sides = tuple(side.id for side in conflict.sides)
    return write(conflict.record, {conflict.name: value}, session.authorship(), sides)


def _of(session: Session, found: Iterable[Record]) -> list[Conflict]:
    """Every open conflict of these records; those in everyday fields last."""
    made = [_conflict(session, record, name) for record in found for name in sorted(record.open)]
    return sorted(made, key=lambda conflict: conflict.low_risk)


def _conflict(session: Session, record: Record, name: str) -> Conflict:
    shown = record.fields.get(name)
    history = change_log.history(session.store.db, record.team_id, record.record_id, name)
    author, at = next(((v.author, v.at) for v in history if v.value == shown), ("", ""))
    sides = record.open[name]
    theirs = {shown, *(side.value for side in sides)}
    begun = min([at, *(side.at for side in sides)])
    earlier = next((v for v in history if v.at <= begun and v.value not in {*theirs, None, ""}), None)
    return Conflict(record, name, (author, at), sides, earlier)
