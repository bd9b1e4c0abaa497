"""The lists of the person's page work as one: arrows go from one to the next, a digit or letter opens a line of any."""

import pytest
from textual.widgets import OptionList

from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.session import Session
from tests.screens.screen_harness import opened_screen, painted, somebody

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("key", "section"), [("2", "step-2"), ("p", "people"), ("g", "list-goal"), ("c", "consent")])
async def test_a_digit_or_letter_opens_a_line_of_any_list(session: Session, key: str, section: str) -> None:
    """Whichever list has the focus, the key that a line shows opens it."""
    for downs in (0, 2, 8):
        async with opened_screen(session, PersonOverviewScreen(somebody(session).record_id)) as pilot:
            await pilot.press(*["down"] * downs, key)
            await pilot.pause()
            screen = pilot.app.screen
            assert isinstance(screen, SectionScreen)
            assert screen.section.id == section


async def test_arrows_go_from_one_list_to_the_next(session: Session) -> None:
    """Down at the end of a list goes to the first line of the next one, and up goes back the same way."""
    async with opened_screen(session, PersonOverviewScreen(somebody(session).record_id)) as pilot:
        seen = []
        for key in (*["down"] * 7, *["up"] * 7):
            await pilot.press(key)
            await pilot.pause()
            line = next(line for line in painted(pilot).splitlines() if SHAPES.here in line)
            seen.append(line[line.index(SHAPES.here) + 1])
        assert seen == [*"123456g", *"654321", "7"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, TodayScreen)


async def test_the_mark_and_the_cursor_are_on_the_line_of_the_focus_alone(session: Session) -> None:
    """One mark is painted, and the terminal's cursor is on it."""
    async with opened_screen(session, PersonOverviewScreen(somebody(session).record_id)) as pilot:
        for _ in range(9):
            await pilot.press("down")
            await pilot.pause()
            rows = painted(pilot).split("\n")
            marked = [(row.index(SHAPES.here), y) for y, row in enumerate(rows) if SHAPES.here in row]
            assert marked == [tuple(pilot.app.cursor_position)]
        assert len(pilot.app.screen.query(OptionList)) == 2
