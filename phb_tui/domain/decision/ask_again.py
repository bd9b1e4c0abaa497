"""What a decision tells of how to ask again, to complain and who helps: copied into it, so that its letter stays."""

from collections.abc import Mapping
from datetime import date, timedelta

from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import PASSING_ON
from phb_tui.domain.decision.limits import Limits
from phb_tui.domain.records.changes import Value
from phb_tui.i18n import _

APPEAL = "appeal"
COPIED = (APPEAL, "complaint", "advocacy")
"""Fields of the team's own record, and of a decision, that say it."""


def copied(local: Mapping[str, Value], limits: Limits, decided_on: date, outcome: str) -> dict[str, Value]:
    """The fields of a decision with what the team tells everybody, and with the last day by the team's policy.

    Args:
        local: The fields of the team's own record.
        limits: The team's policy.
        decided_on: The day of the decision.
        outcome: What it says; while nothing is decided, nothing says how to have it looked at again.
    """
    told = {name: str(local.get(name) or "").strip() for name in COPIED}
    if outcome in PASSING_ON:
        told[APPEAL] = ""
    elif limits.appeal_days is not None:
        told[APPEAL] = "\n".join(words for words in (told[APPEAL], _until(decided_on, limits.appeal_days)) if words)
    return {name: words for name, words in told.items() if words}


def _until(decided_on: date, days: int) -> str:
    try:
        last = decided_on + timedelta(days=days)
    except OverflowError:
        return ""
    return _("You can ask until {day}.").format(day=dates.in_full(last.isoformat()))
