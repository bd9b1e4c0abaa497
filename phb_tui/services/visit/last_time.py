"""Last time: what the last visit and the agreed plan leave to go on from."""

from dataclasses import dataclass

from phb_tui.domain.records.changes import Record
from phb_tui.services.person import reminders
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was said and agreed last time.

    Attributes:
        visit: The last visit that is over; None before the first one.
        present: Who was there.
        closing: How it was closed; without fields when it was not.
        version: The newest agreed version of the plan; None before the first one.
        goals: Each goal of that version with its actions, as they were agreed.
        to_do: Actions and tasks that are not done, by date.
        to_talk_about: What somebody asked to talk about and nobody has yet.
    """

    visit: Record | None
    present: list[Record]
    closing: Record | None
    version: Record | None
    goals: list[tuple[Record, list[Record]]]
    to_do: list[Record]
    to_talk_about: list[Record]


def of_person(session: Session, person: Record) -> LastTime:
    """What was said and agreed with a person last time."""
    person_id = person.record_id
    visit = _last(session, person_id)
    version = next(iter(plan_versions.versions(session, person_id)), None)
    asked = record_lists.of(session, "agenda", person_id)
    return LastTime(
        visit=visit,
        present=visits.attendees(session, visit) if visit else [],
        closing=visits.closing(session, visit) if visit else None,
        version=version,
        goals=_goals(version, person),
        to_do=reminders.to_do(session, person_id),
        to_talk_about=[record for record in asked if not record_lists.has_ended(session, record)],
    )


def _last(session: Session, person_id: str) -> Record | None:
    """The newest visit that was closed or is of an earlier day; one of today that goes on is not last time."""
    today = session.today.isoformat()
    found = visits.visits(session, person_id)
    return next((v for v in found if v.text("date") < today or visits.is_closed(session, v)), None)


def _goals(version: Record | None, person: Record) -> list[tuple[Record, list[Record]]]:
    if version is None:
        return []
    agreed = plan_versions.snapshot(version, person)
    goals = agreed.get("goal", [])
    under = record_lists.by_parent(agreed.get("action", []), goals)
    return [(goal, under[goal.record_id]) for goal in goals]
