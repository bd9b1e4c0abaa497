"""Terminal driver for the Windows console, whose input thread survives any input."""

from __future__ import annotations

import time
from typing import cast

from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver
from textual.message import Message

from phb_tui.system.terminal.listener import Listener
from phb_tui.system.terminal.modes import OWN_CURSOR, SHOW_CURSOR
from phb_tui.system.terminal.parsing import Parser, is_outside

FAILURE_SECONDS = 1.0
MAX_FAILURES = 20
"""The input thread is given up after `MAX_FAILURES` failures in a row, each within `FAILURE_SECONDS` seconds of its
start."""


class Reader(win32.EventMonitor):
    """Textual's input thread, restarted where that silently ends on half of a surrogate pair."""

    def run(self) -> None:
        """Read until the app ends, or until reading fails again and again."""
        failed = 0
        while not self.exit_event.is_set():
            started = time.monotonic()
            super().run()
            failed = failed + 1 if time.monotonic() - started < FAILURE_SECONDS else 0
            if failed > MAX_FAILURES:
                self.app.call_later(cast("Listener", self.app).on_terminal_lost)
                return


class ConsoleDriver(WindowsDriver):
    """Textual's Windows driver with our input thread and parser."""

    def start_application_mode(self) -> None:
        """Start the driver, after replacing Textual's input thread and parser with ours; the cursor is shown."""
        # Textual refers to both by name inside its functions and has no other way to replace them.
        win32.EventMonitor, win32.XTermParser = Reader, Parser  # type: ignore[misc, attr-defined]
        super().start_application_mode()
        self.write(SHOW_CURSOR)

    def stop_application_mode(self) -> None:
        """Restore the console, and the shape of its cursor."""
        self.write(OWN_CURSOR)
        super().stop_application_mode()

    def process_message(self, message: Message) -> None:
        """Pass a message to the app, unless it is a mouse event outside the screen."""
        if not is_outside(message, self._app.size):
            super().process_message(message)
