"""Overdue reviews, by law and by the plan's own date, for the caseload and the person's overview."""

from collections.abc import Mapping
from datetime import date

from phb_tui.content import forms
from phb_tui.domain.calendar import dates, timestamps
from phb_tui.domain.people import person_facts
from phb_tui.domain.plan import review_dates
from phb_tui.domain.plan.review_dates import KINDS, Review
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_
from phb_tui.services.records import editing
from phb_tui.services.session import Session

__all__ = ["KINDS", "Review", "due_by", "due_date", "overdue"]

REVIEWED = "reviewed_on"
LOOKED_AT = ("updated", "competent_on", "agreed_on", "date")
"""Fields that say when a record was last looked at, in kinds without a field for its last review."""


def overdue(session: Session, person: Record, held: Mapping[str, Record]) -> list[Review]:
    """The reviews that are due by today, the earliest first; none for a person who has died.

    Args:
        session: The session.
        person: Whose they are.
        held: Their records of the kinds in `KINDS`, by kind; kinds without a record may be missing.
    """
    return due_by(session, person, held, session.today)


def due_by(session: Session, person: Record, held: Mapping[str, Record], day: date) -> list[Review]:
    """The reviews that are due by a day, as `overdue` has them."""
    if person_facts.has_died(person):
        return []
    found = {kind: Record(person.team_id, kind, "", person.person_id, {}) for kind in KINDS}
    found |= {kind: record for kind, record in held.items() if record.text("removed") != "yes"}
    asked = review_dates.by_law(found["care_plan"], found["setup"], found["eligibility"], session.today)
    agreed = due_date(session, found["care_plan"], "review_date")
    if agreed:
        asked.append(Review(N_("the date in the plan"), agreed))
    return sorted((review for review in asked if review.due <= day), key=lambda review: review.due)


def due_date(session: Session, record: Record, name: str) -> date | None:
    """The day on which something is due for review; None without a date or interval.

    An interval counts from the last review, before there was one from the day it was written. A review in the future
    has not happened.
    """
    kept = record.text(name)
    if not kept or dates.is_date(kept):
        return dates.first_day(kept)
    reviewed = _last_reviewed(session, record)
    written = next((version.at for version in editing.history(session, record, name)), "")
    begun = timestamps.local(written)
    return dates.review_due_date(kept, reviewed or (begun.date() if begun else session.today))


def _last_reviewed(session: Session, record: Record) -> date | None:
    """The day on which a record was last looked at; None when it does not say, or only days in the future."""
    names = (REVIEWED,) if forms.field(record.kind, REVIEWED) else LOOKED_AT
    kept = (record.text(name) for name in names if forms.is_date(record.kind, name))
    days = (dates.first_day(words) for words in kept if dates.is_due(words, session.today))
    return max((day for day in days if day is not None), default=None)
