"""The days on which a shift takes place: all, in term, outside term, or every other fortnight (rule R4)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from phb_tui.domain.budget.inputs import Budget, Shift
from phb_tui.domain.budget.law import bank_holidays
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import Period

WEEK, FORTNIGHT = 7, 14
_DAY = timedelta(days=1)


def periods(budget: Budget, shift: Shift, part: Period) -> list[Period]:
    """The stretches of a part of the budget on whose days a shift counts, in order and without overlaps."""
    if shift.weeks == "every":
        return [part]
    if shift.weeks == "term":
        return list(_merged(budget.terms, part))
    if shift.weeks == "holiday":
        return list(_between(_merged(budget.terms, part), part))
    return list(_fortnights(budget, part, 0 if shift.weeks == "first_fortnight" else 1))


def weekdays(period: Period) -> list[int]:
    """How many Mondays to Sundays a period has."""
    whole, rest = divmod(period.days, WEEK)
    begins = period.first.weekday()
    return [whole + ((day - begins) % WEEK < rest) for day in range(WEEK)]


def holidays(rates: Rates, period: Period) -> list[date]:
    """The bank holidays of a period, in order."""
    years = range(period.first.year, period.last.year + 1)
    known = {day for year in years for day in bank_holidays.of_year(year)} | rates.extra_holidays
    return sorted(day for day in known if day in period)


def _merged(terms: Iterable[Period], part: Period) -> Iterator[Period]:
    """The terms within a part; those that overlap or touch are one."""
    found: Period | None = None
    for term in sorted(terms):
        within = part.overlap(term.first, term.last)
        if within is None:
            continue
        if found is not None and within.first <= found.last + _DAY:
            found = Period(found.first, max(found.last, within.last))
            continue
        if found is not None:
            yield found
        found = within
    if found is not None:
        yield found


def _between(terms: Iterable[Period], part: Period) -> Iterator[Period]:
    """The stretches of a part that no term covers."""
    begins = part.first
    for term in terms:
        if begins < term.first:
            yield Period(begins, term.first - _DAY)
        begins = term.last + _DAY
    if begins <= part.last:
        yield Period(begins, part.last)


def _fortnights(budget: Budget, part: Period, which: int) -> Iterator[Period]:
    number = (part.first - budget.fortnights_from).days // FORTNIGHT
    number += (number - which) % 2
    while True:
        begins = budget.fortnights_from + timedelta(days=number * FORTNIGHT)
        if begins > part.last:
            return
        if within := part.overlap(begins, begins + timedelta(days=FORTNIGHT - 1)):
            yield within
        number += 2
