"""Columns stand under each other and what fits is whole, whatever script a name is in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from phb_tui.screens.caseload.people_row import line_words
from phb_tui.screens.widgets.read_only import shortened
from phb_tui.services.person.caseload import Line

NAMES = [
    "Ann Aaa",
    "\u5c0f\u9f8d \u674e",
    "Q\u0307" * 9,
    "\u09aa\u09cd\u09b0\u09bf\u09af\u09bc\u09be \u09ac",
    "\U0001f469\u200d\U0001f467 Jones",
]
WORDS = st.sampled_from(NAMES) | st.lists(st.sampled_from(NAMES), max_size=8).map(" ".join)


def line(name: str) -> Line:
    """Somebody of that name."""
    return Line("id", name, "27 Mar 1957", "999 000 0018", "1 Dec 2026", 2, waiting=True, conflict=False)


@given(WORDS, st.integers(60, 160))
def test_columns_stand_under_each_other(name: str, width: int) -> None:
    """The date of birth begins in the same column for every name, and no line is wider than its room."""
    placed = {cell_len(line_words(line(one), width).partition("27 Mar")[0]) for one in (name, "Ann")}
    assert len(placed) == 1
    assert cell_len(line_words(line(name), width)) <= width


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_fits_is_whole(name: str) -> None:
    """A name of up to 14 columns is whole in a window of 80, whatever its letters are made of."""
    assert name in line_words(line(name), 76)


@given(WORDS, st.integers(10, 80))
def test_what_is_shortened_fits(words: str, room: int) -> None:
    """The start of a text takes no more columns than there are, and is the whole text where that fits."""
    found = shortened(words, room)
    assert cell_len(found) <= room
    assert found == words or cell_len(words) > room
