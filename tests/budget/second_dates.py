"""Dates, ages and statutory rates for the second calculation of a budget; days are ordinals, money is pence."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from functools import cache

WAGES = (
    (date(2025, 4, 1).toordinal(), {"21+": 1221, "18_20": 1000, "16_17": 755, "apprentice": 755, "offset": 1066}),
    (date(2026, 4, 1).toordinal(), {"21+": 1271, "18_20": 1085, "16_17": 800, "apprentice": 800, "offset": 1110}),
)
"""Minimum wage an hour by age, and accommodation offset a day, each from a day on."""
WAGE_CHANGE = date(2027, 4, 1).toordinal()
PENSION_CHANGE = SSP_CHANGE = date(2027, 4, 6).toordinal()
BANK_HOLIDAYS_ANNOUNCED_TO = date(2028, 12, 31).toordinal()
FIRST_DAY_OF_RATES = date(2025, 4, 6).toordinal()
SSP_SHARE_FROM = date(2026, 4, 6).toordinal()
SSP_FLAT_BEFORE, SSP_FLAT = 118_75, 123_25
NI_THRESHOLD, ALLOWANCE = 5_000_00, 10_500_00
PENSION_TRIGGER, PENSION_LOW, PENSION_HIGH = 10_000_00, 6_240_00, 50_270_00
YEAR_DAYS = 364

_SATURDAY, _SUNDAY = 5, 6
_NEXT_BANDS = {
    "16_17": ((0, "18_20"), (3, "21"), (4, "22_plus")),
    "18_20": ((0, "21"), (1, "22_plus")),
    "21": ((0, "22_plus"),),
}


def weekday(day: int) -> int:
    """Weekday of an ordinal day, Monday is 0."""
    return (day + 6) % 7


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _moved(day: int, taken: set[int]) -> int:
    while weekday(day) in {_SATURDAY, _SUNDAY} or day in taken:
        day += 1
    return day


@cache
def bank_holidays(year: int) -> frozenset[int]:
    """Bank holidays of England and Wales in a calendar year, those of a weekend moved as gov.uk moves them."""
    sunday = easter(year).toordinal()
    days = {sunday - 2, sunday + 1}
    for month, earliest in ((5, 1), (5, 25), (8, 25)):
        first = date(year, month, earliest).toordinal()
        days.add(first + (-weekday(first)) % 7)
    for month, number in ((1, 1), (12, 25), (12, 26)):
        day = date(year, month, number).toordinal()
        if weekday(day) not in {_SATURDAY, _SUNDAY}:
            days.add(day)
    for month, number in ((1, 1), (12, 25), (12, 26)):
        day = date(year, month, number).toordinal()
        if weekday(day) in {_SATURDAY, _SUNDAY}:
            days.add(_moved(day, days))
    return frozenset(days)


@cache
def bank_holidays_between(first: int, last: int) -> frozenset[int]:
    """Bank holidays from a first to a last day, both included."""
    years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
    return frozenset(day for year in years for day in bank_holidays(year) if first <= day <= last)


def tax_year(day: int) -> str:
    """Tax year of a day, for example 2026/27."""
    when = date.fromordinal(day)
    start = when.year if (when.month, when.day) >= (4, 6) else when.year - 1
    return f"{start}/{(start + 1) % 100:02d}"


def by_tax_year(first: int, last: int) -> Iterator[tuple[str, int, int]]:
    """Parts of a period in each tax year: name, first day, last day; none when the period has no day."""
    while first <= last:
        name = tax_year(first)
        end = min(last, date(int(name[:4]) + 1, 4, 5).toordinal())
        yield name, first, end
        first = end + 1


def years_later(day: int, years: int) -> int:
    """Same day some years later; 29 February counts as 1 March where there is none."""
    when = date.fromordinal(day)
    try:
        return when.replace(year=when.year + years).toordinal()
    except ValueError:
        return date(when.year + years, 3, 1).toordinal()


def months_later(day: int, months: int) -> int:
    """Same day some months later, or the last day of a shorter month."""
    when = date.fromordinal(day)
    year, month = divmod(when.year * 12 + when.month - 1 + months, 12)
    return date(year, month + 1, min(when.day, monthrange(year, month + 1)[1])).toordinal()


def bands(age: str, turns_on: int | None) -> list[tuple[int, str]]:
    """Age bands of a worker with the day each begins, the first from day 0."""
    found = [(0, age or "22_plus")]
    if turns_on is not None:
        found += [(years_later(turns_on, years), band) for years, band in _NEXT_BANDS.get(age, ())]
    return found


def band_on(known: list[tuple[int, str]], day: int) -> str:
    """Age band on a day."""
    return next(band for start, band in reversed(known) if start <= day)


def wage(band: str, day: int) -> int:
    """Minimum wage an hour for an age band, or the accommodation offset a day for "offset", the latest known one."""
    name = band if band in {"18_20", "16_17", "apprentice", "offset"} else "21+"
    return next(row[name] for start, row in reversed(WAGES) if start <= day)
