"""Full garbage collections: when they are made, and what they leave."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from textual._styles_cache import StylesCache
from textual.screen import Screen

from phb_tui.app import garbage
from phb_tui.app.garbage import GarbageCollection
from phb_tui.app.phb_app import PhbApp
from phb_tui.services.session import Session
from phb_tui.settings import Settings
from tests.screens.app_harness import SCREENS, rhys

pytestmark = pytest.mark.anyio


class Knot:
    """Something that only a full collection finds."""

    def __init__(self) -> None:
        self.itself = self


def old_knot() -> "weakref.ref[Knot]":
    """A knot that young collections have passed over."""
    knot = Knot()
    found = weakref.ref(knot)
    gc.collect(1)
    return found


def left_behind() -> None:
    """Make as many middle collections as make a full one worth while."""
    for _ in range(garbage.DUE):
        gc.collect(1)
        _until_a_middle_one_was_made()


def _until_a_middle_one_was_made() -> None:
    before, kept = gc.get_count()[2], []
    while gc.get_count()[2] == before:
        kept.append([0])


async def test_garbage_is_collected_once_nobody_types() -> None:
    """What closed screens left stays until there was no input for a moment, and is then gone."""
    waiting: list[Callable[[], object]] = []
    collection = GarbageCollection()
    gc.collect()
    found = old_knot()
    left_behind()
    collection.collect_if_due(waiting.append)
    collection.collect_if_due(waiting.append)
    assert found() is not None
    assert len(waiting) == 1
    waiting[0]()
    assert found() is None
    left_behind()
    collection.collect_if_due(waiting.append)
    assert len(waiting) == 2


async def test_nothing_is_collected_while_little_is_left() -> None:
    """Resting hands alone are no reason to collect: only what screens left behind is."""
    waiting: list[Callable[[], object]] = []
    collection = GarbageCollection()
    gc.collect()
    collection.collect_if_due(waiting.append)
    assert waiting == []


async def test_the_unlock_screen_is_not_kept_for_ever(session: Session, tmp_path: Path) -> None:
    """Before what is in memory is frozen the unlock screen is collected, for it held the passphrase."""
    app = PhbApp(Settings(tmp_path, sync_every=0), GarbageCollection())
    app.key_queue.still = 0
    async with app.run_test(size=(80, 24)) as pilot:
        (tmp_path / "stores" / "one").mkdir(parents=True)
        await pilot.pause()
        found = old_knot()
        app.opened(session)
        await pilot.pause()
        assert found() is None
        assert not any(seen is app.screen for seen in gc.get_objects())  # no collection looks at it any more
        app._session = None  # the test closes the store


async def test_painted_lines_of_closed_screens_are_gone(session: Session, tmp_path: Path) -> None:
    """After screens were closed and nobody typed, neither they nor what they had painted is in memory."""
    person = rhys(session)
    app = PhbApp(Settings(tmp_path, sync_every=0), GarbageCollection())
    app.key_queue.still = 0
    (tmp_path / "stores" / "one").mkdir(parents=True)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        painted_before = _painted()
        screens: list[weakref.ref[Screen[object]]] = []
        for _ in range(6):
            screen = SCREENS["person overview"](app, session, person)
            screens.append(weakref.ref(screen))
            await app.push_screen(screen)
            await pilot.pause()
            del screen
            await app.pop_screen()
            await pilot.pause()
        left_behind()
        app.tick()
        await pilot.pause()
        assert sum(1 for screen in screens if screen() is not None) <= 2
        assert _painted() <= painted_before + 30
        app._session = None  # the test closes the store


def _painted() -> int:
    return sum(1 for found in gc.get_objects() if type(found) is StylesCache)
