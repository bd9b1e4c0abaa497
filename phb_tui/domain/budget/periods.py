"""Periods of days, both ends included, and how they are cut: tax years, slices of a year, dates of payment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

from phb_tui.domain.budget.amounts.pence import half_up
from phb_tui.domain.calendar.durations import add_months

YEAR_DAYS = 364
"""Days that a whole annual amount stands for: 52 weeks (rule R6)."""
LONGEST_YEAR = 366
_TAX_MONTH, _TAX_DAY = 4, 6
FOUR_WEEKS, LAST_DAYS = 28, 14
"""Days between payments, and days of the budget that a payment must still cover (rule R13)."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From a first day to a last day, both included; the last is never before the first."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __iter__(self) -> Iterator[date]:
        for number in range(self.days):
            yield self.first + timedelta(days=number)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last

    def overlap(self, first: date | None, last: date | None) -> "Period | None":
        """The part of it from a day to another; None, when there is none. A day that is None cuts nothing."""
        begins, ends = max(self.first, first or self.first), min(self.last, last or self.last)
        return Period(begins, ends) if begins <= ends else None


@dataclass(frozen=True, slots=True, order=True)
class TaxYear:
    """A tax year by the calendar year it begins in; it runs from 6 April to 5 April."""

    begins: int

    def __str__(self) -> str:
        return f"{self.begins}/{(self.begins + 1) % 100:02}"

    @property
    def period(self) -> Period:
        """Its first and last day."""
        return _days_of(self.begins)


@cache
def _days_of(begins: int) -> Period:
    return Period(date(begins, _TAX_MONTH, _TAX_DAY), date(begins + 1, _TAX_MONTH, _TAX_DAY - 1))


def tax_year(day: date) -> TaxYear:
    """The tax year of a day."""
    return TaxYear(day.year if (day.month, day.day) >= (_TAX_MONTH, _TAX_DAY) else day.year - 1)


def tax_years(period: Period) -> dict[TaxYear, Period]:
    """The parts of a period by tax year, in their order (rule R3)."""
    found = {}
    for begins in range(tax_year(period.first).begins, tax_year(period.last).begins + 1):
        year = TaxYear(begins)
        if part := period.overlap(year.period.first, year.period.last):
            found[year] = part
    return found


def annual_slice(annual: int, days: int) -> int:
    """The part of an annual amount, in pence, for so many days: the whole for 52 weeks (rule R6)."""
    return min(annual, half_up(Fraction(annual * days, YEAR_DAYS)))


def payment_dates(period: Period, every: str) -> list[date]:
    """When instalments are paid: the first day, then while at least 14 days remain, the date itself among them.

    Args:
        period: The budget's.
        every: four_weeks, month or once.
    """
    dates = [period.first]
    while every != "once":
        number = len(dates)
        following = (
            add_months(period.first, number) if every == "month" else period.first + timedelta(days=FOUR_WEEKS * number)
        )
        if (period.last - following).days + 1 < LAST_DAYS:
            break
        dates.append(following)
    return dates
