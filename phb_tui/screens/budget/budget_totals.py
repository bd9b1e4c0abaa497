"""The totals of a budget in words, under its lines: a week, planned against told first, what is put by, and the sum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content

from phb_tui.domain.budget.amounts.figures import read_money
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.services.budget.shown.overview import Overview

BAR = 20
"""Cells of the bar of planned against told first."""
BETWEEN = "   "
STREAMS = {"health": N_("NHS"), "social": N_("Social care"), "education": N_("Education")}


def totals(overview: Overview, width: int, *, short: bool) -> Content:
    """The totals in words; no amount is cut or divided over two rows.

    Args:
        overview: The budget.
        width: Columns.
        short: Whether only the first reason why it may change is said; the working has them all.
    """
    rows = [_wrapped(parts, width) for parts in _sums(overview)]
    rows += [[Content(words)] for words in _unfinished(overview)]
    rows += [[Content(words)] for words in _may_change(overview.why_provisional, short=short)]
    return Content("\n").join(row for found in rows for row in found)


def _may_change(why: Sequence[str], *, short: bool) -> Sequence[str]:
    if not short or not why:
        return why
    first = why[0].split(". ")[0].rstrip(".")
    more = len(why) - 1
    if not more:
        return [first]
    return [n_("{first}, and {count} more: F6", "{first}, and {count} more: F6", more).format(first=first, count=more)]


def _wrapped(parts: Iterable[Content], width: int) -> list[Content]:
    """Parts side by side, as many in a row as fit."""
    rows: list[Content] = []
    for part in parts:
        if rows and rows[-1].cell_length + len(BETWEEN) + part.cell_length <= width:
            rows[-1] = rows[-1] + BETWEEN + part
        else:
            rows.append(part)
    return rows


def _sum(words: str, pence: int) -> Content:
    return Content.assemble(f"{words} ", (shown(pence), "bold $bold"))


def _sums(overview: Overview) -> Iterator[list[Content]]:
    """The rows of sums, each of parts that may stand in a row of their own."""
    found = overview.worked.totals
    if overview.worked.budget is None:
        return
    if overview.has_one_total:
        yield [_sum(_("In all"), found.first), *_told(overview, found.first)]
        if contribution := overview.contribution:
            yield [_sum(_("Paid on top by the person or others"), contribution)]
    else:
        yield [_sum(_("Every week"), found.weekly), *_told(overview, found.weekly)]
        yield list(_of_the_year(overview))
    streams = overview.worked.by_stream
    if sum(1 for pence in streams.values() if pence) > 1:
        yield [_sum(_(words), streams.get(name, 0)) for name, words in STREAMS.items() if streams.get(name)]


def _of_the_year(overview: Overview) -> Iterator[Content]:
    found, budget = overview.worked.totals, overview.worked.budget
    weeks = budget.contingency_weeks if budget is not None else 0
    if weeks:
        words = n_("Put by, {count} week", "Put by, {count} weeks", weeks).format(count=weeks)
        if budget is not None and budget.contingency_held == "nhs":
            words = _("{words}, kept by the NHS").format(words=words)
        yield _sum(words, found.contingency)
    if found.start:
        yield _sum(_("To start"), found.start)
    if found.one_off:
        yield _sum(_("Bought once"), found.one_off)
    yield _sum(_("First year"), found.first)
    paid = sum(payment.pence for payment in (*overview.worked.instalments, *overview.worked.payments))
    if paid != found.first:
        yield _sum(_("of which paid out"), paid)


def _told(overview: Overview, planned: int) -> Iterator[Content]:
    """What was told first with a bar of what is planned against it; nothing where nothing was told."""
    low, high = (read_money(overview.records.budget.text(name)) for name in ("range_from", "range_to"))
    if low is None and high is None:
        return
    most = high if high is not None else low or 0
    parts = [shown(pence) for pence in (low, high) if pence is not None]
    filled = min(BAR, BAR * planned // most) if most and planned > 0 else 0
    style = "$blue" if planned <= most else "$red"
    yield Content.assemble(
        (SHAPES.filled * filled, style),
        (SHAPES.rest * (BAR - filled), "$rail"),
        _("  told first: {amounts}").format(amounts=_(" to ").join(parts)),
    )
    if planned > most:
        yield _sum(_("more than told first:"), planned - most)


def _unfinished(overview: Overview) -> Iterator[str]:
    """What is left out of the totals, by name, and what stands against keeping them."""
    for problem in overview.problems:
        yield problem.say
    if not overview.records.lines:
        yield _("Nothing is in this budget yet. F7 adds the first line.")
    rows = overview.unfinished if overview.worked.budget is not None else ()
    if rows:
        said = n_(
            "{count} line cannot be worked out yet and is not in the total: {name}",
            "{count} lines cannot be worked out yet and are not in the total: look for ?",
            len(rows),
        )
        yield said.format(count=len(rows), name=rows[0].label)
    if count := overview.for_no_need:
        said = n_("{count} line is for no need or goal yet", "{count} lines are for no need or goal yet", count)
        yield said.format(count=count)
    if count := len(overview.contradictions):
        said = n_(
            "{count} thing to put right before it is kept: look for {mark}",
            "{count} things to put right before it is kept: look for {mark}",
            count,
        )
        yield said.format(count=count, mark=SHAPES.late)
