"""Start of a visit: its record is created with the first record saved in it, never by opening a screen."""

from collections.abc import Iterator
from datetime import date, datetime

from phb_tui.domain.calendar import timestamps
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, Record, Value, write
from phb_tui.i18n import _
from phb_tui.services.records.reading import read
from phb_tui.services.session import Session

UNDER = "visit_id"
"""Name of the field with the id of a record's visit."""


def visit_on(session: Session, person_id: str, day: date) -> Record:
    """The visit to a person on a day, stored or new.

    If it was entered in error, or moved to another day, another visit of that day is returned.
    """
    number = 1
    while True:
        visit = read(session, "visit", record_ids.visit_id(person_id, day.isoformat(), number), person_id)
        if visit.text("removed") != "yes" and visit.text("date") in {"", day.isoformat()}:
            return visit
        number += 1


def edits(session: Session, visit: Record, day: date) -> list[tuple[Record, dict[str, Value]]]:
    """The edits that start a visit: its day and place if it is new, and the nurse as present."""
    person_id = visit.person_id
    visit = read(session, "visit", visit.record_id, person_id)
    mine = read(session, "attendee", record_ids.attendee_id(visit.record_id, session.nurse.id), person_id)
    made: list[tuple[Record, dict[str, Value]]] = []
    if not visit.text("date"):
        made.append((visit, {"date": day.isoformat(), "place": _("At home")}))
    if not mine.fields:
        values: dict[str, Value] = {
            UNDER: visit.record_id,
            "name": session.nurse.name,
            "role": session.nurse.role,
            "speaks_for": "nhs",
            "arrived": timestamps.clock(session.now().astimezone()),
        }
        made.append((mine, values))
    return made


def changes_to_start(session: Session, made: list[Change]) -> Iterator[Change]:
    """Further changes to save with the first changes of a visit on its day."""
    done: set[str] = {change.record_id for change in made}
    for change in made:
        visit_id = change.fields.get(UNDER)
        if not isinstance(visit_id, str) or not change.person_id:
            continue
        # What a crash left is kept on another day than it was typed.
        for day in {session.today: None, _day_of(change, session.today): None}:
            visit = visit_on(session, change.person_id, day)
            if visit.record_id != visit_id:
                continue
            for record, values in edits(session, visit, day):
                begun = write(record, values, session.authorship())
                if begun and record.record_id not in done:
                    done.add(record.record_id)
                    yield begun


def _day_of(change: Change, today: date) -> date:
    try:
        return datetime.fromisoformat(change.at).astimezone().date()
    except ValueError:
        return today
