"""What Enter opens is what was painted, also while a list is filled anew."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widgets.option_list import Option

import phb_tui
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.services.session import Session
from tests.screens.screen_harness import opened_screen

pytestmark = pytest.mark.anyio


class Listed(BaseScreen):
    """A screen with one list."""

    TITLE = "Listed"

    def __init__(self) -> None:
        super().__init__()
        self.chosen: list[str] = []

    def compose_body(self) -> ComposeResult:
        yield StableList(id="steady")

    @property
    def steady(self) -> StableList:
        return self.query_one(StableList)

    def show(self, names: str, *, arriving: bool = False) -> None:
        """An option for each letter."""
        self.arriving = arriving
        self.steady.refill([Option(f"Line {name}", id=name) for name in names])
        self.arriving = False

    def on_option_list_option_selected(self, event: StableList.OptionSelected) -> None:
        self.chosen.append(str(event.option.id))


def click(screen: Listed, x: int, y: int) -> events.Click:
    """A click at a place of the screen."""
    return events.Click(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False, screen_x=x, screen_y=y)


@asynccontextmanager
async def listed(session: Session, names: str = "abcd") -> AsyncIterator[tuple[Listed, Pilot[int]]]:
    screen = Listed()
    async with opened_screen(session, screen) as pilot:
        screen.show(names)
        await pilot.pause()
        yield screen, pilot


@pytest.mark.parametrize("now", ["xabcd", "cab", "abcdxyz", "xyzcw"])
async def test_the_highlight_stays_on_its_record(session: Session, now: str) -> None:
    """Wherever others' records come in, Enter opens the record that was highlighted."""
    async with listed(session) as (screen, pilot):
        await pilot.press("down", "down")
        screen.show(now, arriving=True)
        await pilot.press("enter")
        assert screen.chosen == ["c"]


@pytest.mark.parametrize(("key", "then"), [("down", "d"), ("up", "b")])
async def test_enter_opens_no_other_record_when_one_has_gone(session: Session, key: str, then: str) -> None:
    """Where the highlighted record goes with others' words Enter opens nothing; an arrow goes on from its place."""
    async with listed(session) as (screen, pilot):
        await pilot.press("down", "down")
        screen.show("abd", arriving=True)
        await pilot.press("enter")
        assert screen.chosen == []
        await pilot.press(key, "enter")
        assert screen.chosen == [then]


@pytest.mark.parametrize("key", ["down", "up"])
async def test_an_arrow_finds_a_line_after_the_last_one_has_gone(session: Session, key: str) -> None:
    """From beyond the end of the list an arrow goes to its last line."""
    async with listed(session) as (screen, pilot):
        await pilot.press("end")
        screen.show("abc", arriving=True)
        await pilot.press(key, "enter")
        assert screen.chosen == ["c"]


@given(before=st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True), now=st.permutations("abcdefghij"),
       left=st.integers(0, 10), at=st.integers(0, 9))  # fmt: skip
def test_whatever_comes_and_goes_enter_opens_what_was_painted_or_nothing(
    before: list[str], now: list[str], left: int, at: int
) -> None:
    """Any list filled anew in any way: the option that Enter would choose is the one from before, or none."""
    steady = StableList(*(Option(name, id=name) for name in before))
    steady.highlighted = at % len(before)
    meant = steady.highlighted_option
    steady.refill([Option(name, id=name) for name in now[:left]], arriving=True)
    assert meant is not None
    found = steady.highlighted_option
    assert (found.id if found else None) == (meant.id if meant.id in now[:left] else None)


async def test_a_click_is_meant_for_the_line_that_was_painted(session: Session) -> None:
    """A click between filling the list and painting it opens the record that is still on the screen there."""
    async with listed(session) as (screen, pilot):
        at = screen.steady.content_region.offset
        with pilot.app.batch_update():  # nothing is painted meanwhile
            screen.show("xyzabcd", arriving=True)
            screen._forward_event(click(screen, at.x + 2, at.y + 1))
            await asyncio.sleep(0.05)
            assert screen.chosen == ["b"]


async def test_a_click_on_a_line_that_has_gone_opens_nothing(session: Session) -> None:
    """A click between filling a shorter list and painting it never opens another record, nor ends the app."""
    async with listed(session) as (screen, pilot):
        at = screen.steady.content_region.offset
        with pilot.app.batch_update():
            screen._forward_event(click(screen, at.x + 2, at.y + 3))
            screen.show("ab", arriving=True)
            await asyncio.sleep(0.05)
            assert screen.chosen == []


def test_every_list_is_filled_anew_in_one_way() -> None:
    """No screen fills a list by Textual's own means, which lose the highlight and know nothing of what was painted."""
    own = re.compile(r"\.(set_options|clear_options|add_options?|remove_option\w*)\(")
    home = Path(phb_tui.__file__).parent
    found = [
        file.name
        for file in home.rglob("*.py")
        if file.name != "stable_list.py" and own.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
