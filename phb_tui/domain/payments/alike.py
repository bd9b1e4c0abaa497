"""Tells whether two purchases may be one that was written down twice: by hand, and from a bank statement."""

from dataclasses import dataclass
from datetime import date

NEAR = 5
"""Days between the one that somebody writes down and the one of the bank: a long weekend, or a receipt of last week."""


@dataclass(frozen=True, slots=True)
class Bought:
    """Something that was paid for.

    Attributes:
        first, last: The days between which it was paid; the same one where the day is known.
        pence: How much; below nought where it came back.
        is_of_bank: Whether a statement shows it.
    """

    first: date
    last: date
    pence: int
    is_of_bank: bool


def is_same_day(one: Bought, other: Bought) -> bool:
    """Whether both are of one amount and may be of one day."""
    return _is_within(one, other, 0)


def is_near(one: Bought, other: Bought) -> bool:
    """Whether one was written by hand and the other comes from the bank, of one amount and a few days apart."""
    return one.is_of_bank is not other.is_of_bank and _is_within(one, other, NEAR)


def _is_within(one: Bought, other: Bought, days: int) -> bool:
    between = max((one.first - other.last).days, (other.first - one.last).days)
    return one.pence == other.pence and between <= days
