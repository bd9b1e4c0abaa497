"""Fits the lines about a person into the head, and says when there are more."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from phb_tui.i18n import _, n_

ROOMS = ((30, 9), (24, 4), (16, 3), (0, 2))
"""Pairs of (smallest window height, rows of the head below its first row)."""


def room(height: int) -> int:
    """Number of rows the head may have below its first one, by the window's height in rows."""
    return next(rows for least, rows in ROOMS if height >= least)


def fold(first: Sequence[str], rest: Sequence[str], width: int, most: int) -> list[str]:
    """Select the lines that fit, alerts first; the last one says how many are left out and how to see them.

    Args:
        first: Alerts and must-know facts, most important first.
        rest: Communication needs and adjustments; at least one of them is shown.
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
    words = "  " + n_("{count} more: F8", "{count} more: F8", hidden).format(count=hidden)
    return [
        cut(line, width - cell_len(words)) + words if number == at else cut(line, width)
        for number, line in enumerate(lines)
    ]


def cut(line: str, width: int) -> str:
    """Shorten a line to a width in columns; a cut line ends in a mark that tells how to read the rest."""
    if cell_len(line) <= width:
        return line
    words = _(" ... F8")
    return f"{set_cell_size(line, max(width - cell_len(words), 1)).rstrip()}{words}"
