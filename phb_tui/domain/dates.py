"""Dates and times as people write them. A date that is understood is kept as 2026-11-23; any other stays as typed."""

import re
from datetime import date, time

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_CENTURY = 2000
_TWO_DIGITS = 100


def parse(typed: str) -> date | None:
    """The date in "27 3 2007", "27/3/07", "27 March 2007" or "2007-03-27"; None when it is not one."""
    words = re.findall(r"[^\W\d_]+|\d+", typed)
    if len(words) != 3:  # noqa: PLR2004 - a day, a month and a year
        return None
    if re.fullmatch(r"\d{4}", words[0]):
        words.reverse()
    day, month, year = words
    number = _month(month)
    if number is None or not (day.isdecimal() and year.isdecimal()):
        return None
    try:
        return date(int(year) + (_CENTURY if int(year) < _TWO_DIGITS else 0), number, int(day))
    except ValueError:
        return None


def parse_time(typed: str) -> time | None:
    """The time in "14:30", "14.30", "2.30pm" or "9"; None when it is not one."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?\s*", typed.lower())
    if not found:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def tidy(typed: str) -> str:
    """A date as 2007-03-27; anything else as typed."""
    found = parse(typed)
    return found.isoformat() if found else typed.strip()


def tidy_time(typed: str) -> str:
    """A time as 14:30; anything else as typed."""
    found = parse_time(typed)
    return f"{found:%H:%M}" if found else typed.strip()


def problem(typed: str) -> str:
    """What is wrong with a date, as a sentence; "" when nothing is."""
    if not typed.strip() or parse(typed):
        return ""
    return "Enter a date with a day, a month and a year, for example 27 3 2007."


def problem_time(typed: str) -> str:
    """What is wrong with a time, as a sentence; "" when nothing is."""
    return "" if not typed.strip() or parse_time(typed) else "Enter a time, for example 14:30."


def in_words(kept: str) -> str:
    """A kept date as "27 March 2007"; anything else as it is."""
    found = parse(kept)
    return f"{found.day} {_NAMES[found.month - 1]} {found.year}" if found else kept


def in_short(kept: str) -> str:
    """A kept date as "27 Mar 2007", for lists; anything else as it is."""
    found = parse(kept)
    return f"{found.day} {_NAMES[found.month - 1][:3]} {found.year}" if found else kept


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    start = word[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None
