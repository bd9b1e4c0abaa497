"""Decodes terminal input to text, tolerating invalid UTF-8, old mouse reports and overlong control sequences."""

import re
from codecs import getincrementaldecoder

_OLD_MOUSE = re.compile(rb"\x1b\[M[^\x1b]{3}", re.DOTALL)
_OLD_MOUSE_BEGUN = re.compile(rb"\x1b\[(?:M[^\x1b]{0,2})?\Z", re.DOTALL)
"""A mouse report in the X10 encoding, ESC [ M and three bytes, which are not UTF-8 past column 95. The app does not
enable it; it comes when a terminal was reset while the app was running."""
_LONG = re.compile(r"\x1b\[[0-?]{30,}(?:[ -/]*[@-~]|\Z)")
_LONG_REST = re.compile(r"[0-?]*[ -/]*[@-~]?")
"""A control sequence (ECMA-48, 5.4) longer than any valid one. Textual would treat it as typed letters."""


class Decoder:
    """Incremental decoder of terminal input; an invalid byte becomes U+FFFD."""

    def __init__(self) -> None:
        self._utf8 = getincrementaldecoder("utf-8")("replace")
        self._held = b""
        self._in_long = False

    def decode(self, data: bytes) -> str:
        """Decode the next bytes; a possible start of an old mouse report is held back until its end.

        Args:
            data: Bytes as read, split anywhere.
        """
        data, self._held = _OLD_MOUSE.sub(b"", self._held + data), b""
        if begun := _OLD_MOUSE_BEGUN.search(data):
            data, self._held = data[: begun.start()], begun[0]
        return self._text(data)

    def rest(self) -> str:
        """Decode the bytes held back; call it when no more input comes for a moment."""
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
