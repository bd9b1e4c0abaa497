"""Reminders: what to bring up at the next visit, derived from dates in records and never typed twice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.people import person_facts
from phb_tui.domain.records.changes import Record, Value
from phb_tui.i18n import N_, _
from phb_tui.services.person import overdue_reviews, worker_checks
from phb_tui.services.records import editing, field_conflicts, record_lists, set_up_tasks
from phb_tui.services.session import Session

REVIEWS = ("review_date", "reassess_due", "approval_expected")
"""Names of the fields with a review date, in any kind of record."""
AHEAD = (*REVIEWS, "by_when", "come_back", "next_visit", "start_date", "end_date", "first_payment")
"""Names of the fields with a future date; one that cannot be read is reported, so that it is not forgotten."""
COUNTED_FROM = ("reviewed_on", "decided_on")
"""Names of the fields with a past date that a review is counted from; with a wrong one it would never fall due."""

_OFFER = N_("Offer a carer's assessment: {name}")
_REVIEW = N_("Review due: {what}")
_UNREADABLE = N_('Look at the date: {label} "{typed}" ({what})')


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to bring up with the person.

    Attributes:
        words: The text of the reminder.
        date: When it was or is due, as kept; "" when that is now.
        record: Where it is written.
        field: The field in it that is meant; "" when that is none of its own.
    """

    words: str
    date: str
    record: Record
    field: str = ""

    @property
    def for_staff(self) -> bool:
        """Whether only staff may read it; an offer to a carer is the carer's own matter."""
        return record_lists.for_staff(self.record) or self.record.kind == "contact"


def due(session: Session, person_id: str, everything: record_lists.Everything | None = None) -> list[Reminder]:
    """Reminders due by today, the oldest first; none for a person who has died."""
    found = everything if everything is not None else record_lists.everything(session, person_id)
    if any(person_facts.has_died(record) for record in found.get("person", ()) if record.record_id == person_id):
        return []
    return sorted(_due(session, person_id, found), key=lambda item: (dates.sort_key(item.date), item.words))


def to_do(session: Session, person_id: str) -> list[Record]:
    """Tasks and actions that have not ended, by date, those without a date last; then in their own order."""
    places = set_up_tasks.rank(person_id)
    found = [*record_lists.of(session, "task", person_id), *record_lists.of(session, "action", person_id)]
    open_ones = [record for record in found if not record_lists.has_ended(session, record)]

    def order(record: Record) -> tuple[object, ...]:
        # A task made from an answer has an id of chance; others' ids follow the order in which they were written.
        statement = record.text("statement")
        return (
            dates.sort_key(record.text("by_when")),
            statement,
            places.get(record.record_id, len(places)),
            record.text("what") if statement else "",
            record.record_id,
        )

    return sorted(open_ones, key=order)


def is_due(session: Session, record: Record) -> bool:
    """Whether a task or an action is due: by its date, or because nobody can read the words in the date's place."""
    by_when = record.text("by_when")
    return dates.is_due(by_when, session.today) or bool(by_when and not dates.is_date(by_when))


def make_tasks(session: Session, person_id: str) -> int:
    """Create the tasks that setting the budget up takes; those of another way say that they are not needed any more.

    Returns:
        How many are new.

    Raises:
        NotSaved: The disk refuses; none was made.
    """
    found: list[tuple[Record, Mapping[str, Value]]] = [*set_up_tasks.edits(session, person_id, make=True)]
    editing.save_all(session, found)
    return sum(1 for record, _values in found if not record.fields)


def count_new_tasks(session: Session, person_id: str) -> int:
    """How many tasks `make_tasks` would create."""
    return sum(1 for record, _values in set_up_tasks.edits(session, person_id, make=True) if not record.fields)


def _due(session: Session, person_id: str, everything: record_lists.Everything) -> Iterator[Reminder]:
    for conflict in field_conflicts.conflicts(session, person_id):
        what = field_conflicts.subject(session, conflict)
        yield Reminder(_("Choose which version is right: {what}").format(what=what), "", conflict.record)
    person = next((record for record in everything.get("person", ()) if record.record_id == person_id), None)
    if person is not None:
        yield from _of_person(session, person, everything)
    for records in everything.values():
        for record in records:
            if forms.known(record.kind) and not worker_checks.is_over(session, record, everything):
                yield from _dates(session, record)
    yield from _checks(session, everything)
    for contact in everything.get("contact", []):
        if contact.text("is_carer") == "yes" and contact.text("carer_offer") in {"", "not_offered"}:
            yield Reminder(_(_OFFER).format(name=contact.text("name")), "", contact)


def _checks(session: Session, everything: record_lists.Everything) -> Iterator[Reminder]:
    """Reminders of the checks that are missing for those who are paid, from two weeks before their first day on."""
    for checks in worker_checks.due(session, everything, session.today + worker_checks.AHEAD):
        yield Reminder(checks.words, checks.day.isoformat(), checks.worker, checks.field)


def _of_person(session: Session, person: Record, everything: record_lists.Everything) -> Iterator[Reminder]:
    """Reviews, amounts that moved, and money that should have come."""
    held = {kind: everything[kind][0] for kind in overdue_reviews.KINDS if everything.get(kind)}
    for review in overdue_reviews.overdue(session, person, held):
        words = _("Review overdue: {why}").format(why=_(review.why))
        place = held.get("care_plan") or record_lists.single(session, "care_plan", person.record_id)
        yield Reminder(words, review.due.isoformat(), place)
    if everything.get("budget"):
        from phb_tui.services.budget import figures_moved  # noqa: PLC0415 - only where there is a budget

        for words, budget in figures_moved.reminders(session, person, everything):
            yield Reminder(words, "", budget)
    if not everything.get("payment"):
        return
    from phb_tui.services.payments import due as due_payments  # noqa: PLC0415 - only where something is paid

    if late := due_payments.of_person(session, person.record_id).late:
        yield Reminder(due_payments.late_words(late), late[0].due.due_on.isoformat(), late[0].record)


def _dates(session: Session, record: Record) -> Iterator[Reminder]:
    """Reminders for the dates in one record, and for dates in it that cannot be read."""
    today, form = session.today, forms.form(record.kind)
    if dates.is_due(record.text("by_when"), today):
        yield Reminder(record_lists.line(session, record), record.text("by_when"), record)
    for name in REVIEWS if record.kind != "care_plan" else ():  # that of the plan is among the reviews
        falls = overdue_reviews.due_date(session, record, name)
        if falls and falls <= today:
            what = record_lists.line(session, record) if form.line else form.title
            yield Reminder(_(_REVIEW).format(what=what), falls.isoformat(), record)
    for name in (*AHEAD, *COUNTED_FROM) if record.kind != "closing" else ():
        typed = record.text(name)
        if typed and forms.is_date(record.kind, name) and forms.problem(record.kind, name, typed, today):
            what = record_lists.line(session, record) if form.line else form.title
            words = _(_UNREADABLE).format(
                label=forms.label(record.kind, name), typed=forms.show(record.kind, name, typed), what=what
            )
            yield Reminder(words, "", record)
