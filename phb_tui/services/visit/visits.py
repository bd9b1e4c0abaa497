"""Visits: start (one a day, shared by colleagues), who is present, alerts read, closing."""

from dataclasses import replace

from phb_tui.content.forms import FINISHED
from phb_tui.domain.calendar import timestamps
from phb_tui.domain.people import person_facts
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.i18n import _
from phb_tui.services.person import banner
from phb_tui.services.person.banner import Alert
from phb_tui.services.records import editing, record_lists, visit_start
from phb_tui.services.session import Session

KNOWN = {"contact": "relationship", "professional": "role"}
"""Kinds of people who can be present at a visit, and the field with their role."""


def visits(session: Session, person_id: str) -> list[Record]:
    """Every visit to a person, newest first."""
    found = record_lists.of(session, "visit", person_id)
    return sorted(found, key=lambda visit: (visit.text("date"), visit.record_id), reverse=True)


def todays(session: Session, person_id: str) -> Record | None:
    """Today's visit if it has been started."""
    today = session.today.isoformat()
    return next((visit for visit in visits(session, person_id) if visit.text("date") == today), None)


def todays_or_new(session: Session, person_id: str) -> Record:
    """Today's visit, started or new; a new one is stored with the first record saved in it."""
    if found := todays(session, person_id):
        return found
    return replace(visit_start.visit_on(session, person_id, session.today), fields={"date": session.today.isoformat()})


def refreshed(session: Session, visit: Record) -> Record:
    """Read a visit again; returned unchanged while it is not stored."""
    found = editing.read(session, "visit", visit.record_id, visit.person_id)
    return found if found.fields else visit


def start(session: Session, person_id: str) -> Record:
    """Start today's visit, unless it has been started, with the nurse as present.

    Raises:
        NotSaved: The disk refuses.
    """
    visit = todays_or_new(session, person_id)
    editing.save_all(session, list(visit_start.edits(session, visit, session.today)))
    return refreshed(session, visit)


def open_now(session: Session, person_id: str) -> Record | None:
    """Today's visit if it was started and not closed."""
    visit = todays(session, person_id)
    return None if visit is None or is_closed(session, visit) else visit


def unread_alerts(session: Session, person: Record) -> tuple[Alert, ...]:
    """Alerts that the nurse has not confirmed as read for today's visit."""
    visit = todays(session, person.record_id)
    mine = _alerts_read_record(session, visit).text("alerts").split() if visit else []
    return tuple(alert for alert in banner.of(session, person).all_alerts if alert.id not in mine)


def read_alerts(session: Session, person: Record) -> Record:
    """Start today's visit and save who read which alerts, and when.

    Raises:
        NotSaved: The disk refuses.
    """
    visit = start(session, person.record_id)
    read = _alerts_read_record(session, visit)
    before = read.text("alerts").split()
    ids_read = [*before, *(a.id for a in banner.of(session, person).all_alerts if a.id not in before)]
    now = session.now().astimezone()
    values: dict[str, Value] = {
        **record_lists.parent_link(visit, "alerts_read"),
        "who": session.nurse.name,
        "date": now.date().isoformat(),
        "time": timestamps.clock(now),
        "alerts": "\n".join(ids_read),
    }
    return editing.save(session, read, values)


def alerts_read(session: Session, visit: Record) -> list[Record]:
    """Records of who read which alerts at the start of a visit."""
    return record_lists.of(session, "alerts_read", visit.person_id or "", visit)


def _alerts_read_record(session: Session, visit: Record) -> Record:
    record_id = record_ids.alerts_read_id(visit.record_id, session.nurse.id)
    return editing.read(session, "alerts_read", record_id, visit.person_id)


def attendees(session: Session, visit: Record) -> list[Record]:
    """Records of who is present at a visit: the person first, then the others by name."""
    themselves = record_ids.attendee_id(visit.record_id, visit.person_id or "")
    return sorted(
        record_lists.of(session, "attendee", visit.person_id or "", visit),
        key=lambda record: (record.record_id != themselves, record.text("name").casefold(), record.record_id),
    )


def people_to_add(session: Session, visit: Record) -> list[Record]:
    """The person and known family, friends and professionals not yet listed as present; no name is typed twice."""
    names = {attendee.text("name") for attendee in attendees(session, visit)}
    person = editing.read(session, "person", visit.person_id or "", visit.person_id)
    found = [person, *record_lists.of_kinds(session, KNOWN, visit.person_id or "")]
    return [record for record in found if (name := name_of(record).strip()) and name not in names]


def name_of(known_one: Record) -> str:
    """The name of somebody who can be present; "" when it is not known."""
    if known_one.kind != "person":
        return known_one.text("name")
    return person_facts.full_name(known_one) if known_one.text("given_name") or known_one.text("family_name") else ""


def mark_present(session: Session, visit: Record, known_one: Record) -> Record:
    """Record that a known person is present; for whom they speak is asked, never inferred.

    Raises:
        NotSaved: The disk refuses.
    """
    is_person = known_one.kind == "person"
    role = _("The person") if is_person else record_lists.display(session, known_one, KNOWN[known_one.kind])
    attendee_id = record_ids.attendee_id(visit.record_id, known_one.record_id)
    attendee = editing.read(session, "attendee", attendee_id, visit.person_id)
    values: dict[str, Value] = {
        **record_lists.parent_link(visit, "attendee"),
        "name": name_of(known_one),
        "role": role,
    }
    return editing.save(session, attendee, {**values, "removed": ""})


def is_closed(session: Session, visit: Record) -> bool:
    """Return whether a visit was explicitly closed; filling in the closing form alone does not close it.

    Older versions never said it: there, a visit of before today is closed by anything that was filled in.
    """
    record = closing(session, visit)
    return bool(record.text(FINISHED)) or (bool(record.fields) and visit.text("date") < session.today.isoformat())


def closing(session: Session, visit: Record) -> Record:
    """The closing record of a visit; empty until saved."""
    return editing.read(session, "closing", record_ids.closing_id(visit.record_id), visit.person_id)
