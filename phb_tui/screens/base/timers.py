"""Timers that go off once.

Textual's `set_timer` leaves out every beat that comes late, and of a timer that goes off once also its only one: if the
process is held up for longer than the delay at the wrong moment, the callback is never called. Here it is called late.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

from textual.screen import Screen


class MessageLoop(Protocol):
    """The message loop of an app or of a screen."""

    def call_next(self, callback: Callable[[], object]) -> None:
        """Call something after the message that is handled now."""


def after(seconds: float, callback: Callable[[], object], loop: MessageLoop) -> asyncio.TimerHandle:
    """Call something once in the message loop of the app or of a screen; the handle can be cancelled.

    Args:
        seconds: How long to wait at least.
        callback: What to call. Nothing is called for a screen that was closed meanwhile: its widgets are gone.
        loop: The app or the screen.
    """

    def call() -> object:
        is_open = not isinstance(loop, Screen) or loop in loop.app.screen_stack
        return callback() if is_open else None

    return asyncio.get_running_loop().call_later(seconds, loop.call_next, call)
