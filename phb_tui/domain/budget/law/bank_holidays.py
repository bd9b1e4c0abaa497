"""Bank holidays of England and Wales, computed for any year; one on a weekend is moved as gov.uk does."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)
_SATURDAY = 5


@cache
def of_year(year: int) -> frozenset[date]:
    """The bank holidays of a year; extra ones, for a coronation or the like, are rows of the rates."""
    found: set[date] = set()
    for fixed in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        day = fixed
        while day.weekday() >= _SATURDAY or day in found:
            day += _DAY
        found.add(day)
    easter = easter_sunday(year)
    found |= {easter - 2 * _DAY, easter + _DAY}
    found |= {_monday_from(date(year, 5, 1)), _monday_from(date(year, 5, 25)), _monday_from(date(year, 8, 25))}
    return frozenset(found)


def is_one(day: date, extra: Collection[date] = ()) -> bool:
    """Whether a day is a bank holiday, or one of the extra ones."""
    return day in of_year(day.year) or day in extra


def working_day_up_to(day: date, extra: Collection[date] = ()) -> date:
    """The day itself, or the last one before it that is no weekend and no bank holiday."""
    while day.weekday() >= _SATURDAY or is_one(day, extra):
        day -= _DAY
    return day


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _monday_from(day: date) -> date:
    return day + (-day.weekday() % 7) * _DAY
