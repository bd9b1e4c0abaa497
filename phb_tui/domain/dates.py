"""Dates and times as people write them.

A date that is understood is kept as 2026-11-23, a month as 2026-11, a year as 2026, each with "about" before it when it
is not certain. Anything else stays as typed.
"""

import re
from calendar import monthrange
from datetime import date, time, timedelta

from phb_tui.language import N_, _

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMES = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"), N_("August"),
    N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ABOUT = re.compile(r"(about|around|approx(?:imately)?\.?|circa|c\.?|roughly)\s+", re.IGNORECASE)
_KEPT = re.compile(r"(about )?(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_CENTURY = 2000
_TWO_DIGITS = 100
_EARLIEST = 1900


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


def tidy(typed: str, today: date) -> str:
    """A date as 2007-03-27, a month as 2007-03, a year as 2007, all with "about" if so typed; else as typed.

    Args:
        typed: As somebody wrote it; "tomorrow", "next Friday" and "in 3 weeks" count from today.
        today: The day it was written.
    """
    words = typed.strip()
    about = _ABOUT.match(words)
    rest = words[about.end() :] if about else words
    found = parse(rest) or _relative(rest.lower(), today)
    kept = found.isoformat() if found else _month_or_year(rest)
    if not kept:
        return words
    return f"about {kept}" if about else kept


def tidy_time(typed: str) -> str:
    """A time as 14:30; anything else as typed."""
    found = parse_time(typed)
    return f"{found:%H:%M}" if found else typed.strip()


def problem(kept: str, today: date) -> str:
    """What is wrong with a date, as a sentence; "" when nothing is. A month, a year and "about" are good enough."""
    del today
    if not kept or _earliest(kept):
        return ""
    return _("Enter a date, for example 27 3 2007. A month or a year is enough: March 2007, about 2007.")


def problem_past(kept: str, today: date) -> str:
    """What is wrong with a date that has to lie in the past, such as a date of birth."""
    if not kept:
        return ""
    found = _earliest(kept)
    if found is None:
        return problem(kept, today)
    if found > today:
        return _("This date is in the future. Check the year.")
    return _("This date is more than a hundred years ago. Check the year.") if found.year < _EARLIEST else ""


def problem_time(kept: str) -> str:
    """What is wrong with a time, as a sentence; "" when nothing is."""
    return "" if not kept or parse_time(kept) else _("Enter a time, for example 14:30.")


def in_words(kept: str) -> str:
    """A kept date as "27 March 2007", "March 2007" or "about 2007"; anything else as it is."""
    return _in_words(kept, len(max(_NAMES, key=len)))


def in_short(kept: str) -> str:
    """A kept date as "27 Mar 2007", for lists; anything else as it is."""
    return _in_words(kept, 3)


def due(kept: str, today: date) -> bool:
    """Whether a kept date has come. A month or a year comes with its first day; what is no date never does."""
    found = _earliest(kept)
    return found is not None and found <= today


def last_day(kept: str) -> date | None:
    """The last day a kept date can mean: of its month or year when it has no day; None when it is no date."""
    first, found = _earliest(kept), _KEPT.fullmatch(kept)
    if first is None or found is None or found[4]:
        return first
    if not found[3]:
        return date(first.year, 12, 31)
    return date(first.year, first.month, monthrange(first.year, first.month)[1])


def over(kept: str, today: date) -> bool:
    """Whether the last day of a kept date is past; what is no date never is."""
    last = last_day(kept)
    return last is not None and last < today


def sort_key(kept: str) -> str:
    """Sorts kept dates by time, what is no date last."""
    found = _earliest(kept)
    return found.isoformat() if found else "9999"


def _in_words(kept: str, letters: int) -> str:
    found = _KEPT.fullmatch(kept)
    if not found or _earliest(kept) is None:
        return kept
    about, year, month, day = found.groups()
    parts = [str(int(day))] if day else []
    parts += [_(_NAMES[int(month) - 1])[:letters]] if month else []
    words = " ".join([*parts, str(year)])
    return _("about {date}").format(date=words) if about else words


def _earliest(kept: str) -> date | None:
    """The first day a kept date can mean; None when it is no date."""
    found = _KEPT.fullmatch(kept)
    if not found:
        return parse(kept)
    try:
        return date(int(found[2]), int(found[3] or 1), int(found[4] or 1))
    except ValueError:
        return None


def _month_or_year(typed: str) -> str:
    words = re.findall(r"[^\W\d_]+|\d+", typed)
    if len(words) == 1 and re.fullmatch(r"(19|20|21)\d\d", words[0]):
        return str(words[0])
    if len(words) == 2 and re.fullmatch(r"(19|20|21)\d\d", words[1]):  # noqa: PLR2004 - a month and a year
        month = _month(words[0])
        return f"{words[1]}-{month:02}" if month and month <= len(_MONTHS) else ""
    return ""


def _relative(typed: str, today: date) -> date | None:
    """The day in "today", "tomorrow", "Friday", "next Friday", "in 3 weeks"; None when it is none of them."""
    if typed in {"today", "tomorrow", "yesterday"}:
        return today + timedelta(days={"today": 0, "tomorrow": 1, "yesterday": -1}[typed])
    if found := re.fullmatch(r"in (\d{1,3}) (day|week|month)s?", typed):
        count, unit = int(found[1]), found[2]
        return (
            add_months(today, count)
            if unit == "month"
            else today + timedelta(days=count * (7 if unit == "week" else 1))
        )
    if found := re.fullmatch(r"(?:next |on )?(mon|tue|wed|thu|fri|sat|sun)[a-z]*", typed):
        return today + timedelta(days=(_DAYS.index(found[1]) - today.weekday() - 1) % 7 + 1)
    return None


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return day


def _month(word: str) -> int | None:
    if word.isdecimal():
        return int(word)
    start = word[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else None
