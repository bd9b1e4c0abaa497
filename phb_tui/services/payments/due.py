"""What is due and what was paid: each payment with its state, what is late, and what was paid too much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments import allocation, parts
from phb_tui.domain.payments.approved import ADJUSTMENT, INSTALMENT
from phb_tui.domain.payments.parts import Part
from phb_tui.domain.payments.schedule import Due, Schedule
from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.i18n import N_, _
from phb_tui.services.payments import approvals, making
from phb_tui.services.payments.approvals import PAYMENT, Approvals, ApprovedVersion
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

LATE = 7
"""Days after which a payment that did not come is late."""
NAMES = {
    INSTALMENT: N_("Regular payment"),
    ADJUSTMENT: N_("Difference because the amount changed"),
    "start_up": N_("To start with"),
    "contingency": N_("Put by for emergencies"),
    "one_off": N_("Bought once"),
}
_UNKNOWN = N_("A payment")


class State(StrEnum):
    """How a payment stands."""

    PAID = "paid"
    LATE = "late"
    DUE = "due"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment that is due.

    Attributes:
        due: What the rule gives.
        record: Its record; empty until it is made.
        state: Paid, late, due today or since a few days, coming, or not due because the budget ended.
        paid: Pence that were paid; 0 when nothing was, or nobody can read what was written.
        taken_off: Pence that were paid already for a payment that is not due any more.
        is_due: Whether it is due by the version that is being paid; else what was paid of it counts for that one.
    """

    due: Due
    record: Record
    state: State
    paid: int
    taken_off: int = 0
    is_due: bool = True

    @property
    def name(self) -> str:
        """What it is for."""
        return _(NAMES.get(self.due.what, _UNKNOWN))

    @property
    def parts(self) -> list[Part]:
        """The parts in which it was paid."""
        return parts.of(self.record, self.due.pence)

    @property
    def to_pay(self) -> int:
        """Pence that are still to be paid."""
        return max(0, self.due.pence - self.paid - self.taken_off) if self.is_due else 0

    @property
    def is_unreadable(self) -> bool:
        """Whether an amount was written that nobody can read."""
        return parts.is_unreadable(self.record)

    def as_written(self, record: Record) -> "Payment":
        """The same payment with what its record holds by now."""
        return replace(self, record=record, paid=parts.paid(record, self.due.pence))


@dataclass(frozen=True, slots=True)
class BudgetPayments:
    """What is due by one budget and by those that it took the place of.

    Attributes:
        version: The version that is being paid.
        payments: By date.
        not_due: What was paid by an older version and is not due any more; it counts for what is.
        until: Today, or the day of the last payment that was made before its day.
        comes_off: Pence that were paid in all above what is due by that day, and are taken off later payments.
        owed: Pence that were paid in all above what is due, and that no payment is made less by; the audit looks at
            them.
    """

    version: ApprovedVersion
    payments: Sequence[Payment]
    not_due: Sequence[Payment]
    until: date
    comes_off: int
    owed: int


@dataclass(frozen=True, slots=True)
class Overview:
    """A person's payments.

    Attributes:
        budgets: What is being paid.
        to_make: Approved versions of which no payments were made yet, each with what stands against it, or "".
        ended_on: The last day on which anything is due; None while the budget goes on.
    """

    budgets: Sequence[BudgetPayments]
    to_make: Sequence[tuple[ApprovedVersion, str]] = field(default=())
    ended_on: date | None = None

    @property
    def payments(self) -> list[Payment]:
        """All payments."""
        return [each for budget in self.budgets for each in budget.payments]

    @property
    def not_due(self) -> list[Payment]:
        """What was paid by older versions and is not due any more."""
        return [each for budget in self.budgets for each in budget.not_due]

    @property
    def late(self) -> list[Payment]:
        """The payments that should have come, the oldest first."""
        return sorted((each for each in self.payments if each.state is State.LATE), key=lambda each: each.due.due_on)


def of_person(session: Session, person_id: str) -> Overview:
    """A person's payments as they stand today."""
    there = approvals.of_person(session, person_id)
    ended = ended_on(session, person_id)
    budgets = [_budget(session, there, *each, ended) for each in there.running]
    to_make = [(each, making.stands_against(session, there, each)) for each in there.to_make]
    return Overview(budgets, to_make, ended)


def by_version(session: Session, there: Approvals, version: ApprovedVersion) -> BudgetPayments:
    """What is due by an approved version with what was paid, also before its payments are made."""
    ended = ended_on(session, version.version.person_id or "")
    return _budget(session, there, version, there.schedule_of(version), ended)


def ended_on(session: Session, person_id: str) -> date | None:
    """The last day on which anything is due: the budget ended then, or the person died (regulation 17(2)(h))."""
    kept = [record_lists.single(session, "phb", person_id).text("ended_on")]
    kept += [editing.read(session, "person", person_id, person_id).text("died_on")]
    return min(filter(None, map(dates.last_day, kept)), default=None)


