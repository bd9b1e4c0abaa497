"""Marks of state beside their words."""

import re
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.services.session import Session
from tests import counts
from tests.screens.app_harness import on_each, rhys
from tests.screens.screen_harness import painted

pytestmark = pytest.mark.anyio
MARK = re.compile(r"(?<!\S)[○◐●◆!](?!\S)")
WORD = re.compile(r" {1,3}[^\W_]")


def without_word(text: str) -> list[str]:
    """The rows in which a mark of state stands without a word behind it."""
    rows = text.splitlines()
    return [row.strip() for row in rows if any(not WORD.match(row, mark.end()) for mark in MARK.finditer(row))]


async def test_a_mark_of_state_has_its_word(session: Session) -> None:
    """Behind each circle, diamond and exclamation mark on any screen a word says what it means."""

    async def look(_app: PhbApp, pilot: Pilot[int], _screen: Screen[Any]) -> object:
        return without_word(painted(pilot))

    assert await on_each(session, rhys(session), look, step=counts.STEP) == {}


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("│ 1  ● Information   ━━━── │", False),
        ("│ 1  ●  ━━━── │", True),
        ("│ Annie Example                    ◆ │", True),
        ("│ 0  ◆ Two versions  Grace │", False),
        ("│ 4  !                     5 days late │", True),
        ("│ Come in! (•) 3 Not yet │", False),
        ("◐ Begun 09:34", False),
        ("○", True),
    ],
)
def test_a_mark_without_a_word_is_found(row: str, found: bool) -> None:  # noqa: FBT001 - one of a list of examples
    """A mark with nothing behind it, or with a gap before the word, is noticed."""
    assert bool(without_word(row)) == found
