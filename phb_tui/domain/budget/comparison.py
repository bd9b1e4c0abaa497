"""Compares a budget with the usual package of care (rule R19); for staff only, never in the family view."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget.amounts.pence import half_up
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.totals import Totals

WEEK = 7


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the usual package would cost, in pence; below nought means that the budget is dearer.

    Attributes:
        usual: The usual package for the days of the budget.
        avoided: How much less the budget's recurring money is.
        tenths: `avoided` in tenths of a percent of the usual package; None when that costs nothing.
        double_running: What the usual package costs while both run.
        first_year: What is avoided in the first year, after double running and what starting costs.
    """

    usual: int
    avoided: int
    tenths: int | None
    double_running: int
    first_year: int


def compare(found: Totals, days: int, instead: int, overlap_weeks: int) -> Comparison:
    """Compare a worked-out budget.

    Args:
        found: Its totals.
        days: How many days it runs.
        instead: Pence a week of the usual package.
        overlap_weeks: Weeks for which both run.
    """
    exact = Fraction(instead * days, WEEK)
    usual = half_up(exact)
    avoided = usual - found.recurring
    tenths = half_up(1000 * (exact - found.recurring) / exact) if exact else None
    double = instead * overlap_weeks
    return Comparison(usual, avoided, tenths, double, avoided - double - found.start)


def released(period: Period, weekly: int, begins: date | None) -> int:
    """Pence that the old service no longer costs while the budget runs.

    Args:
        period: The budget's.
        weekly: Pence a week.
        begins: From when; None for the budget's first day.
    """
    part = period.overlap(begins, None)
    return half_up(Fraction(weekly * part.days, WEEK)) if part is not None else 0