def _budget(
    session: Session, there: Approvals, version: ApprovedVersion, found: Schedule, ended: date | None
) -> BudgetPayments:
    records = [making.record_of(session, version.version.person_id or "", due) for due in found.due]
    named = {record.record_id for record in records}
    chain = found.before | {version.version.record_id}
    gone = [
        _not_due(session, record)
        for record in there.payments
        if record.text("budget_version_id") in chain and record.record_id not in named and any(parts.written(record))
    ]
    paid = [parts.paid(record, due.pence) for due, record in zip(found.due, records, strict=True)]
    until = max([session.today, *(each.due.due_on for each in gone if each.paid)])
    off = allocation.allocated(found.due, paid, [(each.due, each.paid) for each in gone], until, ended)
    payments = [
        Payment(due, record, _state(session, due, was + less, ended), was, less)
        for due, record, was, less in zip(found.due, records, paid, off, strict=True)
    ]
    return BudgetPayments(version, payments, gone, *_too_much(session, found, payments, gone, ended))


def _not_due(session: Session, record: Record) -> Payment:
    """A payment of an older version that is not due any more, as its record has it."""
    kept, number = record.fields.get("due"), record.fields.get("number")
    pence = kept if type(kept) is int else 0
    day = dates.first_day(record.text("due_on")) or session.today
    due = Due(
        record.text("budget_version_id"),
        number if type(number) is int else 0,
        record.text("what"),
        day,
        pence,
        record.text("way"),
    )
    return Payment(due, record, State.PAID, parts.paid(record, pence), is_due=False)


def _too_much(
    session: Session, found: Schedule, payments: Sequence[Payment], gone: Sequence[Payment], ended: date | None
) -> tuple[date, int, int]:
    """Pence that were paid in all above what is due: those that come off later payments, and the rest.

    Returns:
        The day up to which what is due counts, and both sums.
    """
    was = [*payments, *gone]
    until = max([session.today, *(each.due.due_on for each in was if each.paid)])
    there = [each for each in payments if ended is None or each.due.due_on <= ended]
    paid = sum(each.paid for each in was)
    by_then = sum(each.due.pence for each in there if each.due.due_on <= until)
    in_all = sum(each.due.pence for each in there) - sum(found.owed.values())
    more = max(0, paid - by_then, paid - in_all)
    comes_off = min(more, sum(each.taken_off for each in there if each.due.due_on > until))
    return until, comes_off, more - comes_off


def _state(session: Session, due: Due, done: int, ended: date | None) -> State:
    if done >= due.pence:
        return State.PAID
    if ended is not None and due.due_on > ended:
        return State.ENDED
    if due.due_on > session.today:
        return State.COMING
    return State.LATE if session.today - due.due_on > timedelta(days=LATE) else State.DUE


def mark_paid(session: Session, payment: Payment) -> Record:
    """Write that a payment was made today, with what was left to pay, as its next part.

    Raises:
        RuleBroken: It was paid already, or is not due any more; nothing was written.
        NotSaved: The disk refuses; nothing was written.
    """
    if payment.state is State.PAID:
        raise RuleBroken(_("This was paid already. Open the line to look at it or to correct it."), PAYMENT)
    if payment.state is State.ENDED:
        raise RuleBroken(_("The budget ended before this day, so this is not due any more."), PAYMENT)
    if payment.is_unreadable:
        raise RuleBroken(_("An amount is written here that cannot be read. Open the line and correct it."), PAYMENT)
    if payment.due.due_on - session.today > timedelta(days=LATE):
        day = dates.in_full(payment.due.due_on.isoformat())
        raise RuleBroken(
            _("This is not due before {day}. Open the line if it was paid already.").format(day=day), PAYMENT
        )
    names = parts.next_fields(payment.record)
    if names is None:
        raise RuleBroken(_("Three parts are written here already. Open the line and put them right."), PAYMENT)
    made = {} if payment.record.fields.get("due") is not None else making.fields_of(payment.due)
    values = dict(zip(names, (session.today.isoformat(), MONEY.kept(payment.to_pay)), strict=True))
    return editing.save(session, payment.record, {**made, **values})


def take_back(session: Session, record: Record) -> Record:
    """Write that a payment was not made: the days and amounts of its parts are cleared, and stay in the history.

    Raises:
        NotSaved: The disk refuses; nothing was written.
    """
    return editing.save(session, record, {name: "" for names in parts.FIELDS for name in names if record.text(name)})


def late_words(late: Sequence[Payment]) -> str:
    """What should have come, the oldest first, in a sentence."""
    day, total = dates.in_full(late[0].due.due_on.isoformat()), pounds(sum(each.to_pay for each in late))
    if len(late) == 1:
        return _("Late: {sum} should have been paid on {day}").format(sum=total, day=day)
    return _("Late: {sum} should have been paid, the first of it on {day}").format(sum=total, day=day)


def due_by(session: Session, person_id: str, until: date) -> Iterator[Payment]:
    """Payments that are due up to a day and were not paid."""
    for payment in of_person(session, person_id).payments:
        if payment.state in {State.LATE, State.DUE} or (payment.state is State.COMING and payment.due.due_on <= until):
            yield payment
