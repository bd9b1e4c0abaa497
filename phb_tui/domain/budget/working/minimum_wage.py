"""Whether pay is at least what the law allows, by date and age (rule R15)."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from phb_tui.domain.budget.amounts.figures import HOUR
from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.budget.inputs import Budget, Problem, Shift, Worker
from phb_tui.domain.budget.law.ages import band_on, birthdays, wage_rate
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.working import shift_lines
from phb_tui.domain.budget.working.cost_lines import TRAINING, training_day
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _

WAGES = ("nmw_21", "nmw_18_20", "nmw_16_17", "nmw_apprentice", "nmw_offset")


def problems(budget: Budget, rates: Rates) -> Iterator[Problem]:
    """The first breach of each shift and of each training time of an employed worker."""
    for shift in budget.shifts:
        if not shift.worker.is_employed or shift.sort == "sleep_in":
            continue
        if shift.sort == "live_in" and not shift.average:
            if any(_is_worked(budget, rates, shift, part) for part in _within(budget, shift)):
                say = _("Write how many hours a day are agreed on average. The law asks for it.")
                yield Problem(shift.id, "average", say)
        elif say := _of_shift(budget, rates, shift):
            yield Problem(shift.id, "rate", say)
    for cost in budget.costs:
        day = training_day(budget, cost) if cost.kind == TRAINING else None
        if day is None or cost.worker is None or not cost.worker.is_employed:
            continue
        if say := _breach(rates, cost.worker, day, Fraction(cost.price or 0)):
            yield Problem(cost.id, "price", say)


def _of_shift(budget: Budget, rates: Rates, shift: Shift) -> str:
    for part in (part for within in _within(budget, shift) for part in _alike(rates, shift.worker, within)):
        if (say := _breach(rates, shift.worker, part.first, _hourly(rates, shift, part.first))) and _is_worked(
            budget, rates, shift, part
        ):
            return say
    return ""


def _within(budget: Budget, shift: Shift) -> list[Period]:
    """The days of a shift in the budget; none when it is outside."""
    found = budget.period.overlap(shift.first, shift.last)
    return [found] if found else []


def _alike(rates: Rates, worker: Worker, within: Period) -> Iterator[Period]:
    """A period, cut where a rate of the law or the worker's age changes."""
    cuts = {row.begins for name in WAGES for row in rates.rows.get(name, ())} | set(
        birthdays(worker.age, worker.turns_on)
    )
    begins = within.first
    for day in sorted(cuts):
        if begins < day <= within.last:
            yield Period(begins, day - timedelta(days=1))
            begins = day
    yield Period(begins, within.last)


def _is_worked(budget: Budget, rates: Rates, shift: Shift, part: Period) -> bool:
    """Whether any minute of a shift falls into a part."""
    found = shift_lines.worked(budget, rates, shift, part)
    return bool(sum(found.days.values())) and bool(shift.weekly) if not shift.minutes else found.total > 0


def _hourly(rates: Rates, shift: Shift, day: date) -> Fraction:
    """Pence an hour; of a live-in worker with what is counted for the room, over the agreed average."""
    if shift.sort != "live_in":
        return Fraction(shift.rate)
    offset = rates.value("nmw_offset", day) or Fraction(0)
    return (shift.rate + offset) * HOUR / (shift.average or HOUR)


def _breach(rates: Rates, worker: Worker, day: date, hourly: Fraction) -> str:
    row = rates.row(wage_rate(band_on(worker.age, worker.turns_on, day)), day)
    if row is None or hourly >= row.value:
        return ""
    paid = shown(hourly.__floor__())  # never rounded up to what the law allows
    return _(
        "\N{POUND SIGN}{paid} an hour is less than the law allows from {day} (\N{POUND SIGN}{least}). Raise it."
    ).format(paid=paid, day=dates.in_words(row.begins.isoformat()), least=shown(int(row.value)))
