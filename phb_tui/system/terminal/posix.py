"""The terminal on Linux and macOS, read so that nothing it sends ends the app."""

from __future__ import annotations

import os
import selectors
from typing import cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from phb_tui.system.terminal.decoding import Decoder
from phb_tui.system.terminal.listener import Listener
from phb_tui.system.terminal.parsing import Parser, is_outside

AT_ONCE = 4096
LOOK = 0.1
"""Bytes read at once; seconds between looks at whether the app ends or Esc was meant as such."""


class PosixDriver(LinuxDriver):
    """Textual's driver with a reader of our own."""

    def _run_input_thread(self) -> None:
        """Read until the app ends; whatever ends it before is told to the app."""
        app = cast("Listener", self._app)
        try:
            self.run_input_thread()
        except OSError:
            self._app.call_later(app.on_terminal_lost)
        except BaseException as error:  # noqa: BLE001 - the app is told, and ends
            self._app.call_later(app.failed, error)

    def run_input_thread(self) -> None:
        """Read what the terminal sends and give it to the app.

        Raises:
            OSError: The terminal is gone.
        """
        decoder, parser = Decoder(), Parser()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = self._next_text(decoder) if selector.select(LOOK) else decoder.rest()
                for message in (*parser.feed(text), *parser.tick()):
                    self.process_message(message)

    def _next_text(self, decoder: Decoder) -> str:
        data = os.read(self.fileno, AT_ONCE)
        if not data:
            raise OSError("end of input")
        return decoder.decode(data)

    def process_message(self, message: Message) -> None:
        """Give the app a message, unless it is a click outside the screen."""
        if not is_outside(message, self._app.size):
            super().process_message(message)
