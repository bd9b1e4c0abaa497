"""Lines of the list of a budget: its rows in groups with their figures, what was taken out, and what can be added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.calendar import dates
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.line_list import ADD, gap, heading, id_of
from phb_tui.screens.lists.row import Row as ListRow
from phb_tui.services.budget import line_edits, versions
from phb_tui.services.budget.shown.overview import BANK, Overview, Row
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

ABOUT, WORKERS = "budget", "workers"
"""Ids of the lines that open the budget's own form, and the list of who is paid."""
ON_COST, SUPPORT, UNDO = "employing:", f"{ADD}support:", "undo:"
"""Prefixes of ids: what employing costs, a support of the plan, and a line that was taken out."""

WEEK, SUM = 10, 13
"""Columns of the amount a week, and of the amount of the budget."""
NOT_KNOWN = "?"
WAYS = {
    "direct_payment": N_("direct payment"),
    "notional": N_("notional"),
    "third_party": N_("third party"),
    "managed_account": N_("managed account"),
}
_WEEK_DAYS = 7


def option_id(row: Row) -> str:
    """The id of a row's line: of its record, with the part after a colon; of what employing costs, its name."""
    if row.record is None:
        return f"{ON_COST}{row.part}"
    return f"{id_of(row.record)}:{row.part}" if row.part else id_of(row.record)


def _columns(overview: Overview, way: str, weekly: str, total: str, *, narrow: bool) -> str:
    """The right part of a line: figures under each other, before them the way where it is not the budget's own."""
    amount = f"{total:>{SUM}}"
    figures = amount if narrow or overview.has_one_total else f"{weekly:>{WEEK}}{amount}"
    return f"{way}  {figures}" if way else figures


def period_words(period: Period | None) -> str:
    """A budget's days in words: its first, its last, and how long it is."""
    if period is None:
        return _("Not known yet from when to when")
    weeks, days = divmod(period.days, _WEEK_DAYS)
    length = n_("{count} week", "{count} weeks", weeks).format(count=weeks) if weeks else ""
    if days:
        more = n_("{count} day", "{count} days", days).format(count=days)
        length = _("{weeks} and {days}").format(weeks=length, days=more) if length else more
    first, last = (dates.in_short(day.isoformat()) for day in (period.first, period.last))
    return _("{first} to {last}, {length}").format(first=first, last=last, length=length)


def about(overview: Overview, *, narrow: bool) -> Option:
    """The first line: the budget's days, over the columns of figures."""
    budget = overview.worked.budget
    words = period_words(budget.period if budget is not None else None)
    total = _("in all") if overview.has_one_total else _("this budget")
    over = _columns(overview, "", _("average week"), total, narrow=narrow)
    return Option(ListRow(words, Content.styled(over, "$quiet")), id=ABOUT)


def rows(overview: Overview, *, narrow: bool, hides: bool) -> Iterator[Option]:
    """The rows in their groups.

    Args:
        overview: The budget.
        narrow: Whether there is room for the amount of the budget only.
        hides: Whether what only staff may read is left out.
    """
    for group in overview.groups:
        there = [row for row in group.rows if not (hides and row.record and record_lists.for_staff(row.record))]
        if there and len(overview.groups) > 1:
            yield heading(_(group.title))
        for row in there:
            yield Option(_row(overview, row, narrow=narrow), id=option_id(row))


def _row(overview: Overview, row: Row, *, narrow: bool) -> ListRow:
    pence, weekly = row.pence, row.weekly(overview.days)
    week = shown(weekly) if weekly is not None else NOT_KNOWN if pence is None else _("once")
    way = _(WAYS[row.way]) if row.way in WAYS and row.way != overview.way and row.part != BANK else ""
    total = NOT_KNOWN if pence is None else shown(pence)
    right = _columns(overview, way, week, total, narrow=narrow)
    if pence is None:
        return ListRow(_mark(row) + row.label, Content.styled(right, "bold $red"), whole=True)
    if row.part == BANK:
        return ListRow(_("   more on bank holidays"), right)
    return ListRow(_mark(row) + row.label, right, whole=True)


def _mark(row: Row) -> Content:
    """What is to be looked at: two versions of the record, or something that stands against keeping the budget."""
    if row.record is not None and row.record.open:
        return Content.styled(f"{SHAPES.two_versions} ", "bold $purple")
    return Content.styled(f"{SHAPES.late} ", "bold $red") if row.problems and row.lines else Content("")


def undo(record_id: str, label: str) -> Option:
    """The line in the place of one that was taken out, which puts it back."""
    return Option(ListRow(_("Removed: {what}. Undo").format(what=label)), id=f"{UNDO}{record_id}")


def additions(session: Session, overview: Overview, supports: Iterable[Record]) -> Iterator[Option]:
    """Lines that add something: first what the plan has without a line, then anything, then who is paid."""
    yield gap()
    lines = [(f"{SUPPORT}{support.record_id}", support_words(session, support)) for support in supports]
    lines += [(f"{ADD}{kind}", forms.form(kind).add) for kind in _kinds(overview)]
    for number, (line_id, words) in enumerate(lines):
        yield Option(ListRow(f"+ {words}", "" if number else Content.styled("F7", "$quiet")), id=line_id)
    if names := _names(overview.records.workers):
        yield Option(ListRow(_("Who is paid to help"), names), id=WORKERS)


def _kinds(overview: Overview) -> list[str]:
    """What can be added, the likeliest first: costs to a one-off budget; hours need somebody who comes."""
    hours = ["shift"] if overview.records.workers else ["worker", "shift"]
    return ["cost", *hours] if overview.has_one_total else [*hours, "cost"]


def support_words(session: Session, support: Record) -> str:
    """What a support of the plan offers: "Help in the garden, Tom: add hours"."""
    parts = (" ".join(record_lists.display(session, support, name).split()) for name in ("what", "provider"))
    what = ", ".join(part for part in parts if part)
    if line_edits.kind_of_line(support) == "shift":
        return _("{what}: add hours").format(what=what)
    return _("{what}: add a cost").format(what=what)


def state(session: Session, overview: Overview) -> str:
    """Whether a version of the budget is kept, and whether it is still as it was then."""
    kept = next(iter(versions.all_of(session, overview.records.budget)), None)
    if kept is None:
        return _("Not kept as a version yet")
    words = (
        _("Changed since version {number}")
        if versions.is_changed(overview.candidate, kept)
        else _("Kept as version {number}")
    )
    return words.format(number=versions.number(kept))


def managed(overview: Overview) -> str:
    """How the lines are managed, unless one says otherwise; "" while there are none."""
    if not overview.worked.lines:
        return ""
    way = _(WAYS[overview.way]) if overview.way in WAYS else overview.way
    if all(line.way == overview.way for line in overview.worked.lines):
        return way
    return _("{way}, unless a line says otherwise").format(way=way)


def _names(workers: Sequence[Record]) -> str:
    """Who is paid, by name."""
    return ", ".join(" ".join(worker.text("name").split()) or _(record_lists.UNSAID) for worker in workers)
