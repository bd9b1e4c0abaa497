"""What is due and what was paid: each payment with its state, what is late, and what was paid too much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from phb_tui.domain.budget.amounts.figures import MONEY, read_money
from phb_tui.domain.budget.amounts.pence import pounds, shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.payments.approved import ADJUSTMENT, INSTALMENT
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
    """

    due: Due
    record: Record
    state: State
    paid: int
    taken_off: int = 0

    @property
    def name(self) -> str:
        """What it is for."""
        return _(NAMES[self.due.what])

    @property
    def to_pay(self) -> int:
        """Pence that are still to be paid."""
        return max(0, self.due.pence - self.paid - self.taken_off)

    @property
    def is_unreadable(self) -> bool:
        """Whether an amount was written that nobody can read."""
        return bool(self.record.text("paid").strip()) and read_money(self.record.text("paid")) is None


@dataclass(frozen=True, slots=True)
class BudgetPayments:
    """What is due by one budget and by those that it took the place of.

    Attributes:
        version: The version that is being paid.
        payments: By date.
        not_due: What was paid although it was not due any more: the record and pence.
        owed: Pence that are too much by a change, and by what was paid; the audit looks at them.
    """

    version: ApprovedVersion
    payments: Sequence[Payment]
    not_due: Sequence[tuple[Record, int]]
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


def ended_on(session: Session, person_id: str) -> date | None:
    """The last day on which anything is due: the budget ended then, or the person died (regulation 17(2)(h))."""
    kept = [record_lists.single(session, "phb", person_id).text("ended_on")]
    kept += [editing.read(session, "person", person_id, person_id).text("died_on")]
    return min(filter(None, map(dates.last_day, kept)), default=None)


def _budget(
    session: Session, there: Approvals, version: ApprovedVersion, found: Schedule, ended: date | None
) -> BudgetPayments:
    person_id, made = version.version.person_id or "", {each.record_id: each for each in there.payments}
    records = [making.record_of(session, person_id, due) for due in found.due]
    named = {record.record_id for record in records}
    chain = found.before | {version.version.record_id}
    not_due = [
        (record, pence)
        for record in made.values()
        if record.text("budget_version_id") in chain
        and record.record_id not in named
        and (pence := paid(record, _due_of(record)))
    ]
    credit = sum(pence for _record, pence in not_due)
    payments, too_much = [], 0
    for due, record in zip(found.due, records, strict=True):
        was = paid(record, due.pence)
        too_much += max(0, was - due.pence)
        off = min(credit, max(0, due.pence - was))
        credit -= off
        payments.append(Payment(due, record, _state(session, due, was + off, ended), was, off))
    return BudgetPayments(version, payments, not_due, sum(found.owed.values()) + too_much + credit)


def _due_of(record: Record) -> int:
    kept = record.fields.get("due")
    return kept if type(kept) is int else 0


def paid(record: Record, due: int) -> int:
    """Pence that were paid of a payment: what was written, else what was due where only a day was written."""
    written = record.text("paid").strip()
    if written:
        return read_money(written) or 0
    return due if dates.is_date(record.text("paid_on")) else 0


def _state(session: Session, due: Due, done: int, ended: date | None) -> State:
    if done >= due.pence:
        return State.PAID
    if ended is not None and due.due_on > ended:
        return State.ENDED
    if due.due_on > session.today:
        return State.COMING
    return State.LATE if session.today - due.due_on > timedelta(days=LATE) else State.DUE


def mark_paid(session: Session, payment: Payment) -> Record:
    """Write that a payment was made today, with what was due.

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
    paid_now = MONEY.tidy(shown(payment.paid + payment.to_pay))
    made = {} if payment.record.fields.get("due") is not None else making.fields_of(payment.due)
    return editing.save(session, payment.record, {**made, "paid_on": session.today.isoformat(), "paid": paid_now})


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
