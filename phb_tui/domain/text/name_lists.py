"""Names in a field that may hold several, such as "Beth, Tom and Ada": which one is being typed, and taking one."""

import re
from collections.abc import Sequence

_BETWEEN = re.compile(r",\s*|\s+and\s+")


def typed_last(text: str) -> str:
    """The name that is being typed: what stands after the last comma or "and"."""
    return _BETWEEN.split(text)[-1].strip()


def offered(text: str, names: Sequence[str]) -> list[str]:
    """The names that fit what is being typed; all others after a whole one, and none that stands there already."""
    there = {part.strip().casefold() for part in _BETWEEN.split(text)}
    last = typed_last(text).casefold()
    left = [name for name in dict.fromkeys(names) if name.strip() and name.casefold() not in there]
    if last in {name.casefold() for name in names}:
        return left
    return [name for name in left if any(part.startswith(last) for part in _starts(name))]


def taken(text: str, name: str, names: Sequence[str]) -> str:
    """The text with a name in the place of the one that is being typed, or added after a whole one."""
    last = typed_last(text)
    if last and last.casefold() in {known.casefold() for known in names}:
        return f"{text.rstrip()}, {name}"
    return f"{text.rstrip()[: len(text.rstrip()) - len(last)]}{name}" if last else f"{text}{name}"


def _starts(name: str) -> list[str]:
    """A name from each of its words on."""
    words = name.casefold().split()
    return [" ".join(words[index:]) for index in range(len(words))]
