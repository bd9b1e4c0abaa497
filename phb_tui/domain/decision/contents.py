"""What a decision has to say by its outcome, and what of a request stays as it was once it is decided."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from phb_tui.domain.decision.asked_version import ONGOING, WHEELCHAIR
from phb_tui.domain.decision.authority import CONDITIONS, DECLINED, DEFERRED, ESCALATED, PART
from phb_tui.domain.decision.limits import Limits
from phb_tui.domain.records.changes import FieldState, Value
from phb_tui.i18n import N_, _

DECIDED_ABOUT = ("version_id", "plan_id", "asked_on", "wish", "risk")
"""Fields of a request that say what is decided about; they do not change any more once a decision is sealed. Whoever
wrote one of them asked."""
MUST_AGREE = ("version_id", "plan_id", "risk", "to")
"""Fields of a request that two people may not have written differently when it is approved."""
MOST_DECISIONS = 100
"""Decisions of one request that are looked for; each but the last put it off or passed it on."""
WEEKLY, FIRST = "weekly", "first"
"""What the field `measure` of a decision says of its `value`: an amount a week, or in the first year."""
URGENT = "urgent"
"""The name of the days of an urgent request in a team's policy."""

_NEEDED: tuple[tuple[str, frozenset[str], str], ...] = (
    ("reasons", frozenset(), N_("Write why, in words the person can read.")),
    ("conditions", frozenset({CONDITIONS}), N_("Write what has to be done for the yes to count.")),
    ("alternatives", frozenset({DECLINED, PART}), N_("Write what else could reach the same goal.")),
    ("until", frozenset({DEFERRED}), N_("Write by which day it will be decided.")),
    ("to", frozenset({ESCALATED}), N_("Choose who decides instead.")),
)


class Missing(NamedTuple):
    """Something that a decision does not say yet.

    Attributes:
        field: Its field.
        say: What to do, in one sentence.
    """

    field: str
    say: str


def missing(outcome: str, values: Mapping[str, Value], decided_on: date) -> list[Missing]:
    """What a decision with an outcome does not say yet, or says wrongly, in the order of the form.

    Args:
        outcome: One of `authority.OUTCOMES`.
        values: Its fields.
        decided_on: The day of the decision; what is put off is put off until a later one.
    """
    found = [Missing(name, _(say)) for name, needs, say in _NEEDED if not needs or outcome in needs
             if not _is_said(values.get(name))]  # fmt: skip
    if outcome == DEFERRED and _is_said(values.get("until")):
        until = exact_day(values.get("until"))
        if until is None:
            found.append(Missing("until", _("Write the day on which it will be decided, for example 27 3 2027.")))
        elif until <= decided_on:
            found.append(Missing("until", _("Write a day that comes after the day of the decision.")))
    return found


def asked_by(fields: Mapping[str, FieldState]) -> frozenset[str]:
    """Staff ids of whoever wrote what a request asks for, with what stands beside it in a conflict."""
    found = set()
    for name in DECIDED_ABOUT:
        if held := fields.get(name):
            found.add(held.author)
            found.update(side.author for side in held.sides)
    return frozenset(found)


def belongs(name: str, outcome: str) -> bool:
    """Whether a field belongs to a decision with an outcome; conditions, for example, belong to one of them only."""
    return all(field != name or not needs or outcome in needs for field, needs, _say in _NEEDED)


def exact_day(kept: Value) -> date | None:
    """The day that a field keeps as 2027-03-27; None for anything else."""
    return _day(kept) if isinstance(kept, str) and len(kept) == len("2027-03-27") else None


@lru_cache(maxsize=1_000)
def _day(kept: str) -> date | None:
    """The same for a text of its length; a longer one, which may be of megabytes, is never remembered."""
    try:
        found = date.fromisoformat(kept)
    except ValueError:
        return None
    return found if found.isoformat() == kept else None


def amount_of(measure: Value, weekly: int, first: int) -> int | None:
    """The amount that a decision's `value` has to be, in pence; None for a measure that is not known.

    Args:
        measure: What the decision says that its value is.
        weekly: The version's amount a week, in pence.
        first: Its amount in the first year, in pence.
    """
    return {WEEKLY: weekly, FIRST: first}.get(measure) if isinstance(measure, str) else None


def latest_answer(limits: Limits, nature: str, asked_on: date, *, is_urgent: bool) -> date | None:
    """The last day by which an answer may be promised; None where the team's policy says no number of days.

    Args:
        limits: The team's policy.
        nature: ongoing, one_off or wheelchair; a wheelchair counts as ongoing where it has no days of its own.
        asked_on: The day it was asked.
        is_urgent: Whether it is urgent; then the smaller number of days counts.
    """
    own = ONGOING if nature == WHEELCHAIR and nature not in limits.days else nature
    names = (own, URGENT) if is_urgent else (own,)
    days = [limits.days[name] for name in names if name in limits.days]
    return date.fromordinal(min(asked_on.toordinal() + min(days), date.max.toordinal())) if days else None


def _is_said(value: Value) -> bool:
    return isinstance(value, str) and bool(value.strip())
