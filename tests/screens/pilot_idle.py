"""Waiting until an app that a test drives has done all it was asked, by looking at its queues and not at a clock.

Textual's own pilot waits until the process uses little time, at least a fiftieth of a second for each key. On a busy
machine a process uses little time in the middle of its work, and the test would look too early.
"""

from asyncio import sleep
from time import monotonic
from typing import Any

import textual.app
import textual.pilot
from textual._context import active_app
from textual.app import App
from textual.message_pump import MessagePump

from phb_tui.app.phb_app import PhbApp

ROUNDS = 3
"""How often in a row there must be nothing to do: what a message does may be another message."""


def install() -> None:
    """Let the pilot wait like this."""
    for module in (textual.app, textual.pilot):
        module.wait_for_idle = wait_for_idle  # type: ignore[attr-defined]


async def wait_for_idle(_min_sleep: float = 0, max_sleep: float = 2) -> None:
    """Wait until nothing is left to do, at most so many seconds: something may be held up on purpose."""
    app = active_app.get()
    until, quiet, looks = monotonic() + max_sleep, 0, 0
    while quiet < ROUNDS and monotonic() < until:
        looks += 1
        await sleep(0 if looks % 20 else 0.001)
        quiet = 0 if busy(app) else quiet + 1


def busy(app: App[Any]) -> bool:
    """Whether a message, a key or a repaint waits; what waits for the clock to be painted is painted now."""
    if isinstance(app, PhbApp) and app.key_queue._busy:
        return True
    # Another size of the window is taken in a hundredth of a second later.
    if app._resize_timer is not None or _works(app) or any(map(_works, app._registry)):
        return True
    if not app._screen_stack or app._exit:
        return False
    screen = app.screen
    if app._batch_count:
        return True
    if (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._dirty_widgets
        or screen._callbacks
    ):
        screen._on_timer_update()
        return True
    return False


def _works(pump: MessagePump) -> bool:
    """Whether a widget has messages left, or is in the middle of one: otherwise it waits at its queue."""
    if not pump._running:
        return False
    queue: Any = pump._message_queue
    waits = any(not waiter.done() for waiter in queue.ready_event._waiters)
    return not waits or not queue.empty() or bool(pump._next_callbacks)
