"""A test looks at a screen only when the app has done all it was asked; nothing that is half-drawn ends the app."""

import asyncio

import pytest
from textual.events import MouseMove

from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.session import Session
from tests.screens.screen_harness import opened_screen, painted, somebody, words

pytestmark = pytest.mark.anyio


async def test_the_mouse_over_a_field_that_is_being_taken_away_ends_nothing(session: Session) -> None:
    """Between taking a page's fields away and drawing the next, the mouse still lies over a field that is gone."""
    async with opened_screen(session, FormScreen(somebody(session, phone="1"))) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        field = words(pilot, "given_name")
        x, y = field.content_region.offset
        move = MouseMove(None, x, y, 0, 0, 0, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)
        async with screen.batch():
            page = screen.query_one("#page")
            await page.remove_children()
            screen._forward_event(move)
            await page.mount_all(screen._compose_page())
        await pilot.pause()
        assert pilot.app._exception is None
        assert screen.query(TextField)


async def test_a_test_waits_while_something_is_half_drawn(session: Session) -> None:
    """However long drawing takes and however little of the machine there is, a pause lasts until it is done."""
    async with opened_screen(session, FormScreen(somebody(session, phone="1"))) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        drawn = asyncio.Event()

        async def draw() -> None:
            async with screen.batch():
                page = screen.query_one("#page")
                await page.remove_children()
                await asyncio.sleep(0.3)  # another program has the machine
                await page.mount_all(screen._compose_page())
            drawn.set()

        screen.call_next(draw)
        await pilot.pause()
        assert drawn.is_set()
        assert "Family name" in painted(pilot)
