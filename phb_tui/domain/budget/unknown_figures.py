"""Which figures of the law the lines of a budget use that are not known yet (rule R17)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple, Protocol

from phb_tui.domain.budget.inputs import Budget
from phb_tui.domain.budget.law.rates import Rates

PENSION, SICK_PAY, WAGE = "pension_trigger", "ssp_flat", "nmw_21"
"""One of the rates of each group whose changes are expected together."""


class Shown(Protocol):
    """A line, as it was worked out or as a version keeps it."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def provisional(self) -> bool:
        """Whether a figure that it uses is not known yet."""


class Unknown(NamedTuple):
    """A figure that is not known yet.

    Attributes:
        on: The day from which it counts.
        why: In plain words; "" for bank holidays that are not announced.
    """

    on: date
    why: str


def of(budget: Budget, rates: Rates, lines: Iterable[Shown]) -> list[Unknown]:
    """What the lines use and nobody knows yet, each once; nothing that no line uses."""
    found = (each for line in lines if line.provisional for each in _of_line(budget, rates, line.id))
    return list(dict.fromkeys(found))


def _of_line(budget: Budget, rates: Rates, line_id: str) -> Iterator[Unknown]:
    name, last = _rate_of(budget, line_id), budget.period.last
    change = rates.open_change(name, last) if name else None
    if change is not None:
        yield Unknown(change.on, change.why)
    elif last > rates.holidays_announced_to:
        yield Unknown(rates.holidays_announced_to, "")


def _rate_of(budget: Budget, line_id: str) -> str:
    """The rate of the law by which a line can be provisional; "" where only bank holidays can."""
    parts = line_id.split(" ")
    if "pension" in parts[-2:]:
        return PENSION
    if parts[-1] == "ssp":
        return SICK_PAY
    shift = next((each for each in budget.shifts if line_id.startswith(f"{each.id} ")), None)
    pays_wage = shift is None or (shift.worker.is_employed and shift.sort != "sleep_in")
    return WAGE if pays_wage and "bank" not in parts[-2:] else ""
