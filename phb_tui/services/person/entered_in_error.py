"""Records entered in error: marked with a reason, hidden from lists, and restored when that was a mistake."""

from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import REMOVED, YES, Record
from phb_tui.services.records import editing, record_lists, roster
from phb_tui.services.session import Session
from phb_tui.store import records

REASON = "error_reason"
"""The field with the reason. It is set beside `removed`, so that older versions hide the record too."""
NO_LIST = {"person", "visit"}
"""Kinds that can be entered in error although no form lists them."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A record that was entered in error.

    Attributes:
        record: The record.
        what: The record's summary line.
        why: The reason that was given.
        who: Who marked it.
        at: When, ISO 8601.
    """

    record: Record
    what: str
    why: str
    who: str
    at: str


def can_be(record: Record) -> bool:
    """Whether a record can be marked: it was saved, and it is a person or of a kind with several records."""
    if not record.fields or not forms.known(record.kind):
        return False
    return record.kind in NO_LIST or bool(forms.form(record.kind).many)


def mark(session: Session, record: Record, why: str) -> Record:
    """Mark a record as entered in error; it stays in the history and can be restored.

    Raises:
        NotSaved: The disk refuses; nothing changed.
    """
    return editing.save(session, record, {REMOVED: YES, REASON: why})


def restore(session: Session, record: Record) -> Record:
    """Restore a record that was marked as entered in error.

    Raises:
        NotSaved: The disk refuses; nothing changed.
    """
    return editing.save(session, record, {REMOVED: "", REASON: ""})


def of_person(session: Session, person_id: str) -> list[Mistake]:
    """Records about a person that are marked as entered in error, oldest first."""
    found = records.all_of_person(session.store.db, session.team_id, person_id)
    return [mistake(session, record) for record in found if record_lists.is_in_error(record)]


def people_in_error(session: Session) -> list[Mistake]:
    """The people whose whole record is marked as entered in error."""
    return [mistake(session, record) for record in records.removed_people(session.store.db, session.team_id)]


def mistake(session: Session, record: Record) -> Mistake:
    """The summary, reason, author and time of a record that is marked."""
    history = editing.history(session, record, REMOVED)
    author, at = next(((v.author, v.at) for v in history if v.value == YES), ("", ""))
    return Mistake(
        record, name_of(session, record), record.text(REASON), roster.name_of(roster.names(session), author), at
    )


def name_of(session: Session, record: Record) -> str:
    """A record's summary line; for a person name, date of birth and NHS number."""
    if record.kind == "person":
        return person_facts.identity(record)
    if not forms.known(record.kind):
        return record_lists.title(session, record)
    if record.kind == "visit":
        words = [forms.show("visit", "date", record.fields.get("date")), record.text("place")]
        return " - ".join([forms.form("visit").title, *filter(None, words)])
    return f"{forms.form(record.kind).title}: {record_lists.title(session, record)}"
