"""Keys in the order they were pressed: each has had its whole effect before the next one is given to anybody.

Textual hands a key to whatever has the focus now, while the key before may still be on its way to move the focus. Typed
quickly, or on a slow machine, words then land in the wrong field or nowhere. Here a key waits until a mark sent behind
the one before has come the same way to the app, and until a screen that was opened is there to take it.
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

LOST = 1.0
"""Seconds after which a mark that did not come back is given up, whatever held it up."""

ROUNDS = 3
"""How often the mark goes the way. What a key does may be a message, and what that does another one (Enter in a list
is a choice, the choice an answer, the answer a change): each is behind the mark once and before it the next time."""

STILL = 1.0
"""Seconds without a key, a click or a movement of the mouse before others' words change what is shown."""

SETTLING = 0.01
PATIENCE = 200


class KeyHandled(Message):
    """The key before this has had its whole effect."""

    def __init__(self, turn: int, rounds: int, target: MessagePump) -> None:
        super().__init__()
        self.turn, self.rounds, self.target = turn, rounds, target


class KeyQueue:
    """Holds keys until it is their turn.

    Args:
        app: The app.
        handle: What the app does with a key; Textual's own handling.

    Attributes:
        still: For how many seconds no hand must have moved before others' words change what is shown.
    """

    def __init__(self, app: App[int], handle: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._handle = app, handle
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._busy = False
        self._turn = 0
        self._target: MessagePump = app
        self._patience = PATIENCE
        self.still = STILL
        self._last = -STILL

    def notice(self, event: events.Event) -> None:
        """Note when a hand last moved: a key, a click, the mouse."""
        if isinstance(event, events.Key | events.MouseEvent | events.Paste):
            self._last = time.monotonic()

    def when_still(self, do: Callable[[], object]) -> None:
        """Do something that changes what is shown, once no hand has moved for a moment.

        Somebody may be about to press what they see now.
        """
        if not self._app.screen_stack:  # the app has ended meanwhile: nothing is shown any more
            return
        left = self._last + self.still - time.monotonic()
        if left <= 0 and not self._busy:
            do()
        else:
            self._app.set_timer(max(left, SETTLING), lambda: self.when_still(do))

    async def take(self, event: events.Key | events.Paste) -> None:
        """A key was pressed or something was pasted."""
        self._waiting.append(event)
        if not self._busy:
            await self._next()

    async def back(self, mark: KeyHandled) -> None:
        """The mark has come back: send it again, or it is the next key's turn."""
        if mark.rounds > 1:
            self._send(mark.turn, mark.rounds - 1, mark.target)
        else:
            await self.done(mark.turn)

    async def done(self, turn: int) -> None:
        """A key has had its effect; the next one's turn once its screen is there."""
        if turn != self._turn or not self._busy:
            return
        if not _settled(self._app.screen) and self._patience:
            self._patience -= 1
            self._app.set_timer(SETTLING, lambda: self.done(turn))
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
        self._send(turn, ROUNDS, self._target)
        await self._expect(turn, LOST)

    async def _expect(self, turn: int, left: float) -> None:
        """Look whether the mark can still come back; when its widget has gone, the screen takes another one."""
        if turn != self._turn or not self._busy or not self._app.screen_stack:  # the app may have ended meanwhile
            return
        if left <= 0:
            await self.done(turn)
            return
        if not self._target.is_running:
            self._target = self._app.screen
            self._send(turn, ROUNDS, self._target)
        self._app.set_timer(SETTLING, lambda: self._expect(turn, left - SETTLING))

    def _send(self, turn: int, rounds: int, target: MessagePump) -> None:
        if not target.post_message(KeyHandled(turn, rounds, target)):
            self._app.call_later(self.done, turn)


def _settled(screen: Screen[object]) -> bool:
    """Whether a screen of ours is ready to take keys."""
    return not isinstance(screen, BaseScreen) or screen.settled
