"""What a line that does not run for the whole budget costs, and until or from when, in words."""

from phb_tui.domain.budget import usual_week
from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.budget.inputs import Budget
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _


def runs_throughout(budget: Budget, record_id: str) -> bool:
    """Whether a shift or a cost runs for the whole budget, or has no week at all."""
    return usual_week.of(budget, record_id) is None


def weekly(budget: Budget, record_id: str) -> str:
    """What a usual week of a line costs while it runs: "£462.00 a week until 31 March 2027".

    "" where it runs for the whole budget, or its weeks are not alike.
    """
    found = usual_week.of(budget, record_id)
    if found is None or found.weekly is None:
        return ""
    first, last = (dates.in_words(day.isoformat()) for day in (found.period.first, found.period.last))
    if found.period.first == budget.period.first:
        words = _("{sum} a week until {last}")
    elif found.period.last == budget.period.last:
        words = _("{sum} a week from {first}")
    else:
        words = _("{sum} a week from {first} to {last}")
    return words.format(sum=MONEY.shown(found.weekly), first=first, last=last)
