"""What the letter about an agreement says of the budget: how much, how often, from when, and the first review."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from phb_tui.documents.model import Block, Heading, Plain, Sum, Sums
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import agreements as rules
from phb_tui.domain.decision.agreements import Standing
from phb_tui.domain.payments import approved
from phb_tui.domain.payments.approved import Content
from phb_tui.domain.payments.schedule import REGULAR
from phb_tui.domain.plan import review_dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.services.budget import versions
from phb_tui.services.documents.budget_amounts import pounds
from phb_tui.services.documents.letters.letter import Letter
from phb_tui.services.payments import approvals, due
from phb_tui.services.payments.approvals import Approvals, ApprovedVersion
from phb_tui.services.payments.due import BudgetPayments, Payment, State
from phb_tui.services.records import record_lists

EVERY = {
    "four_weeks": N_("It is paid every four weeks."),
    "month": N_("It is paid every month."),
    "once": N_("It is paid once."),
}
"""How often a budget is paid."""
THEN = {
    "four_weeks": N_("Then every four weeks, until {day}"),
    "month": N_("Then every month, until {day}"),
}
REVIEWED = {
    review_dates.SINCE_PAID: N_("That is 3 months after the first payment."),
    review_dates.SINCE_ELIGIBLE: N_("That is 3 months after it was decided that you can have this care."),
    review_dates.SINCE_REVIEW: N_("That is 12 months after the last review."),
}
"""What the day of a review is counted from, to the person."""
_OVER = {Standing.REPLACED, Standing.ENDED}


def blocks(letter: Letter, agreement: Record) -> Iterator[Block]:
    """Amount, days and review of an agreement that is not over; of one that is, nothing: they are in the newer one.

    The NHS keeps the money of a notional budget, so an agreement about one names no days of payment.
    """
    found = letter.everything.get("agreement", ())
    standing = rules.standings([*found], letter.session.today).get(agreement.record_id)
    if standing in _OVER:
        return
    there = approvals.of_person(letter.session, letter.person_id)
    paid = [each for version in there.newest if (each := _read(letter, there, version)) is not None]
    if agreement.text("kind") == rules.NOTIONAL:
        paid = []
    else:
        yield from _paid(there, paid)
    first = min((each.due.due_on for *_version, there_is in paid for each in there_is.payments), default=None)
    yield from _review(letter, agreement, first)
    yield Heading(1, _("Who to tell when something changes"))
    yield Plain(_("Tell us: {contact}").format(contact=letter.whom_to_ask()))


def _paid(there: Approvals, paid: Sequence[tuple[ApprovedVersion, Content, BudgetPayments]]) -> Iterator[Block]:
    """How much is paid and when, by each version that was said yes to."""
    yield Heading(1, _("How much is paid, and when"))
    for version, content, payments in paid:
        yield from _amounts(version, content, payments.payments)
    if not paid and there.newest:
        yield Plain(_("No money is paid out for the budget that was decided."))
    elif not paid:
        yield Plain(
            _("No budget has been agreed yet. The letter that says yes to one says how much is paid, and when.")
        )


def _read(
    letter: Letter, there: Approvals, version: ApprovedVersion
) -> tuple[ApprovedVersion, Content, BudgetPayments] | None:
    """A version that is paid out, with what is due by it."""
    content = approved.read(version.approved)
    found = due.by_version(letter.session, there, version)
    return (version, content, found) if content is not None and found.payments else None


def _amounts(version: ApprovedVersion, content: Content, payments: Sequence[Payment]) -> Iterator[Block]:
    day = dates.in_full(version.approved.decided_on)
    number = versions.number(version.version)
    yield Plain(
        _("By version {number} of the budget, which was decided on {day}.").format(number=number, day=day)
        if day
        else _("By version {number} of the budget.").format(number=number)
    )
    weekly, all_of_it = (version.approved.fields.get(name) for name in ("total_weekly", "total_first"))
    regular = any(each.due.what in REGULAR for each in payments)
    yield Plain(_(EVERY.get(content.every, EVERY["four_weeks"]) if regular else EVERY["once"]))
    rows = [Sum(_("What it comes to every week"), pounds(weekly))] if weekly and type(weekly) is int else []
    if type(all_of_it) is int:
        rows.append(Sum(_("In all, with what is paid once") if regular else _("In all"), pounds(all_of_it)))
    yield Sums((*rows, *_days(content, payments)))


def _days(content: Content, payments: Sequence[Payment]) -> Iterator[Sum]:
    """What is due on the first day, and then; in one line where the later payments are all alike."""
    by_day: dict[date, int] = {}
    for each in payments:
        if each.state is not State.ENDED:
            by_day[each.due.due_on] = by_day.get(each.due.due_on, 0) + each.due.pence
    days = sorted(by_day)
    if days:
        words = _("First, on {day}") if days[1:] else _("On {day}")
        yield Sum(words.format(day=dates.in_full(days[0].isoformat())), pounds(by_day[days[0]]))
    later = days[1:]
    if len(later) > 1 and len({by_day[day] for day in later}) == 1 and content.every in THEN:
        count = n_("{count} payment", "{count} payments", len(later)).format(count=len(later))
        last = dates.in_full(later[-1].isoformat())
        yield Sum(_(THEN[content.every]).format(day=last), pounds(by_day[later[0]]), (count,))
    else:
        yield from (Sum(dates.in_full(day.isoformat()), pounds(by_day[day])) for day in later)


def _review(letter: Letter, agreement: Record, first: date | None) -> Iterator[Block]:
    """By when the plan and the money are looked at together."""
    session, person_id = letter.session, letter.person_id
    care_plan, setup, eligibility = (
        record_lists.single(session, kind, person_id) for kind in ("care_plan", "setup", "eligibility")
    )
    way = agreement.text("kind") if agreement.text("kind") in review_dates.DIRECT_PAYMENTS else setup.text("management")
    since = setup.text("first_payment") or (first.isoformat() if first is not None else "")
    setup = replace(setup, fields={**setup.fields, "management": way, "first_payment": since})
    asked = review_dates.by_law(care_plan, setup, eligibility, session.today)
    yield Heading(1, _("When we look at it with you"))
    if not asked:
        yield Plain(_("The day of the first review is not set yet. You can ask for a review at any time."))
        return
    for late in (each for each in asked if each.due < session.today):
        day = dates.in_full(late.due.isoformat())
        yield Plain(_("A review was due by {day}. We are sorry that it is late.").format(day=day))
        yield Plain(_(REVIEWED[late.why]))
    if to_come := next((each for each in asked if each.due >= session.today), None):
        yield Plain(_("The next review is by {day}.").format(day=dates.in_full(to_come.due.isoformat())))
        yield Plain(_(REVIEWED[to_come.why]))
    yield Plain(_("You can ask for a review at any time."))
