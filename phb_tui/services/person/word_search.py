"""Search for words in the records of one person."""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.domain.text import letters, line_filter
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

BEFORE = 12
"""Letters of a text that are kept before the word that was found."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field of a record with words in it.

    Attributes:
        record: The record.
        field: The field's name.
        label: What the field is called.
        words: What stands in it, on one line.
    """

    record: Record = dataclasses.field(repr=False)
    field: str
    label: str
    words: str = dataclasses.field(repr=False)


def places(session: Session, person_id: str, *, staff: bool) -> list[Place]:
    """Every field of a person's records that holds words or a choice.

    Args:
        session: The session.
        person_id: The person.
        staff: Whether to include what only staff may read.
    """
    everything = record_lists.everything(session, person_id)
    return [place for records in everything.values() for record in records for place in _of(session, record, staff)]


def matching(found: list[Place], typed: str, most: int) -> list[Place]:
    """The places with every typed word, at most so many, those first in which each begins a word."""
    indexes = line_filter.matching(typed, [place.words for place in found]) if typed.strip() else []
    return [found[index] for index in indexes[:most]]


def around(words: str, typed: str) -> str:
    """The part of a text from a few letters before the first typed word; the whole text when that is at its start."""
    first = next(iter(letters.fold(typed).split()), "")
    at = letters.fold(words).find(first)
    if at <= BEFORE or len(letters.fold(words)) != len(words):  # folding may change lengths: then from the start
        return words
    start = words.rfind(" ", 0, max(at - BEFORE, 0)) + 1
    return f"... {words[start:]}" if start else words


def _of(session: Session, record: Record, staff: bool) -> Iterator[Place]:  # noqa: FBT001 - as the callers' keyword
    if not forms.known(record.kind) or (not staff and record_lists.for_staff(record)):
        return
    for asked in forms.form(record.kind).fields():
        if asked.type == "link" or (asked.staff_only and not staff):
            continue
        if words := " ".join(record_lists.display(session, record, asked.name).split()):
            yield Place(record, asked.name, asked.label, words)
