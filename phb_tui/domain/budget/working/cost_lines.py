"""Lines of costs: anything that is not hours of support, and fees that are a percentage of other lines (rule R11)."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.amounts.pence import HUNDRED, half_up, shown
from phb_tui.domain.budget.inputs import Budget, Cost
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import LONGEST_YEAR, YEAR_DAYS, Period
from phb_tui.domain.budget.working.lines import ONE_OFF, RECURRING, START_UP, Line
from phb_tui.domain.budget.working.sentences import days_shown, share_shown, whole_year
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _

TRAINING = "training_time"
_STARTING = {"recruitment", "dbs"}
_LEARNING = {TRAINING, "training_course", "task_training"}
_NO_CARE = {"managed_account_fee", "management_fee", "payroll", "insurance"}
_WHOLE = 100 * HUNDRED
_DIVISORS = {"week": 7, "four_weeks": 28}


def nature(cost: Cost) -> str:
    """Whether a cost comes again, comes once at the start, or is for something that is bought once."""
    if cost.often != "once" or cost.percent is not None or cost.kind in _LEARNING:
        return RECURRING
    return START_UP if cost.kind in _STARTING else ONE_OFF


def training_day(budget: Budget, cost: Cost) -> date | None:
    """The day on which training time counts as paid hours; None when it has no day in the budget.

    A day before the first one counts as the first. A percentage is no pay for hours, so it has no day.
    """
    found = days_of(budget, cost) if cost.percent is None else None
    return found.first if found else None


def days_of(budget: Budget, cost: Cost) -> Period | None:
    """The days of the budget on which a cost falls; None when there is none."""
    period = budget.period
    if cost.often != "once" or cost.percent is not None:
        return period.overlap(cost.first, cost.last)
    first = cost.first or period.first
    if first < period.first and (cost.kind == TRAINING or nature(cost) == START_UP):
        first = period.first
    return Period(first, first) if first in period else None


def factor(budget: Budget, often: str, days: int) -> Fraction:
    """How many times a price counts over so many days."""
    if often == "once":
        return Fraction(1)
    if often in _DIVISORS:
        return Fraction(days, _DIVISORS[often])
    if often == "month":
        return Fraction(12 * (min(days, YEAR_DAYS) if days <= LONGEST_YEAR else days), YEAR_DAYS)
    return min(Fraction(1), Fraction(days, YEAR_DAYS)) if budget.replaces else Fraction(1)


def line(budget: Budget, rates: Rates, cost: Cost, care: Iterable[Line]) -> Line:
    """The line of a cost.

    Args:
        budget: What it belongs to.
        rates: For training time, which is paid by the hour.
        cost: The cost.
        care: The lines that a percentage is taken of, of every way of managing.
    """
    found = days_of(budget, cost)
    working: tuple[str, ...]
    if found is None:
        pence, working = 0, (_("No day of it is in this budget, so it is 0.00."),)
    elif cost.percent is not None:
        base = sum(each.pence for each in care if each.way == cost.way)
        pence = half_up(Fraction(base * cost.percent, _WHOLE))
        share = share_shown(cost.percent)
        working = (_("{share} of {base} = {sum}").format(share=share, base=shown(base), sum=shown(pence)),)
    else:
        times = factor(budget, cost.often, found.days)
        pence = half_up((cost.price or 0) * cost.many * times)
        working = (_working(cost, found.days, times, pence),)
        working += (whole_year(),) if _is_part_of_year(cost.often, times) else ()
    if cost.often == "once" and cost.percent is None and cost.first and found:
        working += (_("It is for {day}.").format(day=dates.in_full(found.first.isoformat())),)
    day = training_day(budget, cost) if cost.kind == TRAINING else None
    is_paid = cost.kind == TRAINING and cost.worker is not None and cost.worker.is_employed
    return Line(
        cost.id, cost.what, working, pence, nature(cost), cost.way, cost.stream,
        provisional=is_paid and day is not None and rates.open_change("nmw_21", day) is not None,
        is_care=cost.percent is None and nature(cost) == RECURRING and cost.kind not in _NO_CARE,
    )  # fmt: skip


def _is_part_of_year(often: str, times: Fraction) -> bool:
    """Whether a price counts for a part of a year that is told in days."""
    return (often == "month" and times.denominator != 1) or (often == "year" and times != 1)


def _working(cost: Cost, days: int, times: Fraction, pence: int) -> str:
    price, many = shown(cost.price or 0), figures.decimal(cost.many, thousands=True)
    begins = price if cost.many == 1 else _("{many} x {price}").format(many=many, price=price)
    if cost.often == "once" or (cost.often == "year" and times == 1):
        return _("{begins} = {sum}").format(begins=begins, sum=shown(pence)) if cost.many != 1 else begins
    if cost.often == "month":
        if times.denominator == 1:
            return _("{begins} a month x {months} months = {sum}").format(begins=begins, months=times, sum=shown(pence))
        return _("{begins} a month x 12 months x {days} / 364 = {sum}").format(
            begins=begins, days=days_shown(days), sum=shown(pence)
        )
    if cost.often == "year":
        return _("{begins} a year x {days} / 364 = {sum}").format(
            begins=begins, days=days_shown(days), sum=shown(pence)
        )
    return _("{begins} x {days} / {divisor} = {sum}").format(
        begins=begins, days=days_shown(days), divisor=_DIVISORS[cost.often], sum=shown(pence)
    )
