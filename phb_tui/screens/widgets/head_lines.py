"""What of the lines about a person fits at the top of a screen, and that there is more."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from phb_tui.i18n import _, n_

ROOMS = ((30, 9), (24, 5), (16, 4), (0, 3))
"""From so many rows of the window on, so many rows below the first one of the head."""


def room(height: int) -> int:
    """How many rows below its first one the head may have in a window of so many rows."""
    return next(rows for least, rows in ROOMS if height >= least)


def fold(first: Sequence[str], rest: Sequence[str], width: int, most: int) -> list[str]:
    """The lines that fit, alerts first; whatever is left out or cut says how to see it.

    Args:
        first: Alerts and what one must know, most important first.
        rest: How to communicate, adjustments; at least one of them is shown.
        width: Columns.
        most: Rows; 2 at least.
    """
    beside = min(len(rest), max(most - len(first), 1))
    top = list(first[: most - beside])
    hidden = len(first) - len(top) + len(rest) - beside
    lines = [*top, *rest[:beside]]
    if not hidden:
        return [cut(line, width) for line in lines]
    # The count stands where the row that is missing would be: after the last alert, or after the last of the rest.
    at = len(top) - 1 if len(top) < len(first) else len(lines) - 1
    words = f"  {n_('{count} more: F8', '{count} more: F8', hidden).format(count=hidden)}"
    return [
        cut(line, width - cell_len(words)) + words if number == at else cut(line, width)
        for number, line in enumerate(lines)
    ]


def cut(line: str, width: int) -> str:
    """A line cut to so many columns; that it goes on, and where, shows at its end."""
    if cell_len(line) <= width:
        return line
    words = _(" ... F8")
    return f"{set_cell_size(line, max(width - cell_len(words), 1)).rstrip()}{words}"
