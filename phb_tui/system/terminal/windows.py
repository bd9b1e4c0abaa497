"""The console on Windows, read so that nothing it sends ends the app or leaves it without a keyboard."""

from __future__ import annotations

import time
from typing import cast

from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver
from textual.message import Message

from phb_tui.system.terminal.listener import Listener
from phb_tui.system.terminal.parsing import Parser, is_outside

AT_ONCE = 1.0
MOST = 20
"""A reader that ends so many times in a row within so many seconds each cannot read at all."""


class Reader(win32.EventMonitor):
    """Textual's reader ends without a word at half of a surrogate pair; here it goes on."""

    def run(self) -> None:
        """Read until the app ends."""
        failed = 0
        while not self.exit_event.is_set():
            started = time.monotonic()
            super().run()
            failed = failed + 1 if time.monotonic() - started < AT_ONCE else 0
            if failed > MOST:
                self.app.call_later(cast("Listener", self.app).on_terminal_lost)
                return


class ConsoleDriver(WindowsDriver):
    """Textual's driver with a reader and a parser of our own."""

    def start_application_mode(self) -> None:
        """Begin to paint and to read."""
        # Textual names both inside its functions and has no other way to bring one's own.
        win32.EventMonitor, win32.XTermParser = Reader, Parser  # type: ignore[misc, attr-defined]
        super().start_application_mode()

    def process_message(self, message: Message) -> None:
        """Give the app a message, unless it is a click outside the screen."""
        if not is_outside(message, self._app.size):
            super().process_message(message)
