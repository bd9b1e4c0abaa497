"""Figures as people type them: money, hours, percentages, counts and amounts, kept as text in one form each.

Each type has four functions for `domain/field_types`: `tidy` (typed text to what is kept; what is no figure stays as
typed), `problem` (a sentence, or ""), `show` (for a reader) and a `read_` function (what is kept to an exact number;
None when it is none). Commas separate thousands only, nothing is rounded, and no figure is below nought.
"""

import re
import unicodedata
from fractions import Fraction

from phb_tui.domain.budget.amounts.pence import HUNDRED, shown
from phb_tui.i18n import _

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


def tidy_money(typed: str) -> str:
    """An amount as "1250.00"; anything else as it is."""
    pence = read_money(typed)
    return typed if pence is None else f"{pence // HUNDRED}.{pence % HUNDRED:02}"


def show_money(kept: str) -> str:
    """An amount as "£1,250.00"; anything else as it is."""
    pence = read_money(kept)
    return kept if pence is None else f"£{shown(pence)}"


def money_problem(kept: str) -> str:
    """What is wrong with a kept amount."""
    bad = kept and read_money(kept) is None
    return _("Enter an amount in pounds, for example 1,250 or 14.50.") if bad else ""


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


def tidy_hours(typed: str) -> str:
    """A time as "7:30"; anything else as it is."""
    minutes = read_hours(typed)
    return typed if minutes is None else f"{minutes // HOUR}:{minutes % HOUR:02}"


def show_hours(kept: str) -> str:
    """A time as "7 h 30" or "7 h"; anything else as it is."""
    minutes = read_hours(kept)
    return kept if minutes is None else hours_shown(Fraction(minutes))


def hours_shown(minutes: Fraction) -> str:
    """Minutes as "7 h 30", "7 h", and exactly with a fraction of a minute where there is one."""
    hours, rest = divmod(minutes, HOUR)
    if rest.denominator != 1:
        return _("{count} h").format(count=decimal(minutes / HOUR))
    return _("{hours:,} h {minutes:02}").format(hours=hours, minutes=int(rest)) if rest else f"{hours:,} h"


def hours_problem(kept: str) -> str:
    """What is wrong with a kept time."""
    bad = kept and read_hours(kept) is None
    return _("Enter hours, for example 7, 7:30 or 45 min.") if bad else ""


def read_percent(text: str) -> int | None:
    """Hundredths of a percent of "5", "5%" or "12.07", from 0 to 100; None when it is no such share."""
    found = _PERCENT.fullmatch(_packed(text))
    number = _number(found[1], found[2]) if found else None
    hundredths = None if number is None else int(number * HUNDRED)
    return hundredths if hundredths is not None and hundredths <= HUNDRED * HUNDRED else None


def tidy_percent(typed: str) -> str:
    """A share as "5" or "12.07"; anything else as it is."""
    hundredths = read_percent(typed)
    return typed if hundredths is None else decimal(Fraction(hundredths, HUNDRED))


def show_percent(kept: str) -> str:
    """A share as "12.07%"; anything else as it is."""
    hundredths = read_percent(kept)
    return kept if hundredths is None else f"{decimal(Fraction(hundredths, HUNDRED))}%"


def percent_problem(kept: str) -> str:
    """What is wrong with a kept share."""
    bad = kept and read_percent(kept) is None
    return _("Enter a percentage from 0 to 100, for example 50 or 12.5.") if bad else ""


def read_count(text: str) -> int | None:
    """A whole number from 0 to 9,999; None when it is none."""
    packed = _packed(text)
    found = re.fullmatch(_WHOLE, packed, re.ASCII)
    number = int(packed.replace(",", "")) if found else None
    return number if number is not None and number <= MOST_COUNT else None


def tidy_count(typed: str) -> str:
    """A whole number without leading noughts; anything else as it is."""
    number = read_count(typed)
    return typed if number is None else str(number)


def count_problem(kept: str) -> str:
    """What is wrong with a kept count."""
    bad = kept and read_count(kept) is None
    return _("Enter a whole number, for example 4.") if bad else ""


def read_amount(text: str) -> Fraction | None:
    """A number above nought with at most three places, such as miles or visits; None when it is none."""
    found = _AMOUNT.fullmatch(_packed(text))
    number = _number(found[1], found[2]) if found else None
    return number if number and number <= MOST_PENCE else None


def tidy_amount(typed: str) -> str:
    """A number as "12.5"; anything else as it is."""
    number = read_amount(typed)
    return typed if number is None else decimal(number)


def show_amount(kept: str) -> str:
    """A number as "1,250" or "12.5"; anything else as it is."""
    number = read_amount(kept)
    return kept if number is None else decimal(number, thousands=True)


def amount_problem(kept: str) -> str:
    """What is wrong with a kept number."""
    bad = kept and read_amount(kept) is None
    return _("Enter a number, for example 4 or 12.5.") if bad else ""


def decimal(number: Fraction, *, thousands: bool = False) -> str:
    """An exact number as decimal figures, to at most three places (half up), without noughts at the end."""
    thousandths: int = (number * 1000 + Fraction(1, 2)).__floor__()
    whole, rest = divmod(thousandths, 1000)
    places = f"{rest:03}".rstrip("0")
    return (f"{whole:,}" if thousands else str(whole)) + (f".{places}" if places else "")
