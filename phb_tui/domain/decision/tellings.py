"""Whether a telling says that the person was told what was decided: on a whole day, not before it and not to come."""

from datetime import date
from enum import StrEnum

from phb_tui.domain.calendar import whole_days


class Wrong(StrEnum):
    """What keeps a telling from saying when the person was told."""

    NO_DAY = "no_day"
    TO_COME = "to_come"
    TOO_EARLY = "too_early"


def wrong(told_on: str, decided_on: str, today: date) -> Wrong | None:
    """What is wrong with the day of a telling; None when it says that a decision was told.

    Args:
        told_on: As it is kept.
        decided_on: The day of the decision, as it is kept; one that cannot be read says nothing.
        today: A telling after it has not happened.
    """
    day, decided = whole_days.whole(told_on), whole_days.whole(decided_on)
    if day is None:
        return Wrong.NO_DAY
    if day > today:
        return Wrong.TO_COME
    return Wrong.TOO_EARLY if decided is not None and day < decided else None
