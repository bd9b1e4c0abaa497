"""Parses durations and review intervals as people write them."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

NUMBERS = {
    name: n
    for n, name in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"a": 1, "an": 1}
UNITS = {
    "day": (1, 0), "week": (7, 0), "wk": (7, 0), "fortnight": (14, 0), "month": (0, 1), "mth": (0, 1), "year": (0, 12),
    "yr": (0, 12),
}  # fmt: skip
"""Days and months of each unit."""
_ADVERBS = {
    "daily": "every day", "weekly": "every week", "fortnightly": "every fortnight", "monthly": "every month",
    "quarterly": "every 3 months", "yearly": "every year", "annually": "every year", "twice a year": "every 6 months",
}  # fmt: skip
LONGEST = 60
"""Maximum letters of a text that is parsed; no date is longer."""


def add_months(day: date, months: int) -> date:
    """Add months to a day, clamped to the end of a shorter month.

    The result is clamped to the first and last day of the calendar, so that no stored date raises an error.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    first = date(year, month + 1, 1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def interval(typed: str) -> str:
    """Normalise an interval ("3-monthly", "every other week", "once a year") to "every 3 months".

    "" when it is none.
    """
    if len(typed) > LONGEST:
        return ""
    text = " ".join(plain(typed).replace("-", " ").rstrip(" .").split())
    text = _ADVERBS.get(text, text)
    if found := re.fullmatch(r"(\w+) (day|week|month|year)ly", text):
        text = f"every {found[1]} {found[2]}s"
    found = re.fullmatch(r"(?:every|each|once a|once every|once in)(?: (\w+))? ([a-z]+?)s?", text)
    count = count_of({"other": "2", "second": "2"}.get(found[1], found[1]) if found and found[1] else "one")
    if not found or not count or found[2] not in UNITS:
        return ""
    name = {"wk": "week", "mth": "month", "yr": "year"}.get(found[2], found[2])
    return f"every {name}" if count == 1 else f"every {count} {name}s"


def after(kept: str, day: date) -> date | None:
    """The day one stored interval after another day; None when it is no interval.

    Args:
        kept: As `interval` gives it, or as typed.
        day: The day from which it counts.
    """
    found = re.fullmatch(r"every (?:(\d{1,3}) )?([a-z]+?)s?", interval(kept), re.ASCII)
    if not found:
        return None
    return moved(day, int(found[1] or 1), found[2])


def plain(typed: str) -> str:
    """Text with plain digits and apostrophes in place of full-width digits and curly apostrophes."""
    return unicodedata.normalize("NFKC", typed[:LONGEST]).replace("\u2019", "'").lower()


def count_of(word: str) -> int | None:
    """The number in "3" or "three", 1 for "a"; None when it is none."""
    if re.fullmatch(r"\d{1,3}", word, re.ASCII):
        return int(word)
    return NUMBERS.get(word)


def moved(day: date, count: int, unit: str) -> date:
    """Add a number of units, negative for earlier, to a day; clamped to the calendar as in `add_months`."""
    days, months = UNITS[unit]
    try:
        return add_months(day, count * months) + timedelta(days=count * days)
    except OverflowError:
        return date.max if count > 0 else date.min
