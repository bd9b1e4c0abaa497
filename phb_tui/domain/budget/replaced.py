"""What a budget takes over from the one that it takes the place of (rules R8 and 3.0)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.budget.amounts.pence import half_up, shown
from phb_tui.domain.budget.inputs import Budget
from phb_tui.domain.budget.periods import TaxYear, tax_years
from phb_tui.domain.budget.reading.fields import read_day
from phb_tui.domain.budget.work import Worked

USED, LINK = "allowance_used", "replaces_id"
CARRIED = frozenset({USED, "fortnights_from"})
"""The fields of a budget that may say what it takes over from the one before, whose id is in `LINK`."""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What the budgets before have used and fixed.

    Attributes:
        used: Pence of the Employment Allowance by tax year.
        fortnights_from: The day from which fortnights count; None for the budget's own first day.
    """

    used: Mapping[TaxYear, int] = field(default_factory=dict)
    fortnights_from: date | None = None


NOTHING = CarriedOver()


def carried_over(before: Worked, carried: CarriedOver, begins: date | None) -> CarriedOver | None:
    """What the next budget takes over; None when it does not take this one's place: that ends before it begins.

    Args:
        before: The budget before, worked out.
        carried: What that one took over itself.
        begins: The next one's first day; None when it is not known.
    """
    budget = before.budget
    if budget is None or begins is None or not budget.period.first < begins <= budget.period.last:
        return None
    used = dict(carried.used)
    for year, pence in _used_until(budget, before, begins).items():
        used[year] = used.get(year, 0) + pence
    return CarriedOver(used, budget.fortnights_from)


def _used_until(budget: Budget, before: Worked, begins: date) -> dict[TaxYear, int]:
    """Its share of the allowance for the days that it was in force, by tax year."""
    credit_of = {line.id: -line.pence for line in before.lines}
    found = {}
    for year, part in tax_years(budget.period).items():
        credit = credit_of.get(f"allowance {year}", 0)
        days = max(0, min(part.days, (begins - part.first).days))
        found[year] = half_up(Fraction(credit * days, part.days))
    return {year: pence for year, pence in found.items() if pence}


def with_carried(texts: Mapping[str, str], carried: CarriedOver | None) -> dict[str, str]:
    """A budget's fields with what it takes over; without the link when it takes no budget's place."""
    if carried is None:
        return {name: text for name, text in texts.items() if name != LINK}
    lines = [texts.get(USED, ""), *(f"{year} {MONEY.tidy(shown(pence))}" for year, pence in carried.used.items())]
    day = carried.fortnights_from
    more = {"fortnights_from": day.isoformat()} if day is not None else {}
    return {**texts, USED: "\n".join(line for line in lines if line), **more}


def first_day(texts: Mapping[str, str]) -> date | None:
    """A budget's first day; None when it is not known."""
    return read_day(texts.get("start_date", "").strip())
