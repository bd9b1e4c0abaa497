"""Lines of the list of payments and purchases: what each is at the left, its state and amount at the right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import pounds, shown
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import CONDITIONS
from phb_tui.domain.payments import parts
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import ADD, gap, heading, id_of
from phb_tui.screens.lists.row import NamesRow, Row
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.budget import budgets, versions
from phb_tui.services.decision import standing
from phb_tui.services.payments import line_choices, spending
from phb_tui.services.payments.approvals import ApprovedVersion
from phb_tui.services.payments.due import BudgetPayments, Overview, Payment, State
from phb_tui.services.payments.spending import PURCHASE
from phb_tui.services.records import roster
from phb_tui.services.session import Session

MAKE, DUE, PHB = "make:", "due:", "phb"
"""Prefixes of ids: a version whose payments can be made, and a payment; id of the line of the budget's end."""
SUM, DAY = 13, 11
"""Columns of an amount, and of a day such as 30 Nov 2026."""
NEXT, NEWEST = 3, 8
"""How many of the payments to come, and of the purchases, stand at the top; the others follow further down."""
LONGEST_CONDITION = 400
"""Columns of a condition above the list; the decision has all of it."""
_UNNAMED = {"": N_("The budget"), "one_off": N_("The one-off budget"), "wheelchair": N_("The wheelchair budget")}
"""A budget without a name, by its nature."""
_TITLES = {
    State.LATE: N_("Late: money that should have come"),
    State.DUE: N_("Due now"),
    State.COMING: N_("Next"),
    State.PAID: N_("Paid"),
    State.ENDED: N_("Not due any more"),
}


def due_id(payment: Payment) -> str:
    """The id of a payment's line."""
    return f"{DUE}{payment.record.record_id}"


def version_words(session: Session, version: ApprovedVersion) -> str:
    """Which version of which budget it is: by the name that somebody gave it, else by what it is."""
    person_id, budget_id = version.version.person_id or "", version.version.text("budget_id")
    found = next((each for each in budgets.all_of(session, person_id) if each.record_id == budget_id), None)
    name = " ".join(found.text("name").split()) if found is not None else ""
    if not name:
        name = _(_UNNAMED.get(found.text("nature") if found is not None else "", _UNNAMED[""]))
    return _("{budget}, version {number}").format(budget=name, number=versions.number(version.version))


def to_make(session: Session, found: Overview) -> Iterator[Option]:
    """A line for each approved version of which payments can be made."""
    for version, against in found.to_make:
        if not against:
            words = _("List the payments: {version}").format(version=version_words(session, version))
            yield Option(Row(f"+ {words}"), id=f"{MAKE}{version.version.record_id}")


def first(found: Overview) -> Iterator[Option]:
    """What is late and due, and what comes next."""
    yield from _group(_(_TITLES[State.LATE]), _of(found, State.LATE))
    yield from _group(_(_TITLES[State.DUE]), _of(found, State.DUE))
    yield from _group(_(_TITLES[State.COMING]), _of(found, State.COMING)[:NEXT])


def further(found: Overview) -> Iterator[Option]:
    """What comes later, what was paid, newest first, and what is not due any more."""
    yield from _group(_("Later"), _of(found, State.COMING)[NEXT:])
    paid = [*_of(found, State.PAID), *found.not_due]
    yield from _group(_(_TITLES[State.PAID]), sorted(paid, key=_by_date, reverse=True))
    yield from _group(_(_TITLES[State.ENDED]), _of(found, State.ENDED))


def _of(found: Overview, state: State) -> list[Payment]:
    there = (each for each in found.payments if each.state is state)
    return sorted(there, key=_by_date)


def _by_date(payment: Payment) -> tuple[date, int]:
    return payment.due.due_on, payment.due.number


def _group(title: str, there: Sequence[Payment]) -> Iterator[Option]:
    if there:
        yield gap()
        yield heading(title)
    for payment in there:
        yield Option(_payment(payment), id=due_id(payment))


def _payment(payment: Payment) -> Row:
    day = dates.in_short(payment.due.due_on.isoformat())
    left = f"{day:>{DAY}}  {payment.name}"
    if payment.is_unreadable:
        return Row(left, _wrong(_("Which amount?")) + _sum(None))
    if payment.paid and parts.lacks_day(payment.record):
        return Row(left, _wrong(_("Paid on which day?")) + _sum(payment.paid))
    if payment.state is State.PAID:
        sum_ = _sum(payment.paid) if payment.paid or not payment.due.pence else Content(" " * SUM)
        return Row(left, Content.styled(f"{SHAPES.done} {_paid(payment)}", "$green") + sum_, whole=True)
    if payment.paid or payment.taken_off:
        left = _("{line}: the rest").format(line=left)
    style = {State.LATE: "bold $red", State.ENDED: "$quiet"}.get(payment.state, "")
    mark = _("{mark} Late").format(mark=SHAPES.late) if payment.state is State.LATE else ""
    return Row(left, Content.styled(f"{mark}{shown(payment.to_pay):>{SUM}}", style))


