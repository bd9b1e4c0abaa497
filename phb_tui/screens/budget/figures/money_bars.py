"""Bars of money: what a sum is for, a bar, the amount beside it, and how much of every 100 pounds that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rich.cells import cell_len
from textual.content import Content

from phb_tui.domain.budget import shares_of_money
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.budget.shares_of_money import Bar
from phb_tui.i18n import _
from phb_tui.screens.design.shapes import SHAPES

SHORTEST = 20
"""Cells that the longest bar has at least beside its words; with less room it stands in a row below them."""
_PART = 9
"""Columns of the last column."""


def rows(sums: Mapping[str, int], named: Callable[[str], str], width: int) -> list[Content]:
    """Rows of a picture of sums.

    Args:
        sums: Pence by name.
        named: What a name is called.
        width: Columns that there are.
    """
    whole = [_figure(pence) for pence in sums.values()]
    names = max((cell_len(named(name)) for name in sums), default=0)
    figures = max((len(figure) for figure in whole), default=0) + 2
    room = width - names - figures - _PART - 2
    beside = room >= SHORTEST
    heading = _("of £100").rjust(_PART)
    drawn = [Content.styled(" " * (width - cell_len(heading)) + heading, "$quiet")]
    for bar in shares_of_money.bars(sums, room if beside else max(width, 1)):
        line = Content.styled((SHAPES.sum if beside else SHAPES.filled) * bar.cells, "$blue")
        right = f"{_figure(bar.pence):>{figures}}{_part(bar):>{_PART}}"
        if beside:
            left = named(bar.name)
            drawn.append(
                Content.assemble(
                    f"{left}{' ' * (names + 2 - cell_len(left))}", line, f"{' ' * (room - bar.cells)}{right}"
                )
            )
        else:
            left = named(bar.name)
            drawn += [Content(left + " " * max(1, width - cell_len(left) - len(right)) + right), line]
    return drawn


def _figure(pence: int) -> str:
    return pounds(pence)


def _part(bar: Bar) -> str:
    """How much of every 100 pounds a sum is; "" where a sum is below nought, for then there are no parts."""
    if bar.of_hundred is None:
        return ""
    return _("under 1") if bar.pence and not bar.of_hundred else str(bar.of_hundred)
