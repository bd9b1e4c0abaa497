"""Parses dates as people in England write them: "4/12", "Friday 4th December", "next Fri", "in two weeks".

Only whole English names and their usual short forms are read, so that "wedding" is no Wednesday and "maybe" no May.
A text with an unknown word is not parsed at all.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum

from phb_tui.domain.calendar.durations import LONGEST, UNITS, count_of, moved, plain

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH_NAMES = {name: n for n, whole in enumerate(MONTHS, 1) for name in (whole, whole[:3])} | {"sept": 9}
_DAY_NAMES = {name: n for n, whole in enumerate(DAYS) for name in (whole, whole[:3])} | {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip
_COUNTED = re.compile(
    rf"(?:in )?(?:(?P<count>\w+) )?(?P<unit>{'|'.join(UNITS)})s?(?:'s|')?"
    r"(?: time| (?P<ago>ago)| (?:(?:from|on) )?(?P<start>[a-z]+))?"
)
_YEAR = re.compile(r"(?:19|20|21)\d\d", re.ASCII)
_FIGURES = re.compile(r"\d{1,2}", re.ASCII)
_TWO_FIGURES = re.compile(r"\d\d", re.ASCII)
_MIXED = re.compile(
    r"\d(?:st|nd|rd|th)?\s*(?P<first>[,./\-]|\s)\s*\d+\s*(?P<second>[,./\-]|\s)\s*(?<!\d)\d\d(?!\d)", re.ASCII
)
"""Three numbers, of which the last could be a year; "4-5/12" are two days, and "4/12 10" is a day and a time."""
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)", re.ASCII)
_OLDEST = 115
"""Maximum age in years; hardly anybody has lived longer."""
_MOST_YEARS = 8
"""Years after which every day of a year has come again; 29 February can be eight years away."""
_HALF_A_CENTURY = 50


class Tense(Enum):
    """Direction in which an ambiguous date is resolved: the future or the past."""

    AHEAD = "ahead"
    BACK = "back"


def read(typed: str, today: date, lean: Tense = Tense.AHEAD) -> str:
    """Parse a date to "2026-12-04", a month to "2026-12", a year to "2026"; "" when it is none of them.

    Args:
        typed: As somebody wrote it.
        today: The day it was written.
        lean: Direction for "4 dec" and "Friday": the next such day, or the last.
    """
    words = _words(typed)
    for reader in (_relative, _counted, _weekday, _day, _month, _year):
        try:
            found = reader(words, today, lean)
        except ValueError:  # 31 February
            continue
        if _YEAR.match(found):
            return found
    return ""


def exact(typed: str) -> date | None:
    """Parse a date that does not depend on today, such as "Tuesday 27th March 2007"; None when it is none."""
    words = _words(typed)
    year = words[0] if words and _YEAR.fullmatch(words[0]) else words[-1] if words else ""
    if not _YEAR.fullmatch(year):
        return None
    try:
        found = _day(words, date.max, Tense.BACK)
    except ValueError:
        return None
    return date.fromisoformat(found) if found else None


def years_meant(typed: str, today: date) -> list[int]:
    """Possible years of a two-digit year of birth: not in the future, and not more than 115 years ago."""
    words = _words(typed)
    if len(words) < 3 or not _FIGURES.fullmatch(words[-1]):  # noqa: PLR2004 - a day, a month and a year
        return []
    found = []
    for century in (1800, 1900, 2000, 2100):
        year = century + int(words[-1])
        try:
            day = _day([*words[:-1], str(year)], today, Tense.BACK)
        except ValueError:
            continue
        if day and day <= today.isoformat() and today.year - year <= _OLDEST:
            found.append(year)
    return found


def with_year(typed: str, year: int) -> str:
    """A date typed with a two-digit year, rewritten with a whole year."""
    return " ".join([*_words(typed)[:-1], str(year)])


def wrong_weekday(typed: str, today: date, lean: Tense = Tense.AHEAD) -> date | None:
    """The date, if it was typed with the name of a different weekday; None otherwise."""
    words = _words(typed)
    if len(words) < 2 or words[0] not in _DAY_NAMES:  # noqa: PLR2004 - a weekday and a date
        return None
    found = read(" ".join(words[1:]), today, lean)
    day = date.fromisoformat(found) if re.fullmatch(r"\d{4}-\d\d-\d\d", found) else None
    return day if day and day.weekday() != _DAY_NAMES[words[0]] else None


# -- how a date is written


def _words(typed: str) -> list[str]:
    """Words and numbers of a date without separators; empty when it contains any other letter."""
    if len(typed) > LONGEST:
        return []
    text = re.sub(r"(?<=\d)(?=[a-z])(?!st\b|nd\b|rd\b|th\b)", " ", plain(typed))
    if re.search(r"[^a-z0-9\s,./'\-]", text):
        return []
    if any(found["first"].strip() != found["second"].strip() for found in _MIXED.finditer(text)):
        return []
    found = [word.strip("'") for word in re.split(r"[\s,./\-]+", text)]
    words = [word for word in found if word and word not in {"the", "of"}]
    return words[1:] if words[:1] in (["on"], ["by"]) else words


def _relative(words: Sequence[str], today: date, _lean: Tense) -> str:
    """Parse "today", "the day after tomorrow", "Friday week"."""
    named = {"today": 0, "tomorrow": 1, "yesterday": -1, "day after tomorrow": 2}
    if (text := " ".join(words)) in named:
        return (today + timedelta(days=named[text])).isoformat()
    if len(words) == 2 and words[1] in {"week", "fortnight"}:  # noqa: PLR2004 - a day and the time after it
        start = _from_word(words[0], today)
        return moved(start, 1, words[1]).isoformat() if start else ""
    return ""


def _counted(words: Sequence[str], today: date, _lean: Tense) -> str:
    """Parse "in 3 weeks", "two weeks' time", "a fortnight", "6 weeks ago", "a week on Friday"."""
    found = _COUNTED.fullmatch(" ".join(words))
    if not found:
        return ""
    count, unit = count_of(found["count"] or "a"), found["unit"]
    start = _from_word(found["start"], today) if found["start"] else today
    if count is None or start is None or not (found["count"] or unit == "fortnight"):
        return ""
    return moved(start, -count if found["ago"] else count, unit).isoformat()


def _from_word(word: str, today: date) -> date | None:
    """The day that an offset counts from: today, tomorrow or the next day with a weekday's name."""
    if word in {"today", "now"}:
        return today
    if word == "tomorrow":
        return today + timedelta(days=1)
    return _coming(today, _DAY_NAMES[word]) if word in _DAY_NAMES else None


