"""Shutdown of the app, whatever causes it.

Saves drafts, stores a crash report, closes the store, sets the exit code.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from phb_tui import errors
from phb_tui.app.command_menu import CommandMenu
from phb_tui.screens.base import background
from phb_tui.system.supervisor import (
    CLOSED,
    CRASHED,
    CRASHED_UNSAVED,
    DAMAGED,
    ENDED,
    ENDED_UNSAVED,
    LOCKED,
    LOCKED_UNSAVED,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from phb_tui.services.session import Session


class Shutdown(CommandMenu):
    """Mixin of the app that locks, closes and handles fatal errors."""

    _session: Session | None = None
    _ending = False
    reference = ""
    """Number of the crash report of the error that ended the app; "" while there is none."""

    @property
    def session(self) -> Session:
        """The unlocked laptop."""
        if self._session is None:
            raise errors.StoreProblem("phb-tui is locked.")
        return self._session

    @property
    def is_open(self) -> bool:
        """Whether the encrypted store is open."""
        return self._session is not None

    # -- when somebody asked

    def action_lock(self) -> None:
        """Lock: save what is typed and end the process that holds the key; a failed save is reported at unlocking."""
        kept = self._keep_last_words()
        self.close_store()
        self._end(LOCKED if kept else LOCKED_UNSAVED)

    def lock_now(self) -> None:
        """Lock because of a remote command from central."""
        self.action_lock()

    def action_close(self) -> None:
        """Close the app without a question; if something cannot be saved, the app stays open and says so."""
        if self.autosaver.save_all():
            self.close_store()
            self._end(CLOSED)

    def _end(self, code: int) -> None:
        """End the app once everything is kept: what a screen still wanted from the closed store is no failure."""
        self._ending = True
        self.exit(return_code=code)

    def close_store(self) -> list[Exception]:
        """Save the last place and close the store; return the errors that occurred. Never raises."""
        if self._session is None:
            return []
        wrong = _each(self.remember)  # only the saved place is lost with it
        session, self._session = self._session, None
        return wrong + _each(session.close)

    def remember(self) -> None:
        """Save the current place, so that unlocking returns to it."""
        from phb_tui.screens.navigation import router  # noqa: PLC0415 - everything after the first frame is imported by then

        if self._session is not None:
            router.remember(self.phb_app)

    def keep_place(self) -> None:
        """Save the current place for the case of a crash; where the disk refuses, only the way back is lost."""
        _each(self.remember)

    # -- when nobody asked

    def on_terminal_lost(self) -> None:
        """Save everything and end the process: the terminal is gone or the system asked the app to end.

        Nothing is drawn, for there may be nothing left to draw on.
        """
        self._ending = True
        kept = False
        try:
            kept = self._keep_last_words()
            self.close_store()
        finally:
            os._exit(ENDED if kept else ENDED_UNSAVED)

    def failed(self, error: BaseException) -> None:
        """End the app after a bug, or because the store can no longer be read.

        Nothing of the person's is printed; Textual's own handler would print local variables, which are their words.
        """
        if self._ending:
            return
        self._ending = True
        kept = self._keep_last_words()
        _each(lambda: self.report(error))
        self.close_store()
        code = DAMAGED if isinstance(error, errors.StoreProblem) else CRASHED
        self._return_code = code if kept else CRASHED_UNSAVED
        self._close_messages_no_wait()

    def report(self, error: BaseException) -> None:
        """Store a crash report in the encrypted store; without an open store it is kept nowhere."""
        self.reference = background.report(self.phb_app, error)

    def failed_in_thread(self, error: BaseException) -> None:
        """End the app after an unhandled exception in a thread; may be called on any thread."""
        with contextlib.suppress(RuntimeError):  # the app's loop was closed: the process is ending
            self.call_later(self.failed, error)

    def _keep_last_words(self) -> bool:
        wrong = self.autosaver.save_before_exit()
        for error in wrong:
            _each(lambda error=error: self.report(error))  # type: ignore[misc]
        return not self.autosaver.has_unsaved

    # -- Textual's own ways to end

    def _handle_exception(self, error: Exception) -> None:
        if self._exception is None and not self._ending:
            self._exception = error  # whoever runs the app in a test is told
            self._exception_event.set()
        self.failed(error)

    def panic(self, *renderables: RenderableType) -> None:
        """End the app without printing what Textual would print, which may hold a person's words."""
        self.failed(RuntimeError(f"Textual met {len(renderables)} problems"))

    def _fatal_error(self) -> None:
        self.failed(self._exception or RuntimeError("Textual met a problem"))


def _each(*steps: Callable[[], object]) -> list[Exception]:
    """Call every step, also after one has failed; return the exceptions."""
    wrong: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as error:  # noqa: BLE001 - given back to whoever called
            wrong.append(error)
    return wrong
