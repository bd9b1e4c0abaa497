"""The week as it would be: who comes on which day, and for how long, by the rules by which the hours are paid."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from phb_tui.domain.budget.inputs import Budget, Shift, Worker
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.working import shift_days, shift_lines

DAYS = 7
_IN_TERM = ("term", "holiday")


@dataclass(frozen=True, slots=True)
class Comes:
    """One person or organisation in one week, with one sort of hours.

    Attributes:
        minutes: On Monday to Sunday; for a night asleep or a day living in 60 stand for one.
        unplaced: Minutes of the week whose days are not known.
    """

    worker: Worker
    sort: str
    minutes: tuple[int, ...]
    unplaced: Fraction

    @property
    def total(self) -> Fraction:
        """Minutes of the whole week."""
        return sum(self.minutes) + self.unplaced


@dataclass(frozen=True, slots=True)
class BankHoliday:
    """A bank holiday of the week.

    Attributes:
        off: Who does not come that day, though they would on another.
        more: Who is paid more, with how much in hundredths of a percent.
    """

    day: date
    off: tuple[Worker, ...]
    more: tuple[tuple[Worker, int], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """A week of a budget, from Monday to Sunday.

    Attributes:
        number: From 0.
        inside: Which of its days are in the budget.
        comes: Who comes, in the order of the shifts; also those who have no hours in just this week.
        holidays: Its bank holidays that are in the budget.
        in_term: Which of its days are in school term; empty where no shift goes by it.
    """

    number: int
    period: Period
    inside: tuple[bool, ...]
    comes: tuple[Comes, ...]
    holidays: tuple[BankHoliday, ...]
    in_term: tuple[bool, ...]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def count(budget: Budget) -> int:
    """How many weeks from Monday to Sunday a budget has a day in."""
    return (_monday(budget.period.last) - _monday(budget.period.first)).days // DAYS + 1


def week(budget: Budget, rates: Rates, number: int) -> Week:
    """A week of a budget by its number from 0; the last one for any later number."""
    number = min(max(number, 0), count(budget) - 1)
    first = _monday(budget.period.first) + timedelta(days=DAYS * number)
    period = Period(first, first + timedelta(days=DAYS - 1))
    part = budget.period.overlap(period.first, period.last) or budget.period  # a week of the budget has a day in it
    goes_by_term = any(shift.weeks in _IN_TERM for shift in budget.shifts)
    return Week(
        number,
        period,
        inside=tuple(day in budget.period for day in period),
        comes=tuple(_comes(budget, rates, period)),
        holidays=tuple(_bank_holiday(budget, day) for day in shift_days.holidays(rates, part)),
        in_term=tuple(any(day in term for term in budget.terms) for day in period) if goes_by_term else (),
    )


def _in_force(budget: Budget, shift: Shift, period: Period) -> Period | None:
    within = budget.period.overlap(shift.first, shift.last)
    return within.overlap(period.first, period.last) if within is not None else None


def _comes(budget: Budget, rates: Rates, period: Period) -> Iterator[Comes]:
    """Who comes; the hours of one person that are of one sort are added up, also of several shifts."""
    together: dict[tuple[str, str], list[Shift]] = {}
    for shift in budget.shifts:
        if _in_force(budget, shift, period) is not None:
            together.setdefault((shift.worker.id, shift.sort), []).append(shift)
    for shifts in together.values():
        minutes, unplaced = [0] * DAYS, Fraction(0)
        for shift in shifts:
            part = _in_force(budget, shift, period) or period
            if not shift.minutes:
                unplaced += shift_lines.worked(budget, rates, shift, part).total
                continue
            for day in part:
                minutes[day.weekday()] += int(shift_lines.worked(budget, rates, shift, Period(day, day)).total)
        yield Comes(shifts[0].worker, shifts[0].sort, tuple(minutes), unplaced)


def _bank_holiday(budget: Budget, day: date) -> BankHoliday:
    off: dict[str, Worker] = {}
    more: dict[tuple[str, int], tuple[Worker, int]] = {}
    for shift in budget.shifts:
        today = Period(day, day)
        if _in_force(budget, shift, today) is None or not list(shift_days.periods(budget, shift, today)):
            continue
        if not (shift.minutes[day.weekday()] if shift.minutes else shift.bank_minutes):
            continue
        if shift.bank_holidays == "off":
            off[shift.worker.id] = shift.worker
        elif shift.bank_holidays == "premium":
            more[shift.worker.id, shift.premium] = (shift.worker, shift.premium)
    return BankHoliday(day, tuple(off.values()), tuple(more.values()))
