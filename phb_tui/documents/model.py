"""Document model: content and order of a document, independent of its layout."""

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
    """Quoted words, with the speaker's name unless it is the person."""

    words: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """A paragraph of the app's own text."""

    words: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list of short lines."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of label and value; a value of several lines is a list."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with what it is for.

    Attributes:
        label: What it is.
        amount: The amount in words, such as "£1,250.00"; it is never cut or wrapped.
        how: Sentences below it that say how it was worked out.
        is_total: Whether it is what the ones above it come to.
    """

    label: str
    amount: str
    how: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts below each other, at the right of the page."""

    rows: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """Versions of a value in conflict; every layout prints them in a box.

    Attributes:
        title: Says that it is not decided, and how many versions there are.
        what: What it is about.
        versions: Each version with who wrote it and when.
    """

    title: str
    what: str
    versions: tuple[tuple[str, str], ...]


Block = Heading | Said | Plain | Items | Facts | Sums | Undecided


@dataclass(frozen=True, slots=True)
class Document:
    """A document.

    Attributes:
        title: What it is.
        person: The person's preferred name.
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
    """Layout of a document: ordinary, large print, or with room for pictures, which is not easy read."""

    STANDARD = "standard"
    LARGE = "large"
    EASY = "easy"


def cleaned(paper: Document) -> Document:
    """A document with control characters removed from all of its text."""
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
    """The non-empty lines of a text, at least one."""
    return [line for line in words.splitlines() if line.strip()] or [""]


def runs_right_to_left(words: str) -> bool:
    """Whether the first letter of a text that has a direction is written from right to left."""
    for letter in words:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