def _paid(payment: Payment) -> str:
    """When it was paid, each part with its amount where there are several."""
    found = payment.parts
    if not found:
        return _("Paid before") if payment.taken_off else _("Nothing to pay")
    if len(found) == 1:
        return _("Paid {day}").format(day=dates.in_short(found[0].day))
    words = [_("{day} {sum}").format(day=dates.in_short(part.day), sum=shown(part.pence)) for part in found]
    return _("Paid {parts}").format(parts=" · ".join(words))


def _wrong(words: str) -> Content:
    """What has to be put right in a line, with the mark for it."""
    return Content.styled(f"{SHAPES.late} {words}", "bold $red")


def _sum(pence: int | None) -> Content:
    return Content(f"{'?' if pence is None else shown(pence):>{SUM}}")


def purchases(found: Sequence[Record], names: Mapping[str, str]) -> Iterator[Option]:
    """The line that adds something that was paid for, and what was: what has no day, and the newest."""
    yield gap()
    yield heading(forms.form(PURCHASE).many)
    yield Option(f"+ {forms.form(PURCHASE).add}", id=f"{ADD}{PURCHASE}")
    yield from (Option(_purchase(record, names), id=id_of(record)) for record in found[: _newest(found)])


def older_purchases(found: Sequence[Record], names: Mapping[str, str]) -> Iterator[Option]:
    """The purchases that have no room at the top."""
    if older := found[_newest(found) :]:
        yield gap()
        yield heading(_("Paid for earlier"))
        yield from (Option(_purchase(record, names), id=id_of(record)) for record in older)


def _newest(found: Sequence[Record]) -> int:
    """How many purchases stand at the top: the newest ones, after those of which nobody can read the day."""
    return NEWEST + sum(1 for record in found if dates.last_day(record.text("date")) is None)


def _purchase(record: Record, names: Mapping[str, str]) -> Row:
    day = dates.in_short(record.text("date")) or _("no day")
    payee = " ".join(record.text("payee").split()) or _("not written to whom")
    line = line_choices.in_words(names, record.text("line")) or _("line not chosen")
    pence = spending.pence(record)
    if pence is None:
        right = _wrong(_("Which amount?")) + _sum(None)
    elif spending.is_refund(record):
        right = Content(_("It came back")) + _sum(pence)
    else:
        right = Content(f" {shown(pence)}")  # it ends where the others do, and the names have the room before it
    return NamesRow(f"{day:>{DAY}}  ", (payee, line), right)


def notes(session: Session, person_id: str, found: Overview) -> Iterator[str]:
    """What has to be known above the list: what cannot be paid and why, what is too much, that the budget ended."""
    if not found.budgets and not found.to_make:
        yield _waiting(session, person_id) or _(
            "No decision says yes to a budget yet, so nothing can be paid. Ask for a decision in step 5 first."
        )
    for version, against in found.to_make:
        if against:
            yield f"{version_words(session, version)}: {against}"
        else:
            yield from _condition(version)
    for budget in found.budgets:
        if not any(each.paid for each in budget.payments):
            yield from _condition(budget.version)
    if found.ended_on is not None:
        day = dates.in_full(found.ended_on.isoformat())
        yield _("Nothing is due after {day}: the budget ended.").format(day=day)
    for budget in found.budgets:
        yield from _too_much(budget)


def _condition(version: ApprovedVersion) -> Iterator[str]:
    """On what condition the yes was given, until something was paid: whoever pays has to know it."""
    if version.decision.text("outcome") != CONDITIONS:
        return
    said = version.decision.text("conditions")
    if not said.strip():
        yield _("The yes was given on a condition that was not written down. Ask who decided before you pay.")
        return
    yield _("Yes, on a condition. Pay nothing before it is met: {condition}").format(
        condition=shortened(said, LONGEST_CONDITION)
    )


def _waiting(session: Session, person_id: str) -> str:
    """That a decision was asked for and for whom it waits; "" when none does."""
    there = next((each for each in standing.of_person(session, person_id) if each.is_waiting), None)
    if there is None:
        return ""
    who, until = roster.decider_name(session, there.to), there.put_off_until or there.request.text("promised_by")
    words = _("Nothing can be paid yet: the decision that was asked for waits for {whom}.").format(whom=who)
    if not until:
        return words
    return _("{words} An answer is promised by {day}.").format(words=words, day=dates.in_full(until))


def _too_much(budget: BudgetPayments) -> Iterator[str]:
    if budget.comes_off:
        words = _("In all {sum} more was paid than is due by {day}. It is taken off what comes next.")
        yield words.format(sum=pounds(budget.comes_off), day=dates.in_full(budget.until.isoformat()))
    if budget.owed:
        words = _("In all {sum} more was paid than is due. Look at it together in the next audit.")
        yield words.format(sum=pounds(budget.owed))
