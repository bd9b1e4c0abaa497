"""Reads the fields of a budget for the second calculation: money in pence, hours in minutes, days as ordinals."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

T = TypeVar("T")

_WHOLE = r"(\d{1,3}(?:,\d{3})+|\d+)"
_MONEY = re.compile(rf"£?(?:{_WHOLE}(?:\.(\d\d?))?|\.(\d\d?))")
_HIGHEST_MONEY = 9_999_999_99
_HOURS = re.compile(r"(\d+)(?:(?::|h)(\d\d)|h)?")
_DAY, _WEEK = 24 * 60, 168 * 60


class NotReadable(ValueError):
    """A text that is not a value of its field's type."""


def text(value: Any) -> str:
    """A JSON value as text without surrounding space; None is empty."""
    return "" if value is None else str(value).strip()


def _packed(words: str) -> str:
    """Text without spaces and with figures of other scripts as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in "".join(words.split()))


def _match(pattern: str | re.Pattern[str], words: str) -> re.Match[str]:
    found = re.fullmatch(pattern, words)
    if not found:
        raise NotReadable(words)
    return found


def money(words: str) -> int:
    """Pence of an amount such as 1250, £1,250, 14.50, .5 or 50p."""
    words = _packed(words)
    if re.fullmatch(r"\d+p", words):
        pence = int(words[:-1])
    else:
        whole, places, only = _match(_MONEY, words).groups()
        pence = int((whole or "0").replace(",", "")) * 100 + int((places or only or "0").ljust(2, "0"))
    if pence > _HIGHEST_MONEY:
        raise NotReadable(words)
    return pence


def _minutes(words: str, most: int) -> int:
    words = _packed(words).lower()
    if re.fullmatch(r"\d+min", words):
        minutes = Fraction(int(words[:-3]))
    elif re.fullmatch(r"\d+\.\d+", words):
        minutes = Fraction(words) * 60
    else:
        hours, rest = _match(_HOURS, words).groups()
        if int(rest or 0) >= 60:
            raise NotReadable(words)
        minutes = Fraction(int(hours) * 60 + int(rest or 0))
    if minutes.denominator != 1 or minutes > most:
        raise NotReadable(words)
    return int(minutes)


def hours(words: str) -> int:
    """Minutes of a day's hours, at most 24:00."""
    return _minutes(words, _DAY)


def weekly_hours(words: str) -> int:
    """Minutes of a week's hours, at most 168:00."""
    return _minutes(words, _WEEK)


def percent(words: str) -> int:
    """Hundredths of a percent, from 0 to 100.00 percent."""
    whole, places, only = _match(r"(?:(\d+)(?:\.(\d\d?))?|\.(\d\d?))%?", _packed(words)).groups()
    found = int(whole or 0) * 100 + int((places or only or "0").ljust(2, "0"))
    if found > 100_00:
        raise NotReadable(words)
    return found


def count(words: str) -> int:
    """Whole number from 0 to 9,999."""
    found = int(_match(_WHOLE, _packed(words))[1].replace(",", ""))
    if found > 9_999:
        raise NotReadable(words)
    return found


def amount(words: str) -> Fraction:
    """Number above 0 with up to three places."""
    found = _match(rf"(?:{_WHOLE}(?:\.\d{{1,3}})?|\.\d{{1,3}})", _packed(words))
    number = Fraction(found[0].replace(",", ""))
    if not number:
        raise NotReadable(words)
    return number


def day(words: str) -> int:
    """Ordinal of a day written as 2026-12-07 or 7 12 2026."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", words, re.ASCII)
    parts = found.groups() if found else _match(r"(\d\d?) (\d\d?) (\d{4})", words).groups()[::-1]
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2])).toordinal()
    except ValueError as wrong:
        raise NotReadable(words) from wrong


def used_line(words: str) -> tuple[str, int]:
    """Tax year and pence of a line such as "2026/27 9,800.00"."""
    year, rest = _match(r"(\d{4}/\d\d)\s(.+)", words).groups()
    if (int(year[:4]) + 1) % 100 != int(year[5:]):
        raise NotReadable(words)
    return year, money(rest)


def term_line(words: str) -> tuple[int, int]:
    """First and last day of a term written as "4 1 2027 - 12 2 2027"."""
    first, last = (day(part.strip()) for part in _match(r"(.+?)\s+-\s+(.+)", words).groups())
    if last < first:
        raise NotReadable(words)
    return first, last


class Entry:
    """Fields of one budget, worker, shift or cost, and whether it can be worked out.

    Attributes:
        ident: The entry's id, under which its problems are listed.
        whole: False when a field cannot be read or a needed one is empty.
    """

    def __init__(self, fields: dict[str, Any], problems: list[dict[str, str]], ident: str = "") -> None:
        self.fields = fields
        self.ident = text(fields.get("id")) or ident
        self.whole = True
        self._problems = problems

    def word(self, name: str, empty: str = "") -> str:
        """A choice or link, or what it counts as when it is empty."""
        return text(self.fields.get(name)) or empty

    def contradiction(self, name: str) -> None:
        """Adds a problem that leaves the line in the totals."""
        found = {"id": self.ident, "field": name}
        if found not in self._problems:
            self._problems.append(found)

    def wrong(self, name: str) -> None:
        """Adds a problem that leaves the line out."""
        self.whole = False
        self.contradiction(name)

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """A field's value; None when it is empty, or cannot be read, which is a problem."""
        words = self.word(name)
        try:
            return reader(words) if words else None
        except NotReadable:
            self.wrong(name)
            return None

    def read_lines(self, name: str, reader: Callable[[str], T]) -> list[T]:
        """Values of the lines that can be read; a problem when there is another."""
        kept = self.fields.get(name) or []
        found = []
        for line in kept.splitlines() if isinstance(kept, str) else kept:
            try:
                found += [reader(text(line))] if text(line) else []
            except NotReadable:
                self.wrong(name)
        return found
