"""Terminal driver for Linux and macOS, whose input thread survives any input."""

from __future__ import annotations

import os
import selectors
from typing import cast

from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from phb_tui.system.terminal.decoding import Decoder
from phb_tui.system.terminal.listener import Listener
from phb_tui.system.terminal.modes import OWN_CURSOR, SHOW_CURSOR
from phb_tui.system.terminal.parsing import Parser, is_outside

READ_BYTES = 4096
POLL_SECONDS = 0.1
"""How many bytes are read at once; how many seconds to wait for input before checking for the app's end or a single
Esc."""


class PosixDriver(LinuxDriver):
    """Textual's Linux driver with our decoder and parser, and with the terminal's cursor shown."""

    def start_application_mode(self) -> None:
        """Prepare the terminal; the cursor, which Textual hides, is shown."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(SHOW_CURSOR)

    def stop_application_mode(self) -> None:
        """Restore the terminal, and the shape of its cursor."""
        self.write(OWN_CURSOR)
        super().stop_application_mode()

    def _run_input_thread(self) -> None:
        """The input thread: reads until the app ends and reports errors to the app."""
        app = cast("Listener", self._app)
        try:
            self.run_input_thread()
        except OSError:
            self._app.call_later(app.on_terminal_lost)
        except BaseException as error:  # noqa: BLE001 - reported to the app, which ends
            self._app.call_later(app.failed, error)

    def run_input_thread(self) -> None:
        """Read, decode and parse input, and pass the messages to the app.

        Raises:
            OSError: The terminal is closed.
        """
        decoder, parser = Decoder(), Parser()
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                text = self._next_text(decoder) if selector.select(POLL_SECONDS) else decoder.rest()
                for message in (*parser.feed(text), *parser.tick()):
                    self.process_message(message)

    def _next_text(self, decoder: Decoder) -> str:
        data = os.read(self.fileno, READ_BYTES)
        if not data:
            raise OSError("end of input")
        return decoder.decode(data)

    def process_message(self, message: Message) -> None:
        """Pass a message to the app, unless it is a mouse event outside the screen."""
        if not is_outside(message, self._app.size):
            super().process_message(message)
