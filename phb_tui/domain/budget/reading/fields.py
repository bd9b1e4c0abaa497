"""Reads a budget from the text of its records' fields: exact values, and a sentence for each field that is wrong.

A line with a field that cannot be read, or with a needed one empty, is left out and named; a contradiction is named
and the line counts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TypeVar

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.inputs import Problem
from phb_tui.domain.calendar import dates, whole_days
from phb_tui.i18n import _

Value = TypeVar("Value")


@dataclass(slots=True)
class Fields:
    """The fields of one record, read one after the other; what is wrong is collected.

    Attributes:
        id: The record's.
        texts: What each field holds.
        problems: What was found wrong, in the order of reading.
        broken: Whether a field of it cannot be read, or a needed one is empty.
    """

    id: str
    texts: Mapping[str, str]
    problems: list[Problem]
    broken: bool = field(default=False)

    def text(self, name: str) -> str:
        """A field's text, trimmed; "" when there is none."""
        return self.texts.get(name, "").strip()

    def refuse(self, name: str, say: str) -> None:
        """Name a field that keeps the line from being worked out; once, however often it is read."""
        problem = Problem(self.id, name, say)
        if problem not in self.problems:
            self.problems.append(problem)
        self.broken = True

    def contradict(self, name: str, say: str) -> None:
        """Name a field that stops the keeping of a version only."""
        self.problems.append(Problem(self.id, name, say))

    def _read(self, name: str, read: Callable[[str], Value | None], problem: str) -> Value | None:
        text = self.text(name)
        if not text:
            return None
        found = read(text)
        if found is None:
            self.refuse(name, problem)
        return found

    def money(self, name: str) -> int | None:
        """Pence; None when the field is empty or cannot be read."""
        return self._read(name, figures.read_money, _(figures.MONEY.sentence))

    def hours(self, name: str, most: int = figures.DAY) -> int | None:
        """Minutes, at most so many hours."""
        if not self.text(name):  # most days of a shift are empty, and the sentence below takes a while to make
            return None

        def read(text: str) -> int | None:
            minutes = figures.read_hours(text)
            return minutes if minutes is not None and minutes <= most * figures.HOUR else None

        say = _("Enter at most {most} hours, for example 7, 7:30 or 45 min.").format(most=most)
        return self._read(name, read, say)

    def percent(self, name: str) -> int | None:
        """Hundredths of a percent."""
        return self._read(name, figures.read_percent, _(figures.PERCENT.sentence))

    def count(self, name: str) -> int | None:
        """A whole number."""
        return self._read(name, figures.read_count, _(figures.COUNT.sentence))

    def amount(self, name: str) -> Fraction | None:
        """A number above nought."""
        return self._read(name, figures.read_amount, _(figures.AMOUNT.sentence))

    def day(self, name: str) -> date | None:
        """A whole date."""
        return self._read(name, read_day, whole_days.needed())

    def choice(self, name: str, codes: Sequence[str]) -> str:
        """One of the codes; the first one when the field is empty."""
        text = self.text(name)
        if text and text not in codes:
            self.refuse(name, _("Choose one of the answers again: this one is not known here."))
            return codes[0]
        return text or codes[0]


def read_day(text: str) -> date | None:
    """A day, as kept or as typed: 2026-12-07, 7 12 2026 or 7 December 2026; None when it is no whole day."""
    try:
        found: date | None = date.fromisoformat(text)
    except ValueError:
        found = dates.parse(text)
    return found if found is not None and dates.is_date(found.isoformat()) else None
