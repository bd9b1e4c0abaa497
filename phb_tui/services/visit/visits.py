"""Visits: started once however many colleagues come, who is there, how one was closed."""

from dataclasses import replace

from phb_tui.content.forms import FINISHED
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.person import banner
from phb_tui.services.person.banner import Alert
from phb_tui.services.records import editing, record_lists, visit_start
from phb_tui.services.session import Session

KNOWN = {"contact": "relationship", "professional": "role"}
"""Kinds of people who may be at a visit, and what says who they are."""


def visits(session: Session, person_id: str) -> list[Record]:
    """Every visit to a person, newest first."""
    found = record_lists.of(session, "visit", person_id)
    return sorted(found, key=lambda visit: (visit.text("date"), visit.record_id), reverse=True)


def todays(session: Session, person_id: str) -> Record | None:
    """The visit of today, if it has been started."""
    today = session.today.isoformat()
    return next((visit for visit in visits(session, person_id) if visit.text("date") == today), None)


def at_hand(session: Session, person_id: str) -> Record:
    """Today's visit to look at and to talk in; one that nobody started begins with the first words kept in it."""
    if found := todays(session, person_id):
        return found
    return replace(visit_start.visit_on(session, person_id, session.today), fields={"date": session.today.isoformat()})


def again(session: Session, visit: Record) -> Record:
    """A visit as it is now; as it was given, while nothing of it is kept."""
    found = editing.read(session, "visit", visit.record_id, visit.person_id)
    return found if found.fields else visit


def start(session: Session, person_id: str) -> Record:
    """Start today's visit, unless it has been started; who is at the keyboard is there.

    Raises:
        NotSaved: The disk refuses.
    """
    visit = at_hand(session, person_id)
    editing.save_all(session, list(visit_start.edits(session, visit, session.today)))
    return again(session, visit)


def open_now(session: Session, person_id: str) -> Record | None:
    """Today's visit while it is open: somebody started it and nobody has closed it."""
    visit = todays(session, person_id)
    return None if visit is None or is_closed(session, visit) else visit


def unread_alerts(session: Session, person: Record) -> tuple[Alert, ...]:
    """The alerts that who is at the keyboard has not said to have read for today's visit."""
    visit = todays(session, person.record_id)
    mine = _read_by(session, visit).text("alerts").split() if visit else []
    return tuple(alert for alert in banner.of(session, person).all_alerts if alert.id not in mine)


def read_alerts(session: Session, person: Record) -> Record:
    """Start today's visit and keep with it who read which alerts, and when.

    Raises:
        NotSaved: The disk refuses.
    """
    visit = start(session, person.record_id)
    read = _read_by(session, visit)
    before = read.text("alerts").split()
    ids_read = [*before, *(a.id for a in banner.of(session, person).all_alerts if a.id not in before)]
    now = session.now().astimezone()
    values: dict[str, Value] = {
        **record_lists.under(visit, "alerts_read"),
        "who": session.nurse.name,
        "date": now.date().isoformat(),
        "time": f"{now:%H:%M}",
        "alerts": "\n".join(ids_read),
    }
    return editing.save(session, read, values)


def alerts_read(session: Session, visit: Record) -> list[Record]:
    """Who read which alerts at the start of a visit."""
    return record_lists.of(session, "alerts_read", visit.person_id or "", visit)


def _read_by(session: Session, visit: Record) -> Record:
    record_id = record_ids.alerts_read_id(visit.record_id, session.nurse.id)
    return editing.read(session, "alerts_read", record_id, visit.person_id)


def there(session: Session, visit: Record) -> list[Record]:
    """Who is at a visit."""
    return record_lists.of(session, "attendee", visit.person_id or "", visit)


def known(session: Session, visit: Record) -> list[Record]:
    """Family, friends and professionals who are not down as being at a visit, so that no name is typed twice."""
    names = {attendee.text("name") for attendee in there(session, visit)}
    found = record_lists.of_kinds(session, KNOWN, visit.person_id or "")
    return [record for record in found if record.text("name").strip() and record.text("name") not in names]


def is_there(session: Session, visit: Record, known_one: Record) -> Record:
    """Note that somebody known is at a visit; for whom they speak is asked and never inferred.

    Raises:
        NotSaved: The disk refuses.
    """
    role = record_lists.display(session, known_one, KNOWN[known_one.kind])
    attendee_id = record_ids.attendee_id(visit.record_id, known_one.record_id)
    attendee = editing.read(session, "attendee", attendee_id, visit.person_id)
    values: dict[str, Value] = {**record_lists.under(visit, "attendee"), "name": known_one.text("name"), "role": role}
    return editing.save(session, attendee, {**values, "removed": ""})


def is_closed(session: Session, visit: Record) -> bool:
    """Whether somebody has said that a visit is closed; filling in how it went does not yet say so.

    Older versions never said it: there, a visit of before today is closed by anything that was filled in.
    """
    how = closing(session, visit)
    return bool(how.text(FINISHED)) or (bool(how.fields) and visit.text("date") < session.today.isoformat())


def closing(session: Session, visit: Record) -> Record:
    """How a visit was closed; without fields until something is filled in."""
    return editing.read(session, "closing", record_ids.closing_id(visit.record_id), visit.person_id)
