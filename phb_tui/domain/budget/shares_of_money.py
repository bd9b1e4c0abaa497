"""What a budget's money is for, in a few plain groups, and how long the bar of each of them is."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.domain.budget.amounts.pence import HUNDRED, divided, half_up
from phb_tui.domain.budget.inputs import Budget
from phb_tui.domain.budget.periods import tax_years
from phb_tui.domain.budget.work import Worked

SUPPORT, EMPLOYING, TRAINING, MANAGING = "support", "employing", "training", "managing"
ACTIVITIES, THINGS, PUT_BY = "activities", "things", "put_by"
GROUPS = (SUPPORT, EMPLOYING, TRAINING, MANAGING, ACTIVITIES, THINGS, PUT_BY)
"""In the order in which they are shown."""
_OF_KIND = {
    **dict.fromkeys(("insurance", "payroll", "recruitment", "dbs", "ending_employment"), EMPLOYING),
    **dict.fromkeys(("training_time", "training_course", "task_training"), TRAINING),
    **dict.fromkeys(("managed_account_fee", "management_fee"), MANAGING),
    **dict.fromkeys(("therapy", "activity", "respite", "carer_support"), ACTIVITIES),
}
"""Group of a cost by its sort; any other one is a thing."""


def for_what(found: Worked) -> dict[str, int]:
    """Pence by group, in their order: each group that a line belongs to, and what is put by and paid out.

    Together they are the total of the first year.
    """
    sums: dict[str, int] = {}
    group_of = _groups(found.budget) if found.budget is not None else {}
    for line in found.lines:  # what employing costs has the ids of workers
        group = group_of.get(line.id, EMPLOYING)
        sums[group] = sums.get(group, 0) + line.pence
    return {name: pence for name, pence in _with_put_by(found, sums).items() if name in sums or pence}


def by_way(found: Worked) -> dict[str, int]:
    """Pence by how they are managed, and what is put by and paid out; together the total of the first year."""
    return {name: pence for name, pence in _with_put_by(found, found.by_way).items() if pence}


def by_payer(found: Worked) -> dict[str, int]:
    """Pence by who pays, with what is put by and paid out; empty when the shares are wrong."""
    put_by = found.contingency_by_stream if _put_by(found) else {}
    sums = {name: pence + put_by.get(name, 0) for name, pence in found.by_stream.items()}
    return {name: pence for name, pence in sums.items() if pence}


def _put_by(found: Worked) -> int:
    """What is put by, as far as it is in the first year: not where the NHS keeps it."""
    return found.totals.first - found.totals.recurring - found.totals.start - found.totals.one_off


def _with_put_by(found: Worked, sums: Mapping[str, int]) -> dict[str, int]:
    order = [*(name for name in GROUPS if name in sums), *(name for name in sums if name not in GROUPS), PUT_BY]
    return {name: sums.get(name, 0) for name in order} | {PUT_BY: _put_by(found)}


def _groups(budget: Budget) -> dict[str, str]:
    """The group of each line of a shift or a cost, by the line's id."""
    found = {cost.id: _OF_KIND.get(cost.kind, THINGS) for cost in budget.costs}
    for shift in budget.shifts:
        for year in tax_years(budget.period):
            found |= dict.fromkeys((f"{shift.id} {year}", f"{shift.id} bank {year}"), SUPPORT)
    return found


@dataclass(frozen=True, slots=True)
class Bar:
    """One sum as a bar.

    Attributes:
        name: What the sum is of.
        pence: The sum; below nought where a credit is more than what it is taken off.
        cells: Length of the bar: of the largest sum the whole width, of any above nought at least 1.
        of_hundred: Its part of 100; None where a sum is below nought, for then there are no parts of a whole.
    """

    name: str
    pence: int
    cells: int
    of_hundred: int | None


def bars(sums: Mapping[str, int], width: int) -> tuple[Bar, ...]:
    """A bar for each sum.

    Args:
        sums: Pence by name.
        width: Cells of the longest bar, at least 1.
    """
    largest = max(sums.values(), default=0)
    parts = divided(HUNDRED, sums) if largest > 0 and min(sums.values()) >= 0 else {}
    return tuple(Bar(name, pence, _cells(pence, largest, width), parts.get(name)) for name, pence in sums.items())


def _cells(pence: int, largest: int, width: int) -> int:
    return max(1, half_up(Fraction(width * pence, largest))) if pence > 0 else 0
