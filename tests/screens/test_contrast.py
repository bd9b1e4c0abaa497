"""What is painted can be seen: on every screen, in three themes, with as many colours as a terminal has."""

from typing import Any

import pytest
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Static

from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.design.themes import THEMES
from phb_tui.services.session import Session
from tests import counts
from tests.screens.app_harness import on_each, opened, rhys
from tests.screens.contrast import too_faint, yellow_outside_the_focus
from tools.pictures.painted import DEPTHS, Depth

pytestmark = pytest.mark.anyio
OF_DEPTH = pytest.mark.parametrize("depth", counts.some(DEPTHS), ids=lambda depth: depth.name)


class Planted(Screen[None]):
    """Something to see, in a colour on white, in a box that scrolls.

    Args:
        text: What is to be seen.
        color: Its colour.
        thumb: The colour of the scroll bar's thumb.
    """

    CSS = """
    Planted VerticalScroll { background: #ffffff; scrollbar-size-vertical: 2; scrollbar-background: #ffffff; }
    Planted Static { background: #ffffff; height: 40; }
    """

    def __init__(self, text: str, color: str, thumb: str = "#000000") -> None:
        super().__init__()
        self.text, self.color, self.thumb = text, color, thumb

    def compose(self) -> ComposeResult:
        with VerticalScroll() as box:
            words = Static(self.text)
            words.styles.color = self.color
            yield words
        box.styles.scrollbar_color = self.thumb


@OF_DEPTH
async def test_everything_is_easy_to_see_in_all_three_themes(depth: Depth, session: Session) -> None:
    """Words are painted at 7:1 or better, edges and shapes at 3:1, on every screen and in each set of colours."""

    async def look(app: PhbApp, pilot: Pilot[int], screen: Screen[Any]) -> object:
        faint = {}
        for theme in THEMES:
            depth.use(app, theme.name)
            await pilot.pause()
            faint[theme.name] = too_faint(screen, depth)
        return {theme: words for theme, words in faint.items() if words}

    assert await on_each(session, rhys(session), look, step=counts.STEP) == {}


async def test_nothing_but_the_focus_has_a_yellow_ground(session: Session) -> None:
    """On every screen and in each theme what has the ground of the focus is part of what has the focus."""

    async def look(app: PhbApp, pilot: Pilot[int], screen: Screen[Any]) -> object:
        found = {}
        for theme in THEMES:
            app.theme = theme.name
            await pilot.pause()
            found[theme.name] = yellow_outside_the_focus(screen, theme.variables["focus"])
        return {theme: words for theme, words in found.items() if words}

    assert await on_each(session, rhys(session), look, step=counts.STEP) == {}


async def test_a_yellow_ground_outside_the_focus_is_found(session: Session) -> None:
    """Words on yellow beside what has the focus are noticed, and the line that has it is not."""
    planted = Planted("Words", "#000000")
    async with opened(session) as (app, pilot):
        yellow = THEMES[0].variables["focus"]
        await pilot.press("down")
        assert yellow_outside_the_focus(app.screen, yellow) == set()
        await app.push_screen(planted)
        planted.set_focus(None)
        planted.query_one(Static).styles.background = yellow
        await pilot.pause()
        assert yellow_outside_the_focus(planted, yellow) != set()


@pytest.mark.parametrize("depth", counts.some(DEPTHS), ids=lambda depth: depth.name)
@pytest.mark.parametrize(
    ("screen", "is_found"),
    [
        (Planted("Words", "#000000"), False),
        (Planted("Words", "#9a9a9a"), True),
        (Planted("╭──╮", "#6a6a6a"), False),
        (Planted("╭──╮", "#d8d8d8"), True),
        (Planted("► Words", "#6a6a6a"), True),
        (Planted("Words", "#000000", thumb="#e8e8e8"), True),
    ],
    ids=["words", "faint words", "edge", "faint edge", "words faint as an edge", "faint scroll bar"],
)
async def test_what_is_too_faint_is_found(depth: Depth, screen: Planted, session: Session, *, is_found: bool) -> None:
    """A faint word, edge or scroll bar is noticed with as many colours as a terminal has, and nothing else is."""
    planted = Planted(screen.text, screen.color, screen.thumb)
    async with opened(session) as (app, pilot):
        await app.push_screen(planted)
        await pilot.pause()
        assert bool(too_faint(planted, depth)) == is_found
