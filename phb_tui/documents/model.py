"""A paper as data: what it says and in which order, not how it looks."""

import unicodedata
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from phb_tui.domain.text import control_characters

"""What turns the direction of writing, and what ends it (Unicode Standard Annex 9)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter."""

    level: int
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """Words as somebody said them, with who said them where that is not the person."""

    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """A paragraph of ours."""

    words: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what stands beside them; several lines of a value are a list, each line an item."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Several versions of one thing, of which nobody has decided yet which is right; every layout prints a box.

    Attributes:
        title: That it is not decided, and how many versions there are.
        what: What it is about.
        versions: Each version with who wrote it and when.
    """

    title: str
    what: str
    versions: tuple[tuple[str, str], ...]


Block = Heading | Said | Plain | Items | Facts | Undecided


@dataclass(frozen=True, slots=True)
class Document:
    """A paper.

    Attributes:
        title: What it is.
        person: Whose it is, as they like to be called.
        standing: Version, date and how to ask for changes; on every page.
        blocks: What it says, in order.
        warning: What has to be known before anything on it is followed; boxed on the first page, "" for nothing.
        who: Full name, date of birth and NHS number, so that it is never taken for somebody else's; on every page.
        until: How long it may be used and whom to ask then.
        front: What is needed in an emergency, on a first page of its own; none where there is nothing.
    """

    title: str
    person: str
    standing: str
    blocks: tuple[Block, ...]
    warning: str = ""
    who: str = ""
    until: str = ""
    front: tuple[Block, ...] = ()


class Layout(StrEnum):
    """How it looks."""

    STANDARD = "standard"
    LARGE = "large"
    EASY = "easy"


def cleaned(paper: Document) -> Document:
    """A paper with every text of it printable."""
    found: Document = _cleaned(paper)
    return found


def _cleaned(part: Any) -> Any:  # noqa: ANN401 - a paper, a block, a tuple of them, a text, a number
    if isinstance(part, str):
        return part if isinstance(part, StrEnum) else control_characters.cleaned(part)
    if isinstance(part, tuple):
        return tuple(map(_cleaned, part))
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{field.name: _cleaned(getattr(part, field.name)) for field in fields(part)})
    return part


def lines_of(words: str) -> list[str]:
    """The lines of a text, without empty ones; one line at least."""
    return [line for line in words.splitlines() if line.strip()] or [""]


def runs_right_to_left(words: str) -> bool:
    """Whether a text's first letter with a direction is of a script written from right to left."""
    for letter in words:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
