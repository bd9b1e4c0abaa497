"""Figures as people type them: money, hours, percentages, counts and amounts, kept as text in one form each.

Each type has a `read_` function (text to an exact number; None when it is none) and a `Figure`, which says how the
number is kept, shown and asked for. Commas separate thousands only, nothing is rounded, and no figure is below nought.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from phb_tui.domain.budget.amounts.pence import HUNDRED, shown
from phb_tui.domain.text.short_cache import cached_if_short
from phb_tui.i18n import N_, _

Value = TypeVar("Value")

_REMEMBERED = 2_000
"""How many texts are not read again: while somebody types, all lines but one stay what they were."""
_LONGEST = 100
"""The most letters of a text that is remembered: central reads what was made by hand, too."""

MOST_PENCE = 999_999_999
MOST_HOURS, DAY = 168, 24
"""Hours of a week and of a day: the most that a field of hours holds."""
HOUR = 60
"""Minutes."""
MOST_COUNT = 9_999
_WHOLE = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,15})"
"""At most so many figures: more are no amount anybody means, and reading thousands of them is refused by Python."""
_MONEY = re.compile(rf"£?({_WHOLE})?(?:\.(\d{{1,2}}))?£?", re.ASCII)
_PENCE = re.compile(r"(\d{1,15})p", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,3})(?::|h|hrs?|hours?)(?:(\d{1,2})(?:m|mins?|minutes?)?)?", re.ASCII | re.IGNORECASE)
_DECIMAL_HOURS = re.compile(r"(\d{0,3})(?:\.(\d{1,3}))?(?:h|hrs?|hours?)?", re.ASCII | re.IGNORECASE)
_MINUTES = re.compile(r"(\d{1,5})(?:m|mins?|minutes?)", re.ASCII | re.IGNORECASE)
_PERCENT = re.compile(r"(\d{0,3})(?:\.(\d{1,2}))?(?:%|percent)?", re.ASCII | re.IGNORECASE)
_AMOUNT = re.compile(rf"({_WHOLE})?(?:\.(\d{{1,3}}))?", re.ASCII)


def _packed(typed: str) -> str:
    """The text without spaces, with figures of other scripts as ours."""
    letters = (str(unicodedata.decimal(letter, letter)) for letter in typed if not letter.isspace())
    return "".join(letters)


def _number(whole: str | None, places: str | None) -> Fraction | None:
    """The number of its figures before and after the point; None when there are none at all."""
    if not whole and not places:
        return None
    rest = places or ""
    return Fraction(int((whole or "0").replace(",", "") + rest), 10 ** len(rest))


@cached_if_short(_REMEMBERED, _LONGEST)
def read_money(text: str) -> int | None:
    """Pence of "1250", "£1,250", "1,250.5", ".5" or "50p", up to 9,999,999.99; None when it is no such amount."""
    packed = _packed(text)
    if found := _PENCE.fullmatch(packed):
        pence = int(found[1])
    elif (found := _MONEY.fullmatch(packed)) and (number := _number(found[1], found[2])) is not None:
        pence = int(number * HUNDRED)
    else:
        return None
    return pence if pence <= MOST_PENCE else None


@cached_if_short(_REMEMBERED, _LONGEST)
def read_hours(text: str) -> int | None:
    """Minutes of "7", "7.5", "7:30", "7h30", "7 h 20" or "45 min", up to 168 hours; None when it is no such time."""
    packed = _packed(text)
    if found := _MINUTES.fullmatch(packed):
        minutes: Fraction | None = Fraction(int(found[1]))
    elif found := _CLOCK.fullmatch(packed):
        rest = int(found[2] or 0)
        minutes = Fraction(int(found[1]) * HOUR + rest) if rest < HOUR else None
    elif (found := _DECIMAL_HOURS.fullmatch(packed)) and (number := _number(found[1], found[2])) is not None:
        minutes = number * HOUR
    else:
        return None
    if minutes is None or minutes.denominator != 1 or minutes > MOST_HOURS * HOUR:
        return None
    return int(minutes)


def hours_shown(minutes: Fraction) -> str:
    """Minutes as "7 h 30", "7 h", and exactly with a fraction of a minute where there is one."""
    hours, rest = divmod(minutes, HOUR)
    if rest.denominator != 1:
        return _("{count} h").format(count=decimal(minutes / HOUR))
    return _("{hours:,} h {minutes:02}").format(hours=hours, minutes=int(rest)) if rest else f"{hours:,} h"


def read_percent(text: str) -> int | None:
    """Hundredths of a percent of "5", "5%" or "12.07", from 0 to 100; None when it is no such share."""
    found = _PERCENT.fullmatch(_packed(text))
    number = _number(found[1], found[2]) if found else None
    hundredths = None if number is None else int(number * HUNDRED)
    return hundredths if hundredths is not None and hundredths <= HUNDRED * HUNDRED else None


def read_count(text: str) -> int | None:
    """A whole number from 0 to 9,999; None when it is none."""
    packed = _packed(text)
    found = re.fullmatch(_WHOLE, packed, re.ASCII)
    number = int(packed.replace(",", "")) if found else None
    return number if number is not None and number <= MOST_COUNT else None


def read_amount(text: str) -> Fraction | None:
    """A number above nought with at most three places, such as miles or visits; None when it is none."""
    found = _AMOUNT.fullmatch(_packed(text))
    number = _number(found[1], found[2]) if found else None
    return number if number and number <= MOST_PENCE else None


def decimal(number: Fraction, *, thousands: bool = False) -> str:
    """An exact number as decimal figures, to at most three places (half up), without noughts at the end."""
    thousandths: int = (number * 1000 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(thousandths, 1000)
    places = f"{rest:03}".rstrip("0")
    return (f"{whole:,}" if thousands else str(whole)) + (f".{places}" if places else "")


@dataclass(frozen=True, slots=True)
class Figure(Generic[Value]):
    """A type of figure.

    Attributes:
        read: What a text means; None when it is no such figure.
        kept: How a value is kept, in one form.
        shown: How a reader sees it.
        sentence: What is said where a text is no such figure.
    """

    read: Callable[[str], Value | None]
    kept: Callable[[Value], str]
    shown: Callable[[Value], str]
    sentence: str

    def tidy(self, typed: str) -> str:
        """The figure in the form in which it is kept; anything else as it is."""
        value = self.read(typed)
        return typed if value is None else self.kept(value)

    def show(self, kept: str) -> str:
        """The figure for a reader; anything else as it is."""
        value = self.read(kept)
        return kept if value is None else self.shown(value)

    def problem(self, kept: str) -> str:
        """What is wrong with a kept text; "" when it is a figure or empty."""
        return _(self.sentence) if kept and self.read(kept) is None else ""


def _percent(hundredths: int) -> str:
    return decimal(Fraction(hundredths, HUNDRED))


MONEY = Figure(
    read_money,
    lambda pence: f"{pence // HUNDRED}.{pence % HUNDRED:02}",
    lambda pence: f"\N{POUND SIGN}{shown(pence)}",
    N_("Enter an amount in pounds, for example 1,250 or 14.50."),
)
HOURS = Figure(
    read_hours,
    lambda minutes: f"{minutes // HOUR}:{minutes % HOUR:02}",
    lambda minutes: hours_shown(Fraction(minutes)),
    N_("Enter hours, for example 7, 7:30 or 45 min."),
)
PERCENT = Figure(
    read_percent,
    _percent,
    lambda hundredths: f"{_percent(hundredths)}%",
    N_("Enter a percentage from 0 to 100, for example 50 or 12.5."),
)
COUNT = Figure(read_count, str, str, N_("Enter a whole number, for example 4."))
AMOUNT = Figure(
    read_amount, decimal, lambda number: decimal(number, thousands=True), N_("Enter a number, for example 4 or 12.5.")
)
