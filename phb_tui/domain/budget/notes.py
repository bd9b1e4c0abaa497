"""Notes on a budget: what is worth knowing, such as a rate far from what the team agrees; they stop nothing."""

from collections.abc import Iterable, Iterator

from phb_tui.domain.budget import unknown_figures
from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.inputs import Budget, LocalRate, Policy, Shift
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import tax_years
from phb_tui.domain.budget.working import cost_lines
from phb_tui.domain.budget.working.lines import Line
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _

_LONG_WEEK = 60 * figures.HOUR
_MOST_DAYS = 6
_WEEKEND = 5


def unclaimed(pence: int) -> str:
    """What the Employment Allowance would save, when it is not claimed or nobody is sure."""
    return _("If the allowance can be claimed, this budget is \N{POUND SIGN}{sum} less a year.").format(
        sum=shown(pence)
    )


def of(budget: Budget, rates: Rates, policy: Policy, lines: Iterable[Line]) -> Iterator[str]:
    """The notes on a budget, in the order of its records; about a figure of the law only where a line uses it."""
    for shift in budget.shifts:
        yield from _of_shift(budget, policy, shift)
    for cost in budget.costs:
        if cost_lines.days_of(budget, cost) is None:
            yield _("{what}: no day of it is in this budget.").format(what=cost.what or cost.id)
    yield from _allowance_years(budget)
    if any(_has_moved_holiday(budget, shift) for shift in budget.shifts):
        yield _("25 or 26 December or 1 January is on a weekend: the bank holiday is the weekday after it.")
    yield from why_provisional(budget, rates, lines)


def why_provisional(budget: Budget, rates: Rates, lines: Iterable[Line]) -> Iterator[str]:
    """Which figures of the law that the lines use are expected to change within the budget and are not known yet."""
    for each in unknown_figures.of(budget, rates, lines):
        say = _("May change from {day}: {why}") if each.why else _("Bank holidays after {day} are not announced yet.")
        yield say.format(day=dates.in_words(each.on.isoformat()), why=each.why)


def _has_moved_holiday(budget: Budget, shift: Shift) -> bool:
    """Whether bank holidays change the pay of a shift, and one that is on a weekend is among its days."""
    within = budget.period.overlap(shift.first, shift.last)
    if within is None or shift.bank_holidays not in {"off", "premium"}:
        return False
    return any(day.weekday() >= _WEEKEND for day in within if (day.month, day.day) in {(12, 25), (12, 26), (1, 1)})


def _of_shift(budget: Budget, policy: Policy, shift: Shift) -> Iterator[str]:
    what = _called(shift)
    within = budget.period.overlap(shift.first, shift.last)
    if within is None:
        yield _("{what}: no day of it is in this budget.").format(what=what)
        return
    worker = shift.worker
    if (worker.start_date and worker.start_date > within.first) or (worker.end_date and worker.end_date < within.last):
        yield _("{what}: some days are before they start or after they leave.").format(what=what)
    weekly = sum(shift.minutes) or shift.weekly
    if not shift.is_counted and weekly > _LONG_WEEK:
        yield _("{what}: more than 60 hours a week.").format(what=what)
    if shift.sort == "live_in" or sum(1 for minutes in shift.minutes if minutes) >= _MOST_DAYS:
        yield _("{what}: paid holiday may be less, the law's most is 28 days.").format(what=what)
    yield from _of_local_rates(policy, shift, what)


def about_local_rates(budget: Budget, policy: Policy) -> Iterator[str]:
    """Those of the notes that compare pay with what the team usually agrees; they are for staff (rule R16)."""
    for shift in budget.shifts:
        if budget.period.overlap(shift.first, shift.last) is not None:
            yield from _of_local_rates(policy, shift, _called(shift))


def _called(shift: Shift) -> str:
    return ": ".join(part for part in (shift.worker.name, shift.what) if part) or shift.id


def _of_local_rates(policy: Policy, shift: Shift, what: str) -> Iterator[str]:
    usual = [rate for rate in policy.rates if _fits(rate, shift)]
    if usual and not any(rate.low <= shift.rate <= rate.high for rate in usual):
        rate = usual[-1]
        side = _("above") if shift.rate > rate.high else _("below")
        yield _("{what}: {side} what your team usually agrees: {low} to {high}.").format(
            what=what, side=side, low=shown(rate.low), high=shown(rate.high)
        )


def _fits(rate: LocalRate, shift: Shift) -> bool:
    return rate.sort == shift.sort and rate.employed_as in {"", shift.worker.employed_as}


def _allowance_years(budget: Budget) -> Iterator[str]:
    if not budget.used or not any(worker.is_employed for worker in budget.workers):
        return
    for year in tax_years(budget.period):
        if year not in budget.used:
            yield _("Employment Allowance: nothing is written as used elsewhere in {year}.").format(year=year)
