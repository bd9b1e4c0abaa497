"""What each employed worker earns in each tax year, and the days on which they work (rules R5 and R6)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.budget.inputs import JOINT, Budget, Cost, Shift, Worker
from phb_tui.domain.budget.periods import TaxYear, tax_year, tax_years
from phb_tui.domain.budget.working.cost_lines import TRAINING, training_day

ALLOWED_WAYS = {"direct_payment", "managed_account"}
"""Ways of managing in which the person is the employer; another's staff use that employer's own allowance."""


@dataclass(frozen=True, slots=True)
class Earned:
    """What a worker earns in one tax year.

    Attributes:
        base: Pence of pay, premiums, nights and training time.
        first, last: The first and last day on which a shift or training falls.
    """

    year: TaxYear
    base: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """Days of the slice, both ends included (rule R6)."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Employment:
    """An employed worker with what they earn and do in the whole budget."""

    worker: Worker
    earned: Sequence[Earned]
    way: str
    stream: str
    counts_for_allowance: bool


def employments(budget: Budget, pay: Mapping[str, Mapping[TaxYear, int]], costs: Mapping[str, int]) -> list[Employment]:
    """Each employed worker who has a day of work or training in the budget.

    Args:
        budget: The budget.
        pay: Pence of each shift by tax year, with its premium.
        costs: Pence of each cost.
    """
    found = []
    for worker in budget.workers:
        if not worker.is_employed:
            continue
        shifts = [shift for shift in budget.shifts if shift.worker is worker]
        training = [cost for cost in budget.costs if cost.kind == TRAINING and cost.worker is worker]
        training = [cost for cost in training if training_day(budget, cost) is not None]
        if earned := _earned(budget, shifts, training, pay, costs):
            alike = {(shift.way, shift.stream) for shift in shifts} | {(cost.way, cost.stream) for cost in training}
            way, stream = alike.pop() if len(alike) == 1 else (budget.way, JOINT)
            found.append(
                Employment(
                    worker,
                    earned,
                    way=way,
                    stream=stream,
                    counts_for_allowance=all(shift.way in ALLOWED_WAYS for shift in shifts),
                )
            )
    return found


def _earned(
    budget: Budget,
    shifts: Iterable[Shift],
    training: Iterable[Cost],
    pay: Mapping[str, Mapping[TaxYear, int]],
    costs: Mapping[str, int],
) -> list[Earned]:
    base: dict[TaxYear, int] = {}
    days: dict[TaxYear, list[date]] = {}
    for shift in shifts:
        within = budget.period.overlap(shift.first, shift.last)
        for year, part in (tax_years(within) if within else {}).items():
            base[year] = base.get(year, 0) + pay[shift.id][year]
            days.setdefault(year, []).extend((part.first, part.last))
    for cost in training:
        if day := training_day(budget, cost):
            year = tax_year(day)
            base[year] = base.get(year, 0) + costs[cost.id]
            days.setdefault(year, []).append(day)
    return (
        [Earned(year, base[year], min(days[year]), max(days[year])) for year in sorted(base)]
        if any(base.values())
        else []
    )
