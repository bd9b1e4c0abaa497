"""Overdue reviews, by law and by the plan's own date, for the caseload and the person's overview."""

from collections.abc import Mapping
from datetime import date

from phb_tui.domain.calendar import dates, timestamps
from phb_tui.domain.people import person_facts
from phb_tui.domain.plan import review_dates
from phb_tui.domain.plan.review_dates import KINDS, Review
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_
from phb_tui.services.records import editing
from phb_tui.services.session import Session

__all__ = ["KINDS", "Review", "due_date", "overdue"]


def overdue(session: Session, person: Record, held: Mapping[str, Record]) -> list[Review]:
    """The reviews that are due by today, the earliest first; none for a person who has died.

    Args:
        session: The session.
        person: Whose they are.
        held: Their records of the kinds in `KINDS`, by kind; kinds without a record may be missing.
    """
    if person_facts.has_died(person):
        return []
    found = {kind: Record(person.team_id, kind, "", person.person_id, {}) for kind in KINDS}
    found |= {kind: record for kind, record in held.items() if record.text("removed") != "yes"}
    asked = review_dates.by_law(found["care_plan"], found["setup"], found["eligibility"], session.today)
    agreed = due_date(session, found["care_plan"], "review_date")
    if agreed:
        asked.append(Review(N_("the date in the plan"), agreed))
    return sorted((review for review in asked if review.due <= session.today), key=lambda review: review.due)


def due_date(session: Session, record: Record, name: str) -> date | None:
    """The day on which something is due for review; None without a date or interval.

    An interval counts from the last review, before there was one from the day it was written. A review in the future
    has not happened.
    """
    kept = record.text(name)
    if not kept or dates.is_date(kept):
        return dates.first_day(kept)
    last = record.text("reviewed_on")
    reviewed = dates.first_day(last) if dates.is_due(last, session.today) else None
    written = next((version.at for version in editing.history(session, record, name)), "")
    begun = timestamps.local(written)
    return dates.review_due_date(kept, reviewed or (begun.date() if begun else session.today))
