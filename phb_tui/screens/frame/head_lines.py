"""Fits what must be known about a person into the rows under the head, and says when there is more."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from phb_tui.i18n import _, n_
from phb_tui.screens.design.shapes import SHAPES

ROOMS = ((30, 9), (24, 4), (16, 3), (0, 2))
"""Pairs of (smallest window height, most rows below the first one of the head)."""

BETWEEN = "   "
"""What stands between two lines that share a row."""

SHORTEST = 16
"""Columns that a line is cut to at the least; below, it is counted instead."""

PLACE = 6
"""Columns that stay of the beginning of the place at the least; with less, its end is cut instead."""

LINE_STYLE = {True: "bold $red", False: "$ink"}
"""Style of an alert or must-know fact, and of a need."""

Row = list[tuple[str, bool]]
"""The lines that share a row, each with whether it is an alert or must-know fact."""


def room(height: int) -> int:
    """Number of rows the head may have below its first one, by the window's height in rows."""
    return next(rows for least, rows in ROOMS if height >= least)


def fold(first: Sequence[str], rest: Sequence[str], width: int, most: int, *, named: bool = False) -> list[Content]:
    """Lay lines out in rows, alerts first; lines that fit whole share a row, and only one longer than a row is cut.

    When something is cut or left out, the right end of the last row names the key that shows it, with how many lines
    are left out.

    Args:
        first: Alerts and must-know facts, most important first.
        rest: Communication needs and adjustments; at least one of them is shown.
        width: Columns.
        most: Rows; 2 at least.
        named: Whether one of the lines names the key already: then it is not named again for what is only cut.
    """
    alerts, needs = [(line, True) for line in first], [(line, False) for line in rest]
    rows = _packed([*alerts, *needs], width)
    if len(rows) > most:
        top, below = _packed(alerts, width), _packed(needs, width)
        beside = min(len(below), max(most - len(top), 1))
        rows = [*top[: most - beside], *below[:beside]]
    total, cut_off = len(first) + len(rest), any(cell_len(line) > width for row in rows for line, _alert in row)
    tail = _tail(rows, total, named=named) if cut_off or sum(map(len, rows)) < total else ""
    while tail and (spare := _spare(rows[-1], width, tail)) < 0 and len(rows[-1]) > 1 and not _can_cut(rows, spare):
        moved = rows[-1].pop()
        if len(rows) < most:
            rows.append([moved])
        tail = _tail(rows, total, named=named)
    made = [_row(row, width) for row in rows]
    if tail:
        last = _row(rows[-1], width - cell_len(tail))
        shown = "\n".join(row.plain for row in [*made[:-1], last])
        style = LINE_STYLE[any(line not in shown for line in first)]
        made[-1] = last + " " * (width - last.cell_length - cell_len(tail)) + Content.styled(tail, style)
    return made


def _packed(lines: Sequence[tuple[str, bool]], width: int) -> list[Row]:
    """The lines in rows: one goes on in the row of the one before it if it fits there whole."""
    rows: list[Row] = []
    for line in lines:
        if rows and _width([*rows[-1], line]) <= width:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _width(row: Row) -> int:
    return sum(cell_len(line) for line, _alert in row) + len(BETWEEN) * (len(row) - 1)


def _spare(row: Row, width: int, tail: str) -> int:
    return width - cell_len(tail) - _width(row)


def _can_cut(rows: list[Row], spare: int) -> bool:
    """Whether the last line of all can be cut to make room, and enough of it stays."""
    return cell_len(rows[-1][-1][0]) + spare >= SHORTEST


def _tail(rows: list[Row], total: int, *, named: bool) -> str:
    hidden = total - sum(map(len, rows))
    if hidden:
        return "  " + n_("{count} more: F8", "{count} more: F8", hidden).format(count=hidden)
    return "" if named else _("  F8")


def _row(row: Row, width: int) -> Content:
    """A row in its colours, its last line cut to the width."""
    parts, left = [], width
    for line, alert in row:
        words = line if cell_len(line) <= left else cut(line, left)
        parts.append(Content.styled(words, LINE_STYLE[alert]))
        left -= cell_len(line) + len(BETWEEN)
    return Content(BETWEEN).join(parts)


def cut(line: str, width: int) -> str:
    """Shorten a line to a width in columns; a cut line ends in the mark for it."""
    if cell_len(line) <= width:
        return line
    return f"{set_cell_size(line, max(width - cell_len(SHAPES.cut), 1)).rstrip()}{SHAPES.cut}"


def cut_middle(words: str, width: int) -> str:
    """Shorten the place in the process to a width in columns; the page or statement at its end stays whole.

    Its end is what follows the last dot or comma between two parts, such as "Page 1 of 2"; a comma within a number is
    none. With no room for more it stands alone.
    """
    if cell_len(words) <= width:
        return words
    at = max(words.rfind(" · ") + 1, words.rfind(", "), 0)
    end = words[at:].replace("  ", " ") if at else ""
    if width - cell_len(end) <= PLACE:
        alone = end.lstrip("·, ")
        if alone and cell_len(alone) <= width:
            return alone
        end = ""
    start = cut(words[:at].rstrip() if end else words, width - cell_len(end) - 1 if end else width)
    return f"{start} {end}" if end else start
