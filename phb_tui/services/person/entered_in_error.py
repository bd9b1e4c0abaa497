"""Records that were removed, or entered in error with a reason: hidden from lists, and restored from one list."""

from collections.abc import Collection
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
        why: The reason that was given; "" for a record that was only removed.
        who: Who marked it.
        at: When, ISO 8601.
    """

    record: Record
    what: str
    why: str
    who: str
    at: str


def can_be(record: Record) -> bool:
    """Whether a record can be marked, or restored: it was saved, and it is a person or of a kind that people add to.

    What the program makes, such as a payment or a kept version, stays: central takes no removal of it, and a payment
    would go on to count.
    """
    if not record.fields or not forms.known(record.kind):
        return False
    made = forms.form(record.kind)
    return record.kind in NO_LIST or bool(made.many and made.add) or record_lists.is_in_error(record)


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


def removed(session: Session, person_id: str, kinds: Collection[str] = ()) -> list[Mistake]:
    """Records about a person that were removed from their list or entered in error, oldest first.

    Args:
        session: The session.
        person_id: The person.
        kinds: Only records of these kinds; none for every kind.
    """
    found = records.all_of_person(session.store.db, session.team_id, person_id)
    wanted = (record for record in found if not kinds or record.kind in kinds)
    return [mistake(session, record) for record in wanted if record_lists.is_in_error(record) or _was_removed(record)]


def _was_removed(record: Record) -> bool:
    """Whether somebody took a record off its list; what the program takes away itself is of kinds nobody adds to."""
    return not record_lists.is_listed(record) and forms.known(record.kind) and bool(forms.form(record.kind).add)


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
