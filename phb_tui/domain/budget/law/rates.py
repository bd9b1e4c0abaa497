"""The table of rates by date: what the law says from when, and which changes are expected but not known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Row:
    """A rate from a day on.

    Attributes:
        id: What it is, such as `nmw_21`.
        begins: The first day.
        value: Pence, a share such as 3/20, or a number of days, by what it is.
        status: statutory, local, provisional or standing.
        source: Where it was read.
        read_on: The day it was read, as text; "" when that is not known.
    """

    id: str
    begins: date
    value: Fraction
    status: str
    source: str
    read_on: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedChange:
    """A change of a rate that is expected on a day, but whose figure is not known.

    Attributes:
        id: Of the rate.
        on: The day.
        why: In plain words.
    """

    id: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class Rates:
    """A table of rates.

    Attributes:
        version: Of two tables the one with the higher version counts.
        rows: By id, each list by date.
        expected: Changes whose figures are not known yet.
        extra_holidays: Bank holidays that no rule of the calendar gives.
        holidays_announced_to: The last day up to which bank holidays are announced.
    """

    version: int
    rows: Mapping[str, tuple[Row, ...]]
    expected: tuple[ExpectedChange, ...]
    extra_holidays: frozenset[date] = frozenset()
    holidays_announced_to: date = date.max

    def row(self, name: str, day: date) -> Row | None:
        """The newest row of a rate on a day; None before the first: a look-up never guesses."""
        known = [row for row in self.rows.get(name, ()) if row.begins <= day]
        return known[-1] if known else None

    def value(self, name: str, day: date) -> Fraction | None:
        """The value of a rate on a day; None before the first row."""
        row = self.row(name, day)
        return row.value if row else None

    def open_change(self, name: str, last: date) -> ExpectedChange | None:
        """The first change of a rate expected by a day whose figure the table does not have (rule R17)."""
        have = {row.begins for row in self.rows.get(name, ())}
        changes = [change for change in self.expected if change.id == name and change.on <= last]
        return next((change for change in changes if not any(begins >= change.on for begins in have)), None)
