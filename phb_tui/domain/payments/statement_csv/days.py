"""Reads the days of a statement: 27/03/2027, 27-Mar-27, 2027-03-27, 03/27/2027.

Which number is the month is decided from the whole column. A column that could be both is asked about.
"""

import re
from collections.abc import Iterable
from datetime import date

from phb_tui.domain.calendar.date_words import MONTHS
from phb_tui.domain.text import letters

_LONGEST = 60
_EARLIEST, _LATEST = 2000, 2199
_CENTURY = 2000
_MONTHS = {name: number for number, whole in enumerate(MONTHS, 1) for name in (whole, whole[:3])} | {"sept": 9}
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]?\s+", re.ASCII)
_TIME = re.compile(
    r"(?:[ t,]+)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d{1,9})?)?\s*(?:[ap]m)?\s*(?:z|utc|gmt|bst|[-+]\d{2}:?\d{2})?$"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|((?:19|20|21)\d{2})(\d{2})(\d{2})", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_DAY_AND_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]*([a-z]{3,9})[-/., ]*(\d{4}|\d{2})", re.ASCII)
_NAME_AND_DAY = re.compile(r"([a-z]{3,9})[-/., ]*(\d{1,2})(?:st|nd|rd|th)?[-/., ]+(\d{4}|\d{2})", re.ASCII)


def read(text: str, *, month_first: bool = False) -> date | None:
    """The day in a cell; None when it is none.

    Args:
        text: The cell; a weekday before it and a time after it are left out.
        month_first: Whether the month stands before the day where both are numbers.
    """
    words = _plain(text)
    if found := _YEAR_FIRST.fullmatch(words):
        year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return _day(year, int(month), day)
    if found := _NUMBERS.fullmatch(words):
        first, second = (found[3], found[1]) if month_first else (found[1], found[3])
        return _day(found[4], int(second), first)
    if found := _DAY_AND_NAME.fullmatch(words):
        return _day(found[3], _MONTHS.get(found[2], 0), found[1])
    found = _NAME_AND_DAY.fullmatch(words)
    return _day(found[3], _MONTHS.get(found[1], 0), found[2]) if found else None


def month_first(texts: Iterable[str]) -> bool | None:
    """Whether the month stands first in a column; None when it could be either way, or differs from row to row."""
    both = [(read(text), read(text, month_first=True)) for text in texts if _NUMBERS.fullmatch(_plain(text))]
    meant = [(day, month) for day, month in both if day != month]
    if all(day is not None for day, _month in meant):
        return None if meant and all(month is not None for _day, month in meant) else False
    return True if all(month is not None for _day, month in meant) else None


def _plain(text: str) -> str:
    if len(text) > _LONGEST:
        return ""
    words = letters.seen(text).lower()
    words = _TIME.sub("", _WEEKDAY.sub("", words, count=1))
    return words.strip(" '")


def _day(year: str, month: int, day: str) -> date | None:
    whole = int(year) if len(year) > 2 else _CENTURY + int(year)  # noqa: PLR2004 - a year of two figures
    if not _EARLIEST <= whole <= _LATEST:
        return None
    try:
        return date(whole, month, int(day))
    except ValueError:  # 31 February
        return None
