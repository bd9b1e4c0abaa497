"""Conflicts: two people edited the same field without seeing each other's value; a person resolves it."""

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
"""Maximum letters of a record's summary line that name it in a sentence."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with two or more concurrent values.

    Attributes:
        record: The record as it is shown.
        name: The field.
        first: The author (staff id) and time of the current value.
        sides: The other values.
        earlier: The value before any of them was written; None when it was empty.
    """

    record: Record
    name: str
    first: tuple[str, str]
    sides: tuple[ConflictingValue, ...]
    earlier: FieldVersion | None

    @property
    def low_risk(self) -> bool:
        """Whether the conflict may stay open while the plan is agreed.

        The field is neither clinical nor about money.
        """
        return forms.is_everyday(self.record.kind, self.name)

    @property
    def ids(self) -> list[str]:
        """An id for each value, the current one first; a later value gets another id."""
        author, at = self.first
        return [f"{at}:{author}", *(side.id for side in self.sides)]


def for_staff(conflict: Conflict) -> bool:
    """Whether only staff may read the field."""
    field = forms.field(conflict.record.kind, conflict.name)
    return record_lists.for_staff(conflict.record) or (field is not None and field.staff_only)


def conflicts(session: Session, person_id: str | None = None) -> list[Conflict]:
    """All open conflicts, of one person or of everybody; low-risk ones last."""
    found = records.in_conflict(session.store.db, session.team_id)
    return _conflicts_in(session, (record for record in found if person_id in {None, record.person_id}))


def blocking(session: Session, person_id: str) -> list[Conflict]:
    """Conflicts to resolve before a person's plan can be agreed."""
    return [conflict for conflict in conflicts(session, person_id) if not conflict.low_risk]


def low_risk(session: Session, person_id: str | None = None) -> list[Conflict]:
    """Open low-risk conflicts, of one person or of everybody."""
    return [conflict for conflict in conflicts(session, person_id) if conflict.low_risk]


def on_paper(session: Session, person_id: str) -> list[Conflict]:
    """Open conflicts in everything that a person's documents print: their records and the team's.

    Among them are those that central will find when what waits here is sent: a paper shows both versions before.
    """
    db, team_id = session.store.db, session.team_id
    found = {one.record_id: one for one in records.in_conflict(db, team_id) if one.person_id in {person_id, None}}
    found |= {one.record_id: one for one in records.about_to_conflict(db, team_id, person_id)}
    return _conflicts_in(session, found.values())


def subject(session: Session, conflict: Conflict) -> str:
    """The label of the field and, where a person has several records of its kind, the record's line."""
    record = conflict.record
    label = _("Keep or remove?") if conflict.name == REMOVED else forms.label(record.kind, conflict.name)
    if not forms.known(record.kind) or not forms.form(record.kind).line:
        return label
    line = record_lists.title(session, record)
    return f"{label} ({line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 4].rstrip() + ' ...'})"


def edits_of(session: Session, conflict: Conflict, author: str) -> list[tuple[str, str]]:
    """What somebody edited in a record that somebody else removed: label and value of each field."""
    record, (_author, since) = conflict.record, conflict.first
    found = []
    for name, value in record.fields.items():
        if name == conflict.name or name.endswith(forms.BELONGS):
            continue
        history = editing.history(session, record, name)
        if any(was.author == author and was.at >= since and was.value == value for was in history):
            found.append((forms.label(record.kind, name), record_lists.in_words(session, record.kind, name, value)))
    return found


def count(session: Session) -> int:
    """Number of records with an open conflict."""
    return records.count_in_conflict(session.store.db, session.team_id)


def count_quarantined(session: Session) -> int:
    """Number of quarantined changes that nobody has handled."""
    return change_log.count_quarantined(session.store.db, session.team_id)


def resolve(session: Session, conflict: Conflict, value: Value) -> None:
    """Resolve a conflict with one of its values or a new one; all values stay in the history.

    Raises:
        NotSaved: The disk refuses; the conflict stays open.
    """
    made = _decision(session, conflict, value)
    editing.save_changes(session, [made] if made else [])


def accept_current(session: Session, shown: list[Conflict]) -> None:
    """Resolve low-risk conflicts, as shown, with their current values; each is a decision of its own.

    Values received since they were shown stay in conflict. Conflicts that are not low-risk are left open.

    Raises:
        NotSaved: The disk refuses; all of them stay open.
    """
    made = (_decision(session, found, found.record.fields.get(found.name)) for found in shown if found.low_risk)
    editing.save_changes(session, [change for change in made if change])


def _decision(session: Session, conflict: Conflict, value: Value) -> Change | None:
    sides = tuple(side.id for side in conflict.sides)
    return write(conflict.record, {conflict.name: value}, session.authorship(), sides)


def _conflicts_in(session: Session, found: Iterable[Record]) -> list[Conflict]:
    """All open conflicts of some records; low-risk ones last."""
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
