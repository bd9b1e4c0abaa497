"""What may be wrong with a field, and how what was typed is tidied. Nothing here ever refuses to keep words.

A nurse's words are kept as typed, right or wrong; a problem is a sentence shown when she goes on.
"""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from phb_tui.domain import dates, nhs_number
from phb_tui.domain.changes import Record


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one field.

    Attributes:
        field: The field's stable name.
        sentence: What to do about it.
    """

    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Rule:
    """How a field's words are tidied, what may be wrong with them and how they are shown."""

    tidy: Callable[[str], str]
    problem: Callable[[str], str]
    show: Callable[[str], str] = str


DATE = Rule(dates.tidy, dates.problem, dates.in_words)
TIME = Rule(dates.tidy_time, dates.problem_time)
NHS_NUMBER = Rule(nhs_number.tidy, nhs_number.problem)

RULES: Mapping[tuple[str, str], Rule] = {
    ("person", "nhs_number"): NHS_NUMBER,
    ("person", "date_of_birth"): DATE,
    ("person", "next_visit"): DATE,
    ("visit", "date"): DATE,
    ("visit", "time"): TIME,
    ("action", "by_when"): DATE,
}


def tidy(kind: str, name: str, typed: str) -> str:
    """What is kept of what was typed: composed letters (Welsh "ŵ" is one), no stray space at the ends, known forms."""
    words = unicodedata.normalize("NFC", typed).strip()
    rule = RULES.get((kind, name))
    return rule.tidy(words) if rule else words


def show(kind: str, name: str, kept: str) -> str:
    """A kept value as a reader wants it."""
    rule = RULES.get((kind, name))
    return rule.show(kept) if rule else kept


def problems(record: Record) -> list[Problem]:
    """Everything wrong with a record, in the order of its fields' rules."""
    found = []
    if record.kind == "person" and not (record.text("given_name") or record.text("family_name")):
        found.append(Problem("given_name", "Enter a name. If you do not know it yet, enter what the person is called."))
    for (kind, name), rule in RULES.items():
        if kind == record.kind and (sentence := rule.problem(record.text(name))):
            found.append(Problem(name, sentence))
    return found
