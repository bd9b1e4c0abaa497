"""What is chosen can be followed: the terminal's cursor is on the mark of the chosen line, on every screen."""

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Button, OptionList

from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.caseload.people_list import PeopleList
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.chip_row import ChipRow
from phb_tui.services.session import Session
from tests import counts
from tests.screens.app_harness import on_each, rhys

pytestmark = pytest.mark.anyio
CHOSEN_FROM = (OptionList, ChipRow, PeopleList, Button)
KEYS = ("", "down", "down", "up", "tab", "down", "tab")


def at_cursor(app: PhbApp) -> str:
    """The letter in the cell of the terminal's cursor."""
    x, y = app.cursor_position
    strips = app.screen._compositor.render_strips()
    return strips[y].crop(x, x + 1).text if 0 <= y < len(strips) else ""


def lost(app: PhbApp) -> str:
    """What is wrong with the cursor now; "" for nothing."""
    focused = app.focused
    if focused is None or not focused.region or not focused.is_attached:
        return ""
    if not focused.region.contains_point(app.cursor_position):
        return f"the cursor is at {app.cursor_position}, not in {focused!r}"
    empty = isinstance(focused, OptionList) and focused.highlighted is None
    nobody = isinstance(focused, PeopleList) and focused.line_at(focused.here) is None
    if isinstance(focused, CHOSEN_FROM) and not empty and not nobody and at_cursor(app) != SHAPES.here:
        return f"{at_cursor(app)!r} is at the cursor in {focused!r}"
    return ""


async def test_the_cursor_follows_what_is_chosen(session: Session) -> None:
    """On every screen, after every arrow and Tab, the cursor is in what has the focus, and on its mark."""

    async def look(app: PhbApp, pilot: Pilot[int], _screen: Screen[Any]) -> object:
        wrong = []
        for key in KEYS:
            if key:
                await pilot.press(key)
                await pilot.pause()
            if words := lost(app):
                wrong.append(f"after {key}: {words}")
        return wrong

    assert await on_each(session, rhys(session), look, step=counts.STEP) == {}
