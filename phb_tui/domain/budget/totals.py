"""Totals of a budget, its payments, and how they are divided among those who pay (rules R12 to R14)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from phb_tui.domain.budget.amounts.pence import divided, half_up, in_parts, with_odd_penny
from phb_tui.domain.budget.inputs import JOINT, STREAMS, Budget
from phb_tui.domain.budget.periods import payment_dates
from phb_tui.domain.budget.working.lines import ONE_OFF, RECURRING, START_UP, Line

_WEEK = 7
CONTINGENCY = "contingency"


@dataclass(frozen=True, slots=True)
class Totals:
    """Totals in pence; `first` is the first year: what is paid to the person or for them."""

    recurring: int
    weekly: int
    contingency: int
    start: int
    one_off: int
    first: int


@dataclass(frozen=True, slots=True)
class Payment:
    """One payment; `what` is instalment, start_up, contingency or one_off."""

    what: str
    due_on: date
    pence: int
    number: int = 0


def _sum(lines: Iterable[Line], nature: str) -> int:
    return sum(line.pence for line in lines if line.nature == nature)


def totals(budget: Budget, lines: Iterable[Line]) -> Totals:
    """Add up the shown lines (rule R12)."""
    lines = list(lines)
    recurring, start, one_off = (_sum(lines, nature) for nature in (RECURRING, START_UP, ONE_OFF))
    weekly = half_up(Fraction(recurring * _WEEK, budget.period.days))
    contingency = budget.contingency_weeks * weekly
    paid_out = contingency if budget.contingency_held == "person" else 0
    return Totals(recurring, weekly, contingency, start, one_off, recurring + paid_out + start + one_off)


def _paid(lines: Iterable[Line]) -> list[Line]:
    """The lines that are paid out: a notional one never is."""
    return [line for line in lines if line.way != "notional"]


def instalments(budget: Budget, lines: Iterable[Line]) -> list[Payment]:
    """The recurring money by date; odd pennies are in the first instalment (rule R13)."""
    recurring = _sum(_paid(lines), RECURRING)
    if recurring <= 0:  # a credit may be more than what is paid out by other ways of managing
        return []
    dates = payment_dates(budget.period, budget.pay_every)
    amounts = in_parts(recurring, len(dates))
    return [
        Payment("instalment", day, pence, number)
        for number, (day, pence) in enumerate(zip(dates, amounts, strict=True), 1)
    ]


def payments(budget: Budget, lines: Iterable[Line], found: Totals) -> list[Payment]:
    """What is paid once, with the first instalment."""
    paid = _paid(lines)
    contingency = found.contingency if budget.contingency_held == "person" else 0
    sums = {START_UP: _sum(paid, START_UP), CONTINGENCY: contingency, ONE_OFF: _sum(paid, ONE_OFF)}
    return [Payment(what, budget.period.first, pence) for what, pence in sums.items() if pence]


def by_way(lines: Iterable[Line]) -> dict[str, int]:
    """Sums of lines by how they are managed."""
    found: dict[str, int] = {}
    for line in lines:
        found[line.way] = found.get(line.way, 0) + line.pence
    return found


def by_stream(lines: Iterable[Line], shares: Mapping[str, int]) -> dict[str, int]:
    """Sums by who pays; what is joint is divided once for each nature (rule R14). Empty when the shares are wrong."""
    if not shares:
        return {}
    lines = list(lines)
    found = {name: sum(line.pence for line in lines if line.stream == name) for name in STREAMS}
    for nature in (RECURRING, START_UP, ONE_OFF):
        joint = _sum((line for line in lines if line.stream == JOINT), nature)
        for name, pence in divided(joint, shares).items():
            found[name] += pence
    return found


class Streamed(Protocol):
    """A line with who pays it, as it was worked out or as a version keeps it."""

    @property
    def pence(self) -> int:
        """Whole pence."""

    @property
    def nature(self) -> str:
        """recurring, start_up or one_off."""

    @property
    def stream(self) -> str:
        """joint, health, social or education."""


def odd_pennies(lines: Iterable[Streamed], contingency: int, shares: Mapping[str, int]) -> dict[str, int]:
    """How many pennies that cannot be divided each of those who pay pays; empty when all comes out even."""
    joint = [line for line in lines if line.stream == JOINT]
    natures = (RECURRING, START_UP, ONE_OFF)
    sums = [*(sum(line.pence for line in joint if line.nature == nature) for nature in natures), contingency]
    return dict(Counter(name for pence in sums if shares for name in with_odd_penny(pence, shares)))


def contingency_by_stream(contingency: int, shares: Mapping[str, int]) -> dict[str, int]:
    """The contingency by who pays; empty when the shares are wrong."""
    return divided(contingency, shares) if shares else {}
