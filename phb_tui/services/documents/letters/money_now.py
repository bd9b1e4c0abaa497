"""What a letter says about the money after a Yes: who sets it up, and when how much is paid."""

from collections.abc import Iterator
from datetime import date

from phb_tui.documents.model import Block, Plain, Sum, Sums
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.version_content import FINAL
from phb_tui.domain.budget.working.sentences import odd_pennies_first
from phb_tui.domain.calendar import dates
from phb_tui.i18n import N_, _, n_
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents.budget_amounts import ONCE, pounds, sum_of

NOTIONAL = "notional"
REGULAR = N_("What is paid again and again")
EVERY = {"four_weeks": N_("Then every four weeks, until {day}"), "month": N_("Then every month, until {day}")}
"""How the payments after the first one follow each other."""


def blocks(found: Statement | None, decided_on: str, *, is_change: bool) -> Iterator[Block]:
    """What happens with the money of a budget that was decided with Yes.

    Args:
        found: The kept version; None when it is not on this laptop.
        decided_on: The day of the decision, as kept.
        is_change: Whether another version was approved before, so that a letter of its own says what is paid.
    """
    yield Plain(_("Now we set it up with you."))
    if found is None or found.lines is None:
        yield Plain(_("Ask us when money comes: the budget cannot be read on this laptop."))
    elif found.purpose != FINAL:
        yield Plain(_("This only tells about how much there is. No money is paid before the budget itself is decided."))
    elif found.totals.get("first") == 0:
        yield Plain(_("No money is paid out: this budget comes to {sum}.").format(sum=pounds(0)))
    elif not found.instalments and not found.payments:
        yield Plain(_("No money is paid out. The NHS arranges the support and pays for it."))
    elif is_change:
        yield Plain(_("Another letter says from when the money changes, and what is paid then."))
    else:
        yield Plain(_("First you and we sign an agreement about the money, if that is not done yet."))
        yield from _paid(found, dates.first_day(decided_on))
        if found.by_way.get(NOTIONAL):
            yield Plain(_("The NHS arranges the rest, and pays for it."))


def _paid(found: Statement, decided_on: date | None) -> Iterator[Block]:
    """What is paid with the first payment, and then."""
    yield Plain(_("This is what is paid to you, or to whoever manages the money for you."))
    together, then = [*found.instalments[:1], *found.payments], found.instalments[1:]
    day, amounts = min(each.due_on for each in together), [each.pence for each in together]
    parts = [
        _("{what}: {sum}").format(what=_(ONCE.get(each.what, REGULAR)), sum=shown(each.pence)) for each in together
    ]
    is_named = len(parts) > 1 or together[0].what in ONCE
    how = (*parts, *(sum_of(amounts) if len(parts) > 1 else ())) if is_named else ()
    if then and found.instalments[0].pence != then[0].pence:
        how = (*how, odd_pennies_first())
    rows = [Sum(dates.in_full(day.isoformat()), pounds(sum(amounts)), how)]
    if then:
        words = EVERY.get(found.budget.pay_every if found.budget is not None else "", EVERY["four_weeks"])
        last = dates.in_full(then[-1].due_on.isoformat())
        count = n_("{count} payment", "{count} payments", len(then)).format(count=len(then))
        rows.append(Sum(_(words).format(day=last), pounds(then[0].pence), (count,)))
        rows.append(Sum(_("Paid in all"), pounds(sum(amounts) + sum(each.pence for each in then)), is_total=True))
    yield Sums(tuple(rows))
    if decided_on is not None and day < decided_on:
        yield Plain(_("Some of these days have passed. That part is paid as soon as it can be."))