def _coming(today: date, weekday: int) -> date:
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _weekday(words: Sequence[str], today: date, lean: Tense) -> str:
    """Parse "Friday" as the next one, or the last for past dates; "next Friday" is in the next calendar week."""
    if not words or words[-1] not in _DAY_NAMES:
        return ""
    weekday, before = _DAY_NAMES[words[-1]], list(words[:-1])
    last = _coming(today, weekday) - timedelta(days=7 if weekday != today.weekday() else 14)
    if before == ["next"]:
        monday = today - timedelta(days=today.weekday())
        return (monday + timedelta(days=7 + weekday)).isoformat()
    if before == ["last"] or (not before and lean is Tense.BACK):
        return last.isoformat()
    return _coming(today, weekday).isoformat() if before in ([], ["this"]) else ""


def _day(words: Sequence[str], today: date, lean: Tense) -> str:
    """Parse a day and a month, optionally with weekday and year; or an all-number date that starts with the year."""
    left, weekday = list(words), None
    if left and left[0] in _DAY_NAMES:
        weekday, left = _DAY_NAMES[left[0]], left[1:]
    year = None
    if len(left) == 3 and _YEAR.fullmatch(left[0]):  # noqa: PLR2004 - the year first
        year, left = int(left[0]), [left[2], left[1]]
    elif len(left) == 3:  # noqa: PLR2004 - a day, a month and a year
        year, left = _whole_year(left[2], today), left[:2]
        if year is None:
            return ""
    if len(left) != 2:  # noqa: PLR2004 - a day and a month
        return ""
    first, second = left
    if first in _MONTH_NAMES and second not in _MONTH_NAMES:
        if year is None and weekday is None and _may_be_year(second, today, lean):
            return ""  # "Dec 27" is a day or a year
        first, second = second, first
    day, month = _day_of_month(first), _month_number(second)
    if day is None or month is None:
        return ""
    found = date(year, month, day) if year else _nearest(day, month, today, lean)
    return found.isoformat() if weekday in {None, found.weekday()} else ""


def _may_be_year(word: str, today: date, lean: Tense) -> bool:
    """Whether a number after a month's name can be the year: one to come, or for a past date any of two figures."""
    if lean is Tense.BACK:
        return bool(_TWO_FIGURES.fullmatch(word))
    return bool(_FIGURES.fullmatch(word)) and int(word) >= today.year % 100


def _whole_year(word: str, today: date) -> int | None:
    """The year; a two-digit one is the nearest to today, so that a mistake is noticed and not moved by a century."""
    if _YEAR.fullmatch(word):
        return int(word)
    if not _TWO_FIGURES.fullmatch(word):
        return None
    year = today.year // 100 * 100 + int(word)
    if year - today.year >= _HALF_A_CENTURY:
        return year - 100
    return year + 100 if today.year - year > _HALF_A_CENTURY else year


def _day_of_month(word: str) -> int | None:
    ordinal = _ORDINAL.fullmatch(word)
    figures = ordinal[1] if ordinal else word
    return int(figures) if _FIGURES.fullmatch(figures) else None


def _month_number(word: str) -> int | None:
    return int(word) if _FIGURES.fullmatch(word) else _MONTH_NAMES.get(word)


def _nearest(day: int, month: int, today: date, lean: Tense) -> date:
    """The next such day from today on, or the last one up to today.

    Raises:
        ValueError: No year has it.
    """
    step = 1 if lean is Tense.AHEAD else -1
    for year in range(today.year, today.year + step * (_MOST_YEARS + 1), step):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found >= today) if lean is Tense.AHEAD else (found <= today):
            return found
    raise ValueError(day, month)


def _month(words: Sequence[str], today: date, lean: Tense) -> str:
    """Parse "March 2027", "3 2027", or "March" as the next one or the last."""
    left = list(words[1:]) if words[:1] == ["in"] else list(words)
    if len(left) == 2 and _YEAR.fullmatch(left[1]):  # noqa: PLR2004 - a month and a year
        month = _month_number(left[0])
        return date(int(left[1]), month, 1).isoformat()[:7] if month else ""
    if len(left) != 1 or left[0] not in _MONTH_NAMES:
        return ""
    month = _MONTH_NAMES[left[0]]
    later = (
        1 if lean is Tense.AHEAD and month < today.month else -1 if lean is Tense.BACK and month > today.month else 0
    )
    return date(today.year + later, month, 1).isoformat()[:7]


def _year(words: Sequence[str], _today: date, _lean: Tense) -> str:
    left = list(words[1:]) if words[:1] == ["in"] else list(words)
    return left[0] if len(left) == 1 and _YEAR.fullmatch(left[0]) else ""
