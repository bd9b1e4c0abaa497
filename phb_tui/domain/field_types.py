"""Field types: normalisation of typed text, validation, and display.

Typed text is always saved, valid or not; an error is a sentence shown on Continue.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.amounts.figures import Figure
from phb_tui.domain.calendar import dates, whole_days
from phb_tui.domain.text import letters, nhs_number, snomed
from phb_tui.i18n import _

HIGHEST_SCORE = 10


@dataclass(frozen=True, slots=True)
class Problem:
    """A validation error of one field.

    Attributes:
        field: The field's name in its record.
        sentence: What to do about it.
        record_id: Another record that has to be looked at for it; "" when it is about the field alone.
    """

    field: str
    sentence: str
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Functions of a field type: normalise, validate, display to a reader, display in the field."""

    tidy: Callable[[str, date], str] = lambda typed, _today: typed
    problem: Callable[[str, date], str] = lambda _kept, _today: ""
    show: Callable[[str], str] = str
    typed: Callable[[str], str] = str


def _tidy_postcode(typed: str) -> str:
    """Format a United Kingdom postcode in capitals with its space; other text is unchanged."""
    packed = "".join(typed.split()).upper()
    return f"{packed[:-3]} {packed[-3:]}" if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", packed) else typed


def _score_problem(kept: str) -> str:
    good = not kept or (len(kept) <= len(str(HIGHEST_SCORE)) and kept.isdecimal() and 1 <= int(kept) <= HIGHEST_SCORE)
    return "" if good else _("Enter a whole number from 1 to 10.")


def _ods_problem(kept: str) -> str:
    """Validate an organisation code: 3 to 8 letters and digits (NHS Data Dictionary)."""
    good = not kept or re.fullmatch(r"[A-Z0-9]{3,8}", kept)
    return "" if good else _("Enter a code of 3 to 8 letters and digits, or leave it empty.")


def _email_problem(kept: str) -> str:
    good = not kept or re.fullmatch(r"[^@\s]+@[^@\s]+", kept)
    return "" if good else _("Enter an email address with an @, or leave it empty.")


def _figure(figure: Figure[Any]) -> Rule:
    """The rule of a type of figure, which does not depend on today."""
    return Rule(lambda typed, _today: figure.tidy(typed), lambda kept, _today: figure.problem(kept), figure.show)


TYPES: Mapping[str, Rule] = {
    "words": Rule(),
    "date": Rule(dates.tidy, dates.problem, dates.in_full, dates.in_words),
    "day": Rule(dates.tidy, whole_days.problem_ahead, dates.in_full, dates.in_words),
    "past": Rule(dates.tidy_birth, dates.problem_birth, dates.in_words, dates.in_words),
    "happened": Rule(dates.tidy_past, dates.problem_past, dates.in_words, dates.in_words),
    "whole_day": Rule(dates.tidy_past, whole_days.problem, dates.in_words, dates.in_words),
    "review": Rule(dates.tidy_review, dates.problem_review, dates.in_full, dates.in_words),
    "time": Rule(lambda typed, _today: dates.tidy_time(typed), lambda kept, _today: dates.problem_time(kept)),
    "nhs_number": Rule(lambda typed, _today: nhs_number.tidy(typed), lambda kept, _today: nhs_number.problem(kept)),
    "score": Rule(problem=lambda kept, _today: _score_problem(kept)),
    "ods": Rule(lambda typed, _today: "".join(typed.split()).upper(), lambda kept, _today: _ods_problem(kept)),
    "postcode": Rule(lambda typed, _today: _tidy_postcode(typed)),
    "email": Rule(problem=lambda kept, _today: _email_problem(kept)),
    "codes": Rule(snomed.tidy, lambda kept, _today: snomed.problem(kept)),
    "money": _figure(figures.MONEY),
    "hours": _figure(figures.HOURS),
    "percent": _figure(figures.PERCENT),
    "count": _figure(figures.COUNT),
    "amount": _figure(figures.AMOUNT),
}
"""Rules by field type; `day` is a whole one, for what is counted from it, and
`whole_day` one that is over, for what is kept for ever. Choices, check boxes and links hold
codes and are never typed."""

DATES = {"date", "day", "happened", "whole_day", "past", "review"}
"""Field types that hold a date."""

_PLAIN = TYPES["words"]


def tidy(kind: str, typed: str, today: date) -> str:
    """Normalise typed text: Unicode NFC (Welsh "ŵ" is one letter), trimmed, in the type's standard form.

    In what is not words, such as a number or a postcode, letters that nobody sees do not make it a wrong one.
    """
    words = unicodedata.normalize("NFC", typed).strip()
    if kind in TYPES and kind != "words":
        words = "\n".join(map(letters.seen, words.splitlines()))
    return TYPES.get(kind, _PLAIN).tidy(words, today)


def show(kind: str, kept: str) -> str:
    """Format a stored value for a reader."""
    return TYPES.get(kind, _PLAIN).show(kept)


def typed(kind: str, kept: str) -> str:
    """Format a stored value for its field: a date without its weekday, which changing the day would make wrong."""
    return TYPES.get(kind, _PLAIN).typed(kept)


def problem(kind: str, kept: str, today: date) -> str:
    """Validate a stored value: an error as a sentence, "" if valid."""
    return TYPES.get(kind, _PLAIN).problem(kept, today)
