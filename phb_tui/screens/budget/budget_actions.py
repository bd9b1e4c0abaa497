"""What can be done with a budget and with a line of it: its letters, words and the screens that it opens."""

from __future__ import annotations

from collections.abc import Iterator

from phb_tui.i18n import N_, _
from phb_tui.screens.lists.chip_row import Chip
from phb_tui.screens.lists.line_list import keys_without

COMPARE = "compare"
"""The only screen about a budget that is for staff alone."""
PARTS: tuple[tuple[str, str, str], ...] = (
    ("e", N_("Is it enough?"), "enough"),
    ("k", N_("Keep a version"), "keep_budget"),
    ("w", N_("What if"), "what_if"),
    ("m", N_("Pictures"), "money_pictures"),
    ("u", N_("Usual package"), COMPARE),
    ("p", N_("Print"), "copies"),
)
"""Letter, words and registry name of the screens about the whole budget."""
COPY, RATE, REMOVE = "copy", "rate", "remove"
LINE_ACTIONS = (("c", N_("Copy"), COPY), ("r", N_("Another rate"), RATE), ("x", N_("Remove"), REMOVE))
"""Letter, words and id of what can be done with the line that is highlighted."""
SHORT = {"enough": N_("Enough?"), "keep_budget": N_("Keep"), COMPARE: N_("Package"), RATE: N_("New rate")}
"""Shorter words for a narrow window, where there are such."""
_OWN = {letter for letter, *_rest in (*LINE_ACTIONS, *PARTS)}
FREE_KEYS = keys_without(_OWN)
"""Keys for the lines of the list; the other letters belong to the actions."""


def chips(*, narrow: bool, hides: bool) -> Iterator[Chip]:
    """What can be done with the budget, and with the line that is highlighted.

    Args:
        narrow: Whether shorter words are said.
        hides: Whether what is for staff alone is left out.
    """
    for key, words, code in (*PARTS, *LINE_ACTIONS):
        if code != COMPARE or not hides:
            yield Chip(code, key, f"{key}  {_(SHORT.get(code, words) if narrow else words)} ")
