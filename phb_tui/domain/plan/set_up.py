"""Setting a budget up: which tasks are needed, by when, and what becomes of those that are not needed any more.

What an employer does before the first day is counted back from it: registering with HMRC (before the first pay day,
two months before it at the earliest), the right to work (before somebody begins), insurance, written terms (Employment
Rights Act 1996, section 1: by the first day) and the pension duties, which begin on the first day.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from phb_tui.domain.calendar import durations
from phb_tui.domain.records.changes import REMOVED, YES, Record, Value

NOT_NEEDED = "not_needed"
"""Name of the field of a task that says why it is not needed any more; empty while it is."""
ANOTHER_WAY, ONE_OFF, ONGOING, NOBODY_EMPLOYED = "another_way", "one_off", "ongoing", "nobody_employed"
BY_RULE = frozenset({ANOTHER_WAY, ONE_OFF, ONGOING, NOBODY_EMPLOYED})
"""Reasons that this rule gives and takes back; any other is somebody's own and stays."""
UNDECIDED = frozenset({"", "not_sure"})
"""Ways that decide nothing yet: no task is taken off for them."""
BY_WHEN, COUNTED_FROM, COUNTED = "by_when", "counted_from", "counted"
"""Fields of a task: its day, the first day that was counted back from, and the day that came out."""
_CLOSED_FOR_WAY = "closed_for_way"
"""A field of earlier versions, which took a task off its list instead: the way that was agreed then."""


class SetUp(Protocol):
    """A task of setting up, as the content declares it.

    Attributes:
        ways: The ways of managing the money that it is for.
        one_off: Whether it is for a one-off budget, and for no other.
        employs: Whether it is for an employer of assistants.
        weeks: In how many weeks it is to be done.
        days_before: How many days before the first day instead, below nought after it; None where that does not matter.
    """

    @property
    def ways(self) -> Collection[str]:
        """The ways."""

    @property
    def one_off(self) -> bool:
        """Whether it is for a one-off budget."""

    @property
    def employs(self) -> bool:
        """Whether it is for an employer."""

    @property
    def weeks(self) -> int:
        """The weeks."""

    @property
    def days_before(self) -> int | None:
        """The days."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides about the tasks of one person.

    Attributes:
        way: The way of managing the money that was agreed.
        is_one_off: Whether the budget is one-off.
        employs: Whether somebody is employed with it.
        first_day: The first day of work, or of the support; None while it is not known.
    """

    way: str
    is_one_off: bool = False
    employs: bool = False
    first_day: date | None = None

    @property
    def is_decided(self) -> bool:
        """Whether a way was agreed."""
        return self.way not in UNDECIDED


def why_not(task: SetUp, now: Situation) -> str:
    """Why a task is not needed, as a code; "" when it is needed."""
    if task.one_off is not now.is_one_off:
        return ONGOING if task.one_off else ONE_OFF
    if now.way not in task.ways:
        return ANOTHER_WAY
    return NOBODY_EMPLOYED if task.employs and not now.employs else ""


def new(task: SetUp, now: Situation, since: date, today: date) -> dict[str, Value]:
    """The fields of a new task that say by when it is to be done.

    Args:
        task: The task.
        now: The person's situation.
        since: The day that its weeks count from.
        today: Nothing is asked for earlier than this.
    """
    if task.days_before is None or now.first_day is None:
        day = durations.moved(since, task.weeks, "week").isoformat()
        return {BY_WHEN: day} if task.days_before is None else {BY_WHEN: day, COUNTED: day}
    day = max(today, durations.moved(now.first_day, -task.days_before, "day")).isoformat()
    return {BY_WHEN: day, COUNTED_FROM: now.first_day.isoformat(), COUNTED: day}


def change(record: Record, task: SetUp, now: Situation, today: date) -> dict[str, Value]:
    """What changes in a task that was made; empty when nothing does.

    One that is done stays done, and one that somebody removed stays removed. The day follows the first day until
    somebody writes another.
    """
    if record.text("done") == YES or not now.is_decided:
        return {}
    closed, reason, why = record.text(_CLOSED_FOR_WAY), record.text(NOT_NEEDED), why_not(task, now)
    if record.text(REMOVED) == YES and not closed:
        return {}
    found: dict[str, Value] = {REMOVED: "", _CLOSED_FOR_WAY: ""} if closed else {}
    if reason in {"", *BY_RULE} and bool(reason) is not bool(why):
        found[NOT_NEEDED] = why
    if not why and now.first_day and task.days_before is not None and _may_move(record, now.first_day):
        found |= new(task, now, today, today)
    return found


def _may_move(record: Record, first_day: date) -> bool:
    """Whether a task's day follows another first day: it was counted, or from today, and nobody wrote another."""
    counted = record.text(COUNTED)
    return bool(counted) and record.text(BY_WHEN) == counted and record.text(COUNTED_FROM) != first_day.isoformat()
