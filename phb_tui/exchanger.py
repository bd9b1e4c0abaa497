"""Runs an exchange with central beside the screens, so that typing never waits for it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from phb_tui.errors import PhbError
from phb_tui.screens.host import Host, TableScreen

if TYPE_CHECKING:
    from phb_tui.services.session import Session
    from phb_tui.services.syncing import Progress


class Exchanger:
    """One exchange at a time, on a thread of its own, told to the screens as it goes.

    Args:
        host: The app.

    Attributes:
        last: When the last one was started, in seconds of the monotonic clock.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._running = False
        self.last = time.monotonic()

    def start(self, session: Session, *, quietly: bool) -> None:
        """Start an exchange unless one is running.

        Args:
            session: The unlocked laptop.
            quietly: Nobody asked for it, so being without a network is no news.
        """
        if self._running:
            return
        self._running = True
        self.last = time.monotonic()
        # A thread of its own and not a worker: ending the app must not wait for a slow network.
        threading.Thread(target=self._run, args=(session,), kwargs={"quietly": quietly}, daemon=True).start()

    def _run(self, session: Session, *, quietly: bool) -> None:
        from phb_tui.services import syncing  # noqa: PLC0415 - the first frame needs no services

        problem = ""
        try:
            syncing.sync_now(session, lambda progress: self._host.call_from_thread(self._came_on, progress))
        except PhbError as error:
            problem = "" if quietly else error.sentence
        finally:
            self._running = False
        self._host.call_from_thread(self._ended, problem)

    def _came_on(self, progress: Progress) -> None:
        for screen in self._screens():
            screen.progress(progress)

    def _ended(self, problem: str) -> None:
        self._host.refresh_status()
        if isinstance(self._host.screen, TableScreen) and self._host.screen.settled:
            self._host.screen.fill()
        for screen in self._screens():
            screen.exchanged(problem)

    def _screens(self) -> list[TableScreen]:
        return [screen for screen in self._host.screen_stack if isinstance(screen, TableScreen)]
