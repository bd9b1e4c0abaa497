"""How the first payment after a change of the amount was worked out, in steps that can be checked (rule R21).

What is due comes from `domain.payments.schedule`; here the same is worked out from what a letter can name, and where
that does not come to the payments that are due, nothing is explained.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from phb_tui.domain.budget.amounts.pence import half_up, in_parts
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.payments.schedule import REGULAR, Due


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The payment in whose days the amount changes, and what is set right with another one.

    Attributes:
        paid_on, paid: The payment that was made for these days, in pence.
        last: The last day that it is for.
        days, days_before, days_after: How many days it is for, and how many before and after the change.
        old_part, new_part: What is right for them, in pence.
        recurring, all_days: What comes again and again by the new amount, and for how many days.
        count: How many payments come after them.
        usual: What the first of these would be; it has the odd pennies.
        set_right_on, set_right: The payment that sets it right, in pence.
    """

    paid_on: date
    paid: int
    last: date
    days: int
    days_before: int
    days_after: int
    old_part: int
    new_part: int
    recurring: int
    all_days: int
    count: int
    usual: int
    set_right_on: date
    set_right: int

    @property
    def rest(self) -> int:
        """What comes by the new amount after these days, in pence."""
        return self.recurring - self.new_part

    @property
    def right(self) -> int:
        """What is right for the days of the payment, in pence."""
        return self.old_part + self.new_part

    @property
    def too_much(self) -> int:
        """What was paid too much, in pence; below nought for too little."""
        return self.paid - self.right


def adjusted(
    before: Sequence[Due], before_last: date, period: Period, recurring: int, due: Sequence[Due]
) -> Adjusted | None:
    """How a change in the middle of the days of a payment is set right; None where nothing has to be.

    Args:
        before: The payments that were due before the change.
        before_last: The last day of the budget before.
        period: The days of the budget as it is now; the amount changes on the first one.
        recurring: What comes again and again in these days, in pence.
        due: The payments of the budget as it is now.
    """
    first = period.first
    dates = sorted((each.due_on, each.pence) for each in before if each.what in REGULAR)
    made = [each for each in dates if each[0] < first]
    regular = sorted((each for each in due if each.what in REGULAR), key=lambda each: each.due_on)
    if not made or not regular:
        return None
    paid_on, paid = made[-1]
    later = [day for day, _pence in dates if day >= first]
    last = min(later) - timedelta(days=1) if later else before_last
    if not first <= last <= period.last:
        return None
    days, days_after = Period(paid_on, last).days, Period(first, last).days
    old_part = half_up(Fraction(paid * (days - days_after), days))
    new_part = half_up(Fraction(recurring * days_after, period.days))
    following = [each for each in regular if each.due_on > last]
    parts = in_parts(recurring - new_part, len(following)) if following else []
    too_much = paid - old_part - new_part
    if too_much > 0:
        expected = [parts[0] - too_much, *parts[1:]] if parts else []
        set_right = following[0] if following else None
    else:
        expected, set_right = parts, next((each for each in regular if each.due_on <= last), None)
        if set_right is not None and set_right.pence != -too_much:
            return None
    if set_right is None or set_right.pence < 0 or [each.pence for each in following] != expected:
        return None
    return Adjusted(
        paid_on, paid, last, days, days - days_after, days_after, old_part, new_part, recurring, period.days,
        len(parts), parts[0] if parts else 0, set_right.due_on, set_right.pence,
    )  # fmt: skip
