"""Keys, pastes and mouse reports from what a terminal sends. What cannot be read is nothing, and never an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textual import events
from textual._xterm_parser import BRACKETED_PASTE_END, BRACKETED_PASTE_START, XTermParser
from textual.geometry import Size
from textual.message import Message

ESC = "\x1b"
MOST_COLUMNS, MOST_LINES = 2000, 1000
"""A size report beyond this is not believed: laying out a screen of a million lines takes all memory."""


class PasteBuffer:
    """Takes Esc out of what is pasted, where Textual would type what follows it as keys, before the words.

    A paste is what stands between two control sequences (xterm, bracketed paste mode), each cut anywhere.
    """

    def __init__(self) -> None:
        self._last = ""
        self._inside = False

    def cleaned(self, data: str) -> Iterator[str]:
        """The characters of the next text; what may be the end of a paste waits until it is known."""
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
    """Textual's parser, which raises on some reports; here it then begins anew with the next character."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        super().__init__(debug)
        self._pastes = PasteBuffer()

    def feed(self, data: str) -> Iterable[Message]:
        """The messages in the next text.

        Args:
            data: Decoded text, cut anywhere.
        """
        for character in self._pastes.cleaned(data):
            yield from self._readable(super().feed(character))

    def tick(self) -> Iterable[Message]:
        """The messages of what was waited for in vain, such as what follows Esc. Called now and then."""
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
    """Whether this is a mouse report from outside the screen; Textual would take the focus away for it.

    Args:
        message: Anything read from the terminal.
        size: The screen's.
    """
    return isinstance(message, events.MouseEvent) and not size.region.contains(message.x, message.y)


def _makes_sense(message: Message) -> bool:
    if isinstance(message, events.Key):
        # Half of a surrogate pair is no letter: it can be neither kept nor painted.
        return not any("\ud800" <= letter <= "\udfff" for letter in message.key + (message.character or ""))
    if isinstance(message, events.Resize):
        return 0 < message.size.width <= MOST_COLUMNS and 0 < message.size.height <= MOST_LINES
    return True
