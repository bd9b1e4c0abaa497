"""Timers that go off once."""

import asyncio
from pathlib import Path

import pytest
from textual.app import App
from textual.screen import Screen

import phb_tui
from phb_tui.screens.base.timers import after

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("seconds", [0.0, 1e-9, 0.001])
async def test_a_timer_goes_off_also_when_the_process_was_held_up(seconds: float) -> None:
    """What is due already, or becomes due before the event loop looks at it, is called late and not left out."""
    called = asyncio.Event()
    app = App[None]()
    async with app.run_test():
        after(seconds, called.set, app)
        async with asyncio.timeout(5):
            await called.wait()


async def test_a_cancelled_timer_does_not_go_off() -> None:
    """A timer that was cancelled calls nothing, others do."""
    called, other = asyncio.Event(), asyncio.Event()
    app = App[None]()
    async with app.run_test():
        after(0.01, called.set, app).cancel()
        after(0.02, other.set, app)
        async with asyncio.timeout(5):
            await other.wait()
        assert not called.is_set()


async def test_a_timer_of_a_closed_screen_does_not_go_off() -> None:
    """What was to happen on a screen does not happen once the screen was closed: its widgets are gone."""
    called, other = asyncio.Event(), asyncio.Event()
    app = App[None]()
    async with app.run_test():
        screen = Screen[None]()
        await app.push_screen(screen)
        after(0.01, called.set, screen)
        await app.pop_screen()
        after(0.02, other.set, app)
        async with asyncio.timeout(5):
            await other.wait()
        assert not called.is_set()


def test_no_timer_of_textual_is_used_to_go_off_once() -> None:
    """Textual leaves a timer that goes off once out when it is late; the app uses its own."""
    sources = [path for path in Path(phb_tui.__file__).parent.rglob("*.py") if path.name != "timers.py"]
    assert [path.name for path in sources if "set_timer(" in path.read_text(encoding="utf-8")] == []
