"""What was entered in error: marked with a reason, off every list, and put back if that was the mistake."""

from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import REMOVED, YES, Record
from phb_tui.services.records import editing, record_lists, roster
from phb_tui.services.session import Session
from phb_tui.store import records

REASON = "error_reason"
"""The field that says why; it stands beside `removed`, so that an older phb-tui takes the record off its lists too."""
NO_LIST = {"person", "visit"}
"""Kinds of record that can be entered in error, though no list of a form holds them."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was entered in error.

    Attributes:
        record: The record.
        what: What it is, in a line.
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
    """Whether a record can be entered in error: it was begun, and it is a person or there may be several of it."""
    if not record.fields or not forms.known(record.kind):
        return False
    return record.kind in NO_LIST or bool(forms.form(record.kind).many)


def is_in_error(record: Record) -> bool:
    """Whether a record is marked as entered in error; one that was only taken off its list is not."""
    return record.text(REMOVED) == YES and bool(record.text(REASON))


def mark(session: Session, record: Record, why: str) -> Record:
    """Mark a record as entered in error. Nothing of it is lost: it stays in the history and can be put back.

    Raises:
        NotSaved: The disk refuses; nothing changed.
    """
    return editing.save(session, record, {REMOVED: YES, REASON: why})


def restore(session: Session, record: Record) -> Record:
    """Put a record back on its lists.

    Raises:
        NotSaved: The disk refuses; nothing changed.
    """
    return editing.save(session, record, {REMOVED: "", REASON: ""})


def about(session: Session, person_id: str) -> list[Mistake]:
    """What is marked as entered in error about one person, oldest first."""
    found = records.all_of_person(session.store.db, session.team_id, person_id)
    return [mistake(session, record) for record in found if is_in_error(record)]


def people_in_error(session: Session) -> list[Mistake]:
    """The people whose whole record is marked as entered in error."""
    return [mistake(session, record) for record in records.removed_people(session.store.db, session.team_id)]


def mistake(session: Session, record: Record) -> Mistake:
    """What a record is, why it was marked, by whom and when."""
    history = editing.history(session, record, REMOVED)
    author, at = next(((v.author, v.at) for v in history if v.value == YES), ("", ""))
    return Mistake(record, name_of(session, record), record.text(REASON), roster.who(roster.names(session), author), at)


def name_of(session: Session, record: Record) -> str:
    """A record in one line: a person by name, date of birth and number, anything else by what it is."""
    if record.kind == "person":
        return person_facts.identity(record)
    if not forms.known(record.kind):
        return record_lists.title(session, record)
    if record.kind == "visit":
        words = [forms.show("visit", "date", record.fields.get("date")), record.text("place")]
        return " - ".join([forms.form("visit").title, *filter(None, words)])
    return f"{forms.form(record.kind).title}: {record_lists.title(session, record)}"
