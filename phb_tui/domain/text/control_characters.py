"""Removes control characters and direction overrides from text before it is shown.

What came from others is kept as it came, for it is hashed and travels on (docs/decisions/0008); it is cleaned where it
is shown. What is written here is cleaned in the field.
"""

import re

_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Line breaks of any operating system."""

_GONE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u206a-\u206f\ud800-\udfff"
"""C0 and C1 controls and DEL; embeddings and overrides of direction, of which no writing needs one where there are
isolates; format characters that Unicode advises against; halves of a surrogate pair.

Isolates stay where they are balanced, and marks of direction and joiners everywhere: Arabic, Hebrew, Persian, Hindi and
emoji are written with them.
"""

_OPENERS, _CLOSER = "\u2066\u2067\u2068", "\u2069"
_UNWANTED = re.compile(f"[{_GONE}]")
_ANY = re.compile(f"[\t\r\x0b\x0c\x85\u2028\u2029{_GONE}{_OPENERS}{_CLOSER}]")


def cleaned(words: str) -> str:
    """Remove control characters and direction overrides from a text.

    Every line break becomes a line feed and a tab becomes a space; letters of every script and emoji stay whole.
    """
    if not _ANY.search(words):
        return words
    lines = _BREAK.sub("\n", words).replace("\t", " ").split("\n")
    return "\n".join(map(_line, lines))


def one_line(words: str) -> str:
    """The text as from `cleaned`, on one line."""
    return cleaned(words).replace("\n", " ")


def unwanted(line: str) -> set[int]:
    """Indexes in a line of control characters and of unbalanced isolates."""
    if not _ANY.search(line):
        return set()
    found = {place for place, letter in enumerate(line) if letter < " " or letter == "\x85" or _UNWANTED.match(letter)}
    found |= {place for place, letter in enumerate(line) if letter in "\u2028\u2029"}
    opened: list[int] = []
    for place, letter in enumerate(line):
        if letter in _OPENERS:
            opened.append(place)
        elif letter == _CLOSER and opened:
            opened.pop()
        elif letter == _CLOSER:
            found.add(place)
    return found.union(opened)


def _line(line: str) -> str:
    gone = unwanted(line)
    return "".join(letter for place, letter in enumerate(line) if place not in gone) if gone else line
