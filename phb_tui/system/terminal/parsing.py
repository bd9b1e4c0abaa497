"""Parses keys, pastes and mouse reports from terminal input; invalid input is ignored and never raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.geometry import Size
from textual.message import Message

ESC = "\x1b"
MOST_COLUMNS, MOST_LINES = 2000, 1000
"""The largest accepted terminal size; laying out a screen of a million lines would use up the memory."""


class PasteBuffer:
    """Removes Esc characters from pasted text; Textual would treat what follows them as typed keys.

    A paste is enclosed in two control sequences (xterm, bracketed paste mode), which may be split anywhere.
    """

    def __init__(self) -> None:
        self._last = ""
        self._inside = False

    def cleaned(self, data: str) -> Iterator[str]:
        """Yield the characters of the next text; a possible end of a paste is held back until it is complete."""
        for character in data:
            self._last += character
            if not self._inside:
                self._last = self._last[-len(BRACKETED_PASTE_START) :]
                self._inside = self._last == BRACKETED_PASTE_START
                self._last = "" if self._inside else self._last
                yield character
            elif not BRACKETED_PASTE_END.startswith(self._last):
                yield from self._last.replace(ESC, "")
                self._last = ESC if character == ESC else ""
            elif self._last == BRACKETED_PASTE_END:
                yield from BRACKETED_PASTE_END
                self._inside, self._last = False, ""


class Parser(XTermParser):
    """Textual's parser; where that raises on an invalid sequence, this one restarts with the next character."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        super().__init__(debug)
        self._pastes = PasteBuffer()

    def feed(self, data: str) -> Iterable[Message]:
        """The messages in the next text.

        Args:
            data: Decoded text, split anywhere.
        """
        for character in self._pastes.cleaned(data):
            yield from self._readable(super().feed(character))

    def tick(self) -> Iterable[Message]:
        """The messages of incomplete sequences that have timed out, such as a single Esc. Called periodically."""
        yield from self._readable(super().tick())

    def _readable(self, found: Iterable[Message]) -> Iterator[Message]:
        try:
            messages = list(found)
        except (
            ArithmeticError,
            ValueError,
            TypeError,
            LookupError,
            RuntimeError,
        ):  # numbers that are no letter or size
            self._begin_anew()
            return
        for message in messages:
            if _makes_sense(message):
                yield message
            elif isinstance(message, events.Resize):
                self.terminal_size = self.terminal_pixel_size = None

    def _begin_anew(self) -> None:
        self._tokens.clear()
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        self._timeout_time = None


def is_outside(message: Message, size: Size) -> bool:
    """Whether a message is a mouse event outside the screen, for which Textual would remove the focus.

    Args:
        message: Any message from the parser.
        size: The screen's size.
    """
    return isinstance(message, events.MouseEvent) and not size.region.contains(message.x, message.y)


def _makes_sense(message: Message) -> bool:
    if isinstance(message, events.Key):
        # Half of a surrogate pair is no character: it can be neither stored nor displayed.
        return not any("\ud800" <= letter <= "\udfff" for letter in message.key + (message.character or ""))
    if isinstance(message, events.Resize):
        return 0 < message.size.width <= MOST_COLUMNS and 0 < message.size.height <= MOST_LINES
    return True
