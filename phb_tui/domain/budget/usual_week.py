"""What a line that does not run for the whole budget costs in a week in which it runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.domain.budget.amounts.figures import HOUR
from phb_tui.domain.budget.amounts.pence import half_up
from phb_tui.domain.budget.inputs import Budget, Cost, Shift
from phb_tui.domain.budget.periods import Period

_EVERY: Mapping[str, int] = {"week": 1, "four_weeks": 4}
"""How often a cost comes that has a usual week, in weeks."""


@dataclass(frozen=True, slots=True)
class Running:
    """The part of the budget in which a line runs.

    Attributes:
        period: Its days.
        weekly: Pence of a usual week in it, without what bank holidays change; None where its weeks are not alike.
    """

    period: Period
    weekly: int | None


def of(budget: Budget, record_id: str) -> Running | None:
    """When a line runs; None where it runs for the whole budget, on no day of it, or is paid once.

    Args:
        budget: The budget.
        record_id: Of a shift or a cost.
    """
    lines: tuple[Shift | Cost, ...] = (*budget.shifts, *budget.costs)
    for line in lines:
        if line.id == record_id:
            found = budget.period.overlap(line.first, line.last)
            if found in {None, budget.period} or (isinstance(line, Cost) and line.often == "once"):
                return None
            return Running(found or budget.period, _of_shift(line) if isinstance(line, Shift) else _of_cost(line))
    return None


def _of_shift(shift: Shift) -> int | None:
    minutes = sum(shift.minutes) or shift.weekly
    return half_up(Fraction(minutes, HOUR) * shift.rate) if shift.weeks == "every" else None


def _of_cost(cost: Cost) -> int | None:
    weeks = _EVERY.get(cost.often)
    return half_up(cost.price * cost.many / weeks) if weeks and cost.price is not None else None
