"""Line breaking: what no layout breaks over two lines, such as an NHS or phone number, a date or an amount."""

import re

_LETTERS = r"[^\W\d_]"
PATTERN = "|".join((
    r"\b[0-9]{3} [0-9]{3} [0-9]{4}\b",
    r"(?:\b0|\+[0-9]{2} )[0-9]{2,5}(?: [0-9]{3,6}){1,2}\b",
    rf"\b(?:{_LETTERS}{{1,10}}day )?[0-9]{{1,2}} {_LETTERS}{{3,12}} [0-9]{{4}}\b",
    "-?\N{POUND SIGN}" + r"[0-9][0-9,]{0,18}(?:\.[0-9]{2})?",
))  # fmt: skip
"""Regular expression that Python and the writer of PDFs read in the same way; what it finds is short."""
_FOUND = re.compile(PATTERN)
_WORD = re.compile(f"(?:{PATTERN}|[^ ])+")


def words_of(line: str) -> list[str]:
    """The words of a line, each to be kept on one line; what belongs together is one word with its spaces."""
    return [found.group() for found in _WORD.finditer(line)]


def pieces_of(words: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it belongs together; together they are the whole text."""
    pieces, done = [], 0
    for found in _FOUND.finditer(words):
        pieces += [(words[done : found.start()], False), (found.group(), True)]
        done = found.end()
    return [(piece, is_one) for piece, is_one in (*pieces, (words[done:], False)) if piece]
