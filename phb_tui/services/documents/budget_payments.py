"""Blocks for how a budget is managed, who pays what, and when money comes."""

from collections.abc import Iterator

from phb_tui.documents.model import Block, Plain, Sum, Sums
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.working.sentences import odd_pennies_first
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _
from phb_tui.services.budget.shown import who_pays
from phb_tui.services.budget.statement import Statement
from phb_tui.services.documents.budget_amounts import ONCE, Where, heading, payer, pounds, way_of


def blocks(found: Statement, where: Where) -> Iterator[Block]:
    """How it is managed, who pays, when money comes."""
    yield from _managed(found, where)
    yield from _who_pays(found, where)
    yield from _paid(found, where)


def _managed(found: Statement, where: Where) -> Iterator[Block]:
    ways = {way: pence for way, pence in found.by_way.items() if pence}
    if not ways:
        return
    yield heading(where, _("How it is managed"))
    rows = [Sum(way_of(way), pounds(pence)) for way, pence in ways.items()]
    if len(rows) > 1:
        rows.append(Sum(_("Together"), pounds(sum(ways.values())), is_total=True))
    if found.totals.get("contingency"):
        yield Plain(_("What is put by for emergencies is not in these sums."))
    yield Sums(tuple(rows))


def _who_pays(found: Statement, where: Where) -> Iterator[Block]:
    streams = {name: pence for name, pence in found.by_stream.items() if pence}
    if not streams:
        return
    yield heading(where, _("Who pays"))
    if list(streams) == ["health"]:
        yield Plain(_("The NHS pays all of it."))
        return
    yield Plain(_("Each share is taken to the penny, so that together they make the whole."))
    names = {name: payer(found, where, name) for name in streams}
    rows = [Sum(names[name], pounds(pence), _share(found, name)) for name, pence in streams.items()]
    rows.append(Sum(_("Together"), pounds(sum(streams.values())), is_total=True))
    yield Sums(tuple(rows))
    put_by = sum(found.contingency_by_stream.values())
    yield from map(Plain, who_pays.odd_pennies(found.budget, found.lines or (), put_by, names))


def _share(found: Statement, name: str) -> tuple[str, ...]:
    """How what one of those who pay is worked out: its share of what is shared, and what it pays alone."""
    pays, put_by = found.by_stream[name], found.contingency_by_stream.get(name, 0)
    return tuple(who_pays.how(found.budget, found.lines or (), pays, put_by, name))


def _paid(found: Statement, where: Where) -> Iterator[Block]:
    if not found.instalments and not found.payments:
        if found.by_way and set(found.by_way) == {"notional"}:
            yield heading(where, _("When money comes"))
            yield Plain(_("No money is paid out. The NHS arranges the support and pays for it."))
        return
    yield heading(where, _("When money comes"))
    all_of_it = sum(each.pence for each in (*found.instalments, *found.payments))
    yield Plain(_("This is what is paid to me, or to who manages the money for me."))
    if len(found.instalments) > 1:
        words = _("{sum} comes in {count} payments.")
        again = sum(each.pence for each in found.instalments)
        odd = [odd_pennies_first()] if found.instalments[0].pence != found.instalments[-1].pence else []
        yield Plain(" ".join([words.format(sum=shown(again), count=len(found.instalments)), *odd]))
    rows = [Sum(dates.in_full(each.due_on.isoformat()), pounds(each.pence)) for each in found.instalments]
    rows += [
        Sum(
            _("{what}: the money comes on {day}").format(
                what=_(ONCE.get(each.what, each.what)), day=dates.in_full(each.due_on.isoformat())
            ),
            pounds(each.pence),
        )
        for each in found.payments
    ]
    if len(rows) > 1:
        rows.append(Sum(_("Paid in all"), pounds(all_of_it), is_total=True))
    yield Sums(tuple(rows))
