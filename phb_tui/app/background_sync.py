"""Background sync scheduler: runs an exchange with central on its own thread and retries with back-off and jitter."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

from phb_tui.errors import CentralBusy, CentralUnreachable, LaptopLocked, LeaseOver, PhbError, SyncProblem
from phb_tui.screens.base.background import run_in_background
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen

if TYPE_CHECKING:
    from phb_tui.services.session import Session
    from phb_tui.services.sync.sync_service import Progress

FIRST_WAIT, LONGEST_WAIT = 5.0, 300.0
"""Back-off before a failed exchange is retried, in seconds: after the first failure, and at most."""


class BackgroundSync:
    """Runs at most one exchange at a time on its own thread and passes its progress to the open screens.

    Args:
        app: The app, for its timers, session and screens.
        chance: Returns a number in 0..1, for jitter: laptops that lost central together retry at different times.

    Attributes:
        last: When the last exchange was started, in seconds of the monotonic clock.
    """

    def __init__(self, app: AppProtocol, chance: random.Random | None = None) -> None:
        self._app = app
        self._chance = chance or random.SystemRandom()
        self._running = False
        self._failed = 0
        """Number of exchanges in a row that could not reach central; it sets the back-off."""
        self.last = time.monotonic()

    def start(self, session: Session, *, quietly: bool) -> None:
        """Start an exchange on a thread of its own, unless one is running.

        Args:
            session: The unlocked laptop.
            quietly: The timer asked, not the nurse: being offline is then not shown as an error.
        """
        if self._running:
            return
        self._running = True
        self.last = time.monotonic()
        # A thread of its own and not a worker: ending the app must not wait for a slow network.
        run_in_background(
            self._app,
            lambda: self._run(session),
            lambda _none: self._done(),
            lambda problem: self._handle_error(problem, quietly=quietly),
        )

    def due(self, now: float, every: float) -> bool:
        """Return whether the timer should start an exchange now.

        Args:
            now: Seconds of the monotonic clock.
            every: Seconds between exchanges that go well; 0 for none at all.
        """
        if not every or self._running:
            return False
        wait = min(self.wait(), every) if self._failed else every
        return now >= self.last + wait

    def wait(self) -> float:
        """Return the back-off in seconds after a failed exchange: doubled with each failure, with jitter."""
        longest = min(FIRST_WAIT * 2.0 ** (self._failed - 1), LONGEST_WAIT)
        return longest * (0.5 + self._jitter / 2)

    _jitter = 1.0

    def _run(self, session: Session) -> None:
        from phb_tui.services.sync import sync_service  # noqa: PLC0415 - the first frame needs no services

        def tell(progress: Progress) -> None:
            self._app.call_later(self._show_progress, progress)

        sync_service.sync_now(session, tell)

    def _done(self) -> None:
        self._running, self._failed = False, 0
        self._ended(None)

    def _handle_error(self, error: PhbError, *, quietly: bool) -> None:
        self._running = False
        problem: PhbError | None = error
        if isinstance(error, LeaseOver) and self._app.locked_to_sync:
            # A laptop whose offline lease has expired stays on the overdue screen and shows the error.
            problem = error.hindered
        self._failed = self._failed + 1 if isinstance(problem, CentralUnreachable | CentralBusy) else 0
        self._jitter = self._chance.random()
        if isinstance(problem, LaptopLocked):
            self._app.lock_now()
            return
        self._ended(None if quietly else problem)
        if quietly and problem and not isinstance(problem, SyncProblem) and isinstance(self._app.screen, BaseScreen):
            self._app.screen.show_error(problem)  # that there is no network is no news; this is

    def _show_progress(self, progress: Progress) -> None:
        for screen in self._screens():
            screen.progress(progress)

    def _ended(self, problem: PhbError | None) -> None:
        if (
            not self._app.is_open
        ):  # the app was locked or closed before the exchange ended: no screen has anything to show
            return
        self._app.refresh_status()
        self._app.when_idle(self._reload_screens)
        for screen in self._screens():
            screen.exchanged(problem)

    def _reload_screens(self) -> None:
        if not self._app.is_open:  # the app was locked or closed while this waited until nobody typed
            return
        if isinstance(self._app.screen, BaseScreen) and self._app.screen.ready_for_keys:
            self._app.screen.reload_remote_changes()

    def _screens(self) -> list[BaseScreen]:
        return [screen for screen in self._app.screen_stack if isinstance(screen, BaseScreen)]
