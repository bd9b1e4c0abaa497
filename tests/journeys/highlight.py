"""The highlighted line of a list in a terminal: its words, and whether the highlight has moved."""

import re

from phb_tui.screens.design.shapes import SHAPES

TITLE = 30
"""Columns of a line before its state, which changes while the highlight stays."""


def line_words(row: str) -> str:
    """The words of a row of the screen, without the line of the panel and the mark before them."""
    return re.sub(rf"^[\s│┃{SHAPES.here}]+", "", row).rstrip(" │┃")


def moved(before: tuple[int, str], now: tuple[int, str], at_old_row: str) -> bool:
    """Whether the highlight is on another line than before.

    A list that is filled anew paints another state beside the same line, and one that scrolls paints the same line in
    another row. Taken for a move, either would leave a key on its way that moves the highlight later, and Enter would
    open the line after the one that was seen.

    Args:
        before: The row and the words of the highlighted line.
        now: The same, now.
        at_old_row: What stands now in the row that was highlighted.
    """
    same_words = now[1][:TITLE] == before[1][:TITLE]
    did_not_scroll = at_old_row.strip()[:TITLE] == before[1][:TITLE]
    return bool(now[1]) and (not same_words or (now[0] != before[0] and did_not_scroll))
