"""What a terminal sends, as text that can be read whatever was sent."""

import re
from codecs import getincrementaldecoder

_OLD_MOUSE = re.compile(rb"\x1b\[M[^\x1b]{3}", re.DOTALL)
_OLD_MOUSE_BEGUN = re.compile(rb"\x1b\[(?:M[^\x1b]{0,2})?\Z", re.DOTALL)
"""A mouse report of the old kind, ESC [ M and three bytes: past column 95 these are not UTF-8. Nobody asks for it; it
comes when a terminal was put back while the app was running."""
_LONG = re.compile(r"\x1b\[[0-?]{30,}(?:[ -/]*[@-~]|\Z)")
_LONG_REST = re.compile(r"[0-?]*[ -/]*[@-~]?")
"""A control sequence (ECMA-48, 5.4) that is longer than any that means something. Textual would type it letter by
letter."""


class Decoder:
    """Turns bytes into text, piece by piece. A byte that is not UTF-8 becomes U+FFFD."""

    def __init__(self) -> None:
        self._utf8 = getincrementaldecoder("utf-8")("replace")
        self._held = b""
        self._in_long = False

    def decode(self, data: bytes) -> str:
        """The text of the next bytes; what may be the beginning of an old mouse report waits for its end.

        Args:
            data: Bytes as they were read, cut anywhere.
        """
        data, self._held = _OLD_MOUSE.sub(b"", self._held + data), b""
        if begun := _OLD_MOUSE_BEGUN.search(data):
            data, self._held = data[: begun.start()], begun[0]
        return self._text(data)

    def rest(self) -> str:
        """The text of what waited and was no mouse report. Call it when nothing more comes for a moment."""
        data, self._held = self._held, b""
        return self._text(data)

    def _text(self, data: bytes) -> str:
        text = self._utf8.decode(data)
        if self._in_long and text:
            rest = _LONG_REST.match(text)
            end = rest.end() if rest else 0
            self._in_long = end == len(text) and not "@" <= text[-1] <= "~"
            text = text[end:]
        if (long := _LONG.search(text)) and long.end() == len(text) and not "@" <= text[-1] <= "~":
            self._in_long = True
        return _LONG.sub("", text)
