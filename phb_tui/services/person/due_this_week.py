"""What is due this week for all people of the caseload: reviews, tasks, checks of workers, payments, planned visits.

Decisions that wait for whoever uses this laptop are among it whenever they are promised, and those that came and that
the person was not told yet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.decision import standing, subjects, to_tell, waiting
from phb_tui.services.payments import due as due_payments
from phb_tui.services.person import overdue_reviews, reminders, worker_checks
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store.people import caseload as people_table

DAYS = 7
"""Length of a week in days, today the first of them."""
TO_DO = ("task", "action")
"""Kinds of record that are done by a day."""
PROMISED = "promised_by"
"""Name of a request's field with the day by which an answer is promised."""
BY_WHEN, REVIEWED = "by_when", "reviewed_on"
"""Names of the field with that day, and of the plan's field with the day of its last review."""


class Sort(StrEnum):
    """Sort of thing that is due."""

    REVIEW = "review"
    TASK = "task"
    CHECK = "check"
    PAYMENT = "payment"
    VISIT = "visit"
    DECISION = "decision"
    TELLING = "telling"


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that is due.

    Attributes:
        person_id: Whose it is.
        name: Their full name.
        sort: Which sort of thing it is.
        words: What is due, and for whom it is when somebody was named.
        day: The day; None for a date that nobody can read, which counts as late.
        record: Where it is written.
        field: The name of its field there with the date, or in which it is said to be done.
    """

    person_id: str
    name: str
    sort: Sort
    words: str
    day: date | None
    record: Record
    field: str

    @property
    def id(self) -> str:
        """The same for the same thing whenever it is looked up."""
        return f"{self.sort}:{self.record.record_id}:{self.field}:{self.day or ''}"


def people(session: Session) -> list[str]:
    """The ids of everybody in the caseload, in order of family name."""
    return people_table.ids(session.store.db, session.team_id)


def of_person(session: Session, person_id: str) -> list[DueItem]:
    """What is due for one person up to the end of the week; nothing for one who has died."""
    found: record_lists.Everything = {}
    for record in record_lists.of_kinds(session, _kinds(), person_id):
        found.setdefault(record.kind, []).append(record)
    person = next((record for record in found.get("person", ()) if record.record_id == person_id), None)
    if person is None or person_facts.has_died(person):
        return []
    return list(_of(session, person, found))


def in_order(session: Session, items: Sequence[DueItem]) -> list[DueItem]:
    """What is late first, the oldest before the others; then by day, and on one day by family name as they came."""
    return sorted(items, key=lambda item: (not is_late(session, item), item.day or date.min))


def is_late(session: Session, item: DueItem) -> bool:
    """Whether it was due before today, or on a date that nobody can read."""
    return item.day is None or item.day < session.today


@cache
def _kinds() -> tuple[str, ...]:
    """Kinds of record that can hold something due; a visit shows that a planned one took place."""
    dated = {kind for kind in forms.kinds() for name in reminders.REVIEWS if forms.field(kind, name)}
    more = {"person", "visit", "worker", "payment", standing.REQUEST}
    return tuple(sorted({*dated, *TO_DO, *overdue_reviews.KINDS, *more}))


def _of(session: Session, person: Record, found: record_lists.Everything) -> Iterator[DueItem]:
    until, name = session.today + timedelta(days=DAYS - 1), person_facts.full_name(person)

    def due(sort: Sort, words: str, day: date | None, record: Record, field: str) -> DueItem:
        return DueItem(person.record_id, name, sort, words, day, record, field)

    held = {kind: found[kind][0] for kind in overdue_reviews.KINDS if found.get(kind)}
    for review in overdue_reviews.due_by(session, person, held, until):
        place = held.get("care_plan") or record_lists.single(session, "care_plan", person.record_id)
        yield due(Sort.REVIEW, _("Review: {why}").format(why=_(review.why)), review.due, place, REVIEWED)
    for records in found.values():
        for record in records:
            if not worker_checks.is_over(session, record, found):
                for field, words, day in _in_record(session, record, until):
                    yield due(Sort.TASK if field == BY_WHEN else Sort.REVIEW, words, day, record, field)
    for checks in worker_checks.due(session, found, until):
        yield due(Sort.CHECK, checks.words, checks.day, checks.worker, checks.field)
    for sort, words, day, request in _decisions(session, person) if found.get(standing.REQUEST) else ():
        yield due(sort, words, day, request, PROMISED)
    yield from _payments(session, person, found, until)
    visit = dates.first_day(person.text("next_visit"))
    if visit and visit <= until and not _took_place(found.get("visit", []), visit, session.today):
        yield due(Sort.VISIT, _("Visit"), visit, person, "next_visit")


def _decisions(session: Session, person: Record) -> Iterator[tuple[Sort, str, date, Record]]:
    """Decisions to make, by the day that was promised, and decisions to tell, from the day of the decision on."""
    found = standing.of_person(session, person.record_id)
    for there in waiting.among(session, found):
        is_older = bool(subjects.overtaken(session, there))
        older, asked_for = _("What was asked on {day} is about an older version"), _("Decide what was asked on {day}")
        say = older if is_older else asked_for
        asked = say.format(day=dates.in_words(there.request.text("asked_on")))
        yield Sort.DECISION, asked, standing.day_of(there.request.text(PROMISED)) or session.today, there.request
    for there in to_tell.among(session, found):
        decided = there.newest.text("decided_on") if there.newest is not None else ""
        words = _("A decision came: tell {name}").format(name=person_facts.preferred_name(person))
        yield Sort.TELLING, words, standing.day_of(decided) or session.today, there.request


def _payments(session: Session, person: Record, found: record_lists.Everything, until: date) -> Iterator[DueItem]:
    """Payments that are due and were not made; nothing is looked up where none were listed."""
    for payment in due_payments.due_by(session, person.record_id, until) if found.get("payment") else ():
        words, day = _("Payment of {sum}").format(sum=pounds(payment.to_pay)), payment.due.due_on
        name = person_facts.full_name(person)
        yield DueItem(person.record_id, name, Sort.PAYMENT, words, day, payment.record, "paid_on")


def _in_record(session: Session, record: Record, until: date) -> Iterator[tuple[str, str, date | None]]:
    """What is due by the dates in one record: the field, what it is in words, and its day."""
    if record.kind in TO_DO and (kept := record.text(BY_WHEN)):
        day = dates.first_day(kept)
        if day is None or day <= until:
            yield BY_WHEN, _task(session, record), day
    for name in reminders.REVIEWS if record.kind != "care_plan" else ():  # that of the plan is among the reviews
        review = overdue_reviews.due_date(session, record, name) if record.text(name) else None
        if review and review <= until:
            form = forms.form(record.kind)
            what = record_lists.line(session, record) if form.line else form.title
            yield name, _("Review: {why}").format(why=what), review


def _task(session: Session, record: Record) -> str:
    what = record_lists.display(session, record, "what") or record_lists.line(session, record)
    who = record_lists.display(session, record, "who")
    return _("{what}, for {who}").format(what=what, who=who) if who else what


def _took_place(visits: Sequence[Record], planned: date, today: date) -> bool:
    """Whether a planned visit is over: of an earlier day, and there was a visit on that day or after it."""
    days = (dates.first_day(visit.text("date")) for visit in visits)
    return planned < today and any(day is not None and day >= planned for day in days)
