"""Rows of what differs between two budgets: now, what if, and in words and shapes whether it is more or less."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.i18n import N_, _
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.row import Row
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.budget.differences import GONE, NEW, Difference, Group

_FIGURE = 13
"""Columns of a figure, as many as the largest amount has; longer words stand in rows of their own."""
_LONGEST = 300
"""Columns of words of which the rest is left out: a line is opened to read all of them."""
_DEARER, _CHEAPER, _MORE, _LESS = N_("dearer"), N_("cheaper"), N_("more"), N_("less")
_TITLES = {NEW: N_("{line}: new in the what if"), GONE: N_("{line}: not in the what if")}


def heading(group: Group, *, with_columns: bool) -> Row:
    """The heading of a group, with what the columns below are."""
    title = _(_TITLES[group.state]).format(line=group.title) if group.state else group.title
    columns = _columns(_("now"), _("what if"), "") if with_columns else ""
    return Row(Content.styled(title, "bold $bold"), Content.styled(columns, "$quiet"))


def row(found: Difference) -> Row | Content:
    """One thing that differs; words that are too long for a column stand below it."""
    now, then = (shortened(words, _LONGEST) if words else _("none") for words in (found.now, found.then))
    if max(cell_len(now), cell_len(then)) <= _FIGURE:
        return Row(f"  {found.what}", _columns(now, then, _mark(found)))
    mark = f"  {mark}" if (mark := _mark(found)) else ""
    return Content("\n").join(
        (
            Content(f"  {found.what}{mark}"),
            Content("    " + _("now: {words}").format(words=now)),
            Content("    " + _("what if: {words}").format(words=then)),
        )
    )


def compared(pence: int) -> str:
    """A difference of money as shape, amount and word: "▼ £23.70 cheaper"."""
    if not pence:
        return _("the same")
    words = _("{sum} dearer") if pence > 0 else _("{sum} cheaper")
    return f"{_shape(pence)} " + words.format(sum=pounds(abs(pence)))


def _mark(found: Difference) -> str:
    if not found.change:
        return ""
    more, less = (_DEARER, _CHEAPER) if found.is_cost else (_MORE, _LESS)
    return f"{_shape(found.change)} " + _(more if found.change > 0 else less)


def _shape(change: int) -> str:
    return SHAPES.rises if change > 0 else SHAPES.falls


def _columns(now: str, then: str, mark: str) -> str:
    width = max(cell_len(_(word)) for word in (_DEARER, _CHEAPER, _MORE, _LESS)) + cell_len(SHAPES.rises) + 1
    figures = " ".join(" " * max(0, _FIGURE - cell_len(words)) + words for words in (now, then))
    return f"{figures} {mark}{' ' * max(0, width - cell_len(mark))}"
