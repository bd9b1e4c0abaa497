"""What a mouse does: a click is on what was seen under it, comes after what was typed, and reaches everything."""

from typing import Any

import pytest
from textual.events import Key, MouseDown, MouseUp
from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.shell.menu import MenuScreen
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from tests.screens.app_harness import on_each, opened, rhys
from tests.screens.screen_harness import painted, shown, type_words, words

pytestmark = pytest.mark.anyio


def place(pilot: Pilot[int], seen: str) -> tuple[int, int]:
    """Column and row of the first place where words are painted."""
    rows = painted(pilot).split("\n")
    return next((row.index(seen), y) for y, row in enumerate(rows) if seen in row)


def button(kind: type[MouseDown | MouseUp], at: tuple[int, int]) -> MouseDown | MouseUp:
    """The button going down or up at a place, as the terminal tells it."""
    return kind(None, *at, 0, 0, 1, False, False, False)


async def click(pilot: Pilot[int], at: tuple[int, int]) -> None:
    """Click as a terminal tells it; the pilot's own click does not come through the app."""
    for kind in (MouseDown, MouseUp):
        pilot.app.post_message(button(kind, at))
        await pilot.pause()
        await pilot.pause()


async def test_a_click_comes_after_what_was_typed_before_it(session: Session) -> None:
    """Words typed just before another field is clicked land in the field that they were typed in."""
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(rhys(session)))
        await pilot.pause()
        field = words(pilot, "given_name")
        field.focus()
        await pilot.pause()
        at = place(pilot, "Family name")
        for letter in "zqw":
            app.post_message(Key(letter, letter))
        for kind in (MouseDown, MouseUp):
            app.post_message(button(kind, at))
        for _ in range(3):
            await pilot.pause()
        assert field.text.endswith("zqw")
        assert words(pilot, "family_name").has_focus


async def test_a_click_is_on_what_was_under_it_when_the_button_went_down(session: Session) -> None:
    """An alert that is saved as its field is left pushes the page down; the option that was clicked is still chosen."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(record_lists.new(session, "flag", person.record_id)))
        await type_words(pilot, "Steep steps")
        await pilot.pause()
        at = place(pilot, "Safeguarding")
        app.post_message(button(MouseDown, at))
        await pilot.pause()
        await pilot.pause()
        assert place(pilot, "Safeguarding") != at
        app.post_message(button(MouseUp, at))
        await pilot.pause()
        assert f"{SHAPES.chosen} 2  Safeguarding" in painted(pilot)


async def test_pages_are_turned_by_a_click_wherever_they_are_turned_by_a_key(session: Session) -> None:
    """In a window of 80 columns the last row of every screen that has pages shows the keys that turn them."""

    async def look(_app: PhbApp, pilot: Pilot[int], screen: Screen[Any]) -> object:
        turns = any(a.binding.id == "next" and a.enabled for a in screen.active_bindings.values())
        return f"no PgDn in {shown(pilot, '#hints')}" if turns and "PgDn" not in shown(pilot, "#hints") else None

    assert await on_each(session, rhys(session), look) == {}


@pytest.mark.parametrize("seen", ["", "Esc closes this"])
async def test_the_menu_is_closed_by_a_click(seen: str, session: Session) -> None:
    """A click beside the menu, or on the words that say how it is closed, closes it."""
    async with opened(session) as (app, pilot):
        await pilot.press("f9")
        await pilot.pause()
        assert isinstance(app.screen, MenuScreen)
        await click(pilot, place(pilot, seen) if seen else (1, 1))
        assert not isinstance(app.screen, MenuScreen)


async def test_a_hint_below_its_field_leads_into_it(session: Session) -> None:
    """A label or hint that is too long for the line around its field is clicked as one in the line is."""
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(rhys(session)))
        await pilot.pause()
        await click(pilot, place(pilot, "10 digits, for example"))
        assert words(pilot, "nhs_number").has_focus
