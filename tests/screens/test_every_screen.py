"""What holds for every screen there is."""

import gc
import inspect
import pkgutil
import re
import weakref
from importlib import import_module
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

import phb_tui.screens
from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.base.reader import PaperReader, Reader
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.draft_screen import DraftScreen
from phb_tui.screens.forms.form_page import FormPage
from phb_tui.screens.forms.one_record import RecordForm
from phb_tui.screens.frame.hint_bar import HintBar
from phb_tui.screens.history.record_screen import RecordScreen
from phb_tui.services.session import Session
from tests import counts
from tests.screens.app_harness import SCREENS, on_each, opened, rhys
from tests.screens.screen_harness import SIZES, painted

pytestmark = pytest.mark.anyio
KEPT_BY_TERMINALS = ("alt+", "ctrl+shift+", "f10", "f11")


def ours(kind: type[Any]) -> set[type[Any]]:
    """Every class of ours of a kind, found by looking through the package."""
    found: set[type[Any]] = set()
    for module in pkgutil.walk_packages(phb_tui.screens.__path__, "phb_tui.screens."):
        for _, member in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(member, kind) and member.__module__.startswith("phb_tui"):
                found.add(member)
    return found


BASES = {"Draft", "Styled", "Base", "Person", "Reader", "PaperReader", "Record", "RecordForm", "FormPage", "Filter"}
"""What screens are made from."""


async def test_no_screen_is_forgotten_here() -> None:
    """The list of screens that these tests go through is whole."""
    made = {name.title().replace(" ", "") for name in SCREENS}
    there = {kind.__name__.removesuffix("Screen") for kind in ours(Screen)} - BASES
    assert there - made == set()


TIMES = 3
SAME = {"form with choices", "form with lists", "section of people"}
"""Screens of a class that another name stands for."""


async def test_a_screen_that_was_closed_is_gone(session: Session) -> None:
    """After opening and closing a screen some times at most two of it are left in memory."""
    person = rhys(session)
    alive: dict[str, list[weakref.ref[Screen[Any]]]] = {}
    async with opened(session) as (app, pilot):
        for name in counts.some(SCREENS):
            alive[name] = []
            for _ in range(0 if name in SAME else TIMES):
                screen = SCREENS[name](app, session, person)
                alive[name].append(weakref.ref(screen))
                await app.push_screen(screen)
                await app.pop_screen()
                del screen
            await pilot.pause()
        gc.collect()
        left = {name: sum(1 for ref in refs if ref() is not None) for name, refs in alive.items()}
    assert {name: count for name, count in left.items() if count > 2} == {}


async def test_hints_are_never_clipped_and_at_most_eight(session: Session) -> None:
    """The row of keys of every screen fits the window at every size we support, and Esc, help and menu do not move."""

    async def look(_app: PhbApp, pilot: Pilot[int], screen: Screen[Any]) -> object:
        clipped = {}
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            if not isinstance(screen, BaseScreen):
                continue
            words = str(screen.query_one(HintBar).visual)
            placed = all(words.find(cap) in {-1, at} for cap, at in ((" Esc ", 0), (" F1 ", 12), (" F9 ", 23)))
            if not 0 < len(words.rstrip()) <= width - 2 or len(re.split(" {3,}", words.strip())) > 8 or not placed:
                clipped[width] = words
        return clipped

    assert await on_each(session, rhys(session), look, step=counts.STEP) == {}


async def test_something_has_the_focus(session: Session) -> None:
    """Nobody has to press Tab before a screen can be used: what has the focus is shown."""

    async def look(app: PhbApp, _pilot: Pilot[int], _screen: Screen[Any]) -> object:
        focused = app.focused
        if not isinstance(focused, Widget):
            return "nothing has the focus"
        return "" if all(node.display for node in focused.ancestors_with_self) else "what has the focus is hidden"

    assert await on_each(session, rhys(session), look) == {}


async def test_no_key_is_a_letter() -> None:
    """No shortcut is a single printable character or a key that terminals keep for themselves (WCAG 2.1.4)."""
    wrong = []
    for kind in ours(Widget) | ours(Screen) | ours(App) | {PhbApp}:
        for binding in kind.__dict__.get("BINDINGS", []):
            keys = binding.key.split(",")
            wrong += [f"{kind.__name__} {key}" for key in keys if len(key) == 1 or key.startswith(KEPT_BY_TERMINALS)]
    assert wrong == []


async def test_every_screen_explains_itself() -> None:
    """Every screen has a title and a text for F1."""
    bases = {BaseScreen, PersonScreen, Reader, PaperReader, RecordScreen, RecordForm, FormPage, DraftScreen}
    screens = ours(BaseScreen) - bases
    silent = [screen.__name__ for screen in screens if not (getattr(screen, "HELP", "") and screen.TITLE)]
    assert silent == []


async def test_family_view_hides_what_is_not_for_the_family(session: Session) -> None:
    """In family view no staff note, NHS number, other people or talk of sending is on the screen."""
    person = rhys(session)
    async with opened(session, (160, 48)) as (app, pilot):
        await app.push_screen(SCREENS["person overview"](app, session, person))
        await pilot.pause()
        assert "Lone-worker alert" in painted(pilot)
        await pilot.press("f2")
        await pilot.pause()
        text = painted(pilot)
        assert "Rhys" in text
        hidden = [word for word in ("Lone-worker", "Dog", "999 000", "to send", "Price", "Sync") if word in text]
        assert hidden == []


async def test_leaving_family_view_asks_to_turn_the_laptop_first(session: Session) -> None:
    """Esc from the person's screen in family view shows a plain page before other people can be seen."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(SCREENS["person overview"](app, session, person))
        await pilot.press("f2")
        await pilot.press("escape")
        await pilot.pause()
        assert "Turn the laptop back to you first" in painted(pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "Type the word staff" in painted(pilot)
        await pilot.press(*"staff", "enter")
        await pilot.pause()
        assert not app.family
        assert "Your people" in painted(pilot)
