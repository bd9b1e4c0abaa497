"""Queue of key events: a key is dispatched only when every message that the one before caused has been handled.

Textual delivers a key to the widget that has the focus now, while the key before may still be about to move the focus.
Typed quickly, or on a slow machine, text then lands in the wrong field or nowhere. Here a key waits until a marker
message posted after the one before has come back, and until a screen that was opened can take keys. A click waits
behind the keys before it, or what was just typed would land in the field that it goes to.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Awaitable, Callable

from textual import events
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.base.timers import after

MARKER_TIMEOUT = 1.0
"""Seconds after which a marker message that did not return is given up."""

MARKER_ROUNDS = 3
"""How often the marker is posted behind a key. Each round lets one more generation of messages be handled: Enter in
a list posts a selection, the selection an answer, the answer a change."""

IDLE_SECONDS = 1.0
"""Seconds without a key, a click or a mouse movement before changes from other laptops may alter the screen."""

Queued = events.Key | events.Paste | events.MouseDown | events.MouseUp
"""What waits for its turn. Movement of the mouse and its wheel do not: they go into no field."""

SETTLING = 0.01
PATIENCE = 200


class KeyHandled(Message):
    """Marker message: every message that the key before it caused has been handled."""

    def __init__(self, turn: int, rounds: int, target: MessagePump) -> None:
        super().__init__()
        self.turn, self.rounds, self.target = turn, rounds, target


class KeyQueue:
    """Holds keys, pastes and clicks until it is their turn.

    Args:
        app: The app.
        handle: What the app does with a key; Textual's own handling.

    Attributes:
        still: Seconds without input before a deferred redraw runs; see `when_idle`.
    """

    def __init__(self, app: App[int], handle: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._handle = app, handle
        self._waiting: deque[Queued] = deque()
        self._busy = False
        self._turn = 0
        self._target: MessagePump = app
        self._patience = PATIENCE
        self.still = IDLE_SECONDS
        self._last = -IDLE_SECONDS

    def note_activity(self, event: events.Event) -> None:
        """Note the time of the last input: a key, a click, a mouse movement."""
        if isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self._last = time.monotonic()

    def when_idle(self, do: Callable[[], object]) -> None:
        """Call something that changes what is shown, once there was no input for a moment.

        Somebody may be about to press what they see now.
        """
        if not self._app.screen_stack:  # the app has ended meanwhile: nothing is shown any more
            return
        left = self._last + self.still - time.monotonic()
        if left <= 0 and not self._busy:
            do()
        else:
            after(max(left, SETTLING), lambda: self.when_idle(do), self._app)

    async def enqueue(self, event: Queued) -> None:
        """Queue a key, a paste, or a button of the mouse that went down or up."""
        self._waiting.append(event)
        if not self._busy:
            await self._next()

    async def marker_returned(self, mark: KeyHandled) -> None:
        """Handle a marker that came back: post the next round, or dispatch the next key."""
        if mark.rounds > 1:
            self._send(mark.turn, mark.rounds - 1, mark.target)
        else:
            await self.done(mark.turn)

    async def done(self, turn: int) -> None:
        """Dispatch the next key once the screen that was opened, if any, can take it."""
        if turn != self._turn or not self._busy:
            return
        if not _is_ready(self._app.screen) and self._patience:
            self._patience -= 1
            after(SETTLING, lambda: self.done(turn), self._app)
            return
        self._busy = False
        if self._waiting:
            await self._next()

    async def _next(self) -> None:
        event = self._waiting.popleft()
        self._busy, self._patience = True, PATIENCE
        self._turn += 1
        turn = self._turn
        self._target = self._app.focused or self._app.screen
        await self._handle(event)
        self._send(turn, MARKER_ROUNDS, self._target)
        await self._expect(turn, MARKER_TIMEOUT)

    async def _expect(self, turn: int, left: float) -> None:
        """Check whether the marker can still come back; if its widget is gone, post another one to the screen."""
        if turn != self._turn or not self._busy or not self._app.screen_stack:  # the app may have ended meanwhile
            return
        if left <= 0:
            await self.done(turn)
            return
        if not self._target.is_running:
            self._target = self._app.screen
            self._send(turn, MARKER_ROUNDS, self._target)
        after(SETTLING, lambda: self._expect(turn, left - SETTLING), self._app)

    def _send(self, turn: int, rounds: int, target: MessagePump) -> None:
        if not target.post_message(KeyHandled(turn, rounds, target)):
            self._app.call_later(self.done, turn)


def _is_ready(screen: Screen[object]) -> bool:
    """Whether a screen is mounted and can take keys."""
    return not isinstance(screen, BaseScreen) or screen.ready_for_keys
