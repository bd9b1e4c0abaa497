"""Allocates what was paid by an older version of a budget to the payments that are due by a newer one (rule R21)."""

from collections.abc import Sequence
from datetime import date

from phb_tui.domain.payments.schedule import REGULAR, Due


def allocated(
    dues: Sequence[Due], paid: Sequence[int], gone: Sequence[tuple[Due, int]], until: date, ended: date | None
) -> list[int]:
    """Pence of each payment that were paid already for one that is not due any more.

    What is for the same and due on the same day comes first, then what is for the same and due by a day, so that what
    was put by counts for what is put by.

    Args:
        dues: What is due, by date.
        paid: Pence that were paid of each.
        gone: What is not due any more, each with the pence that were paid of it.
        until: The last day up to which payments for the same come before all others.
        ended: The last day on which anything is due; None while the budget goes on.
    """
    missing = [
        max(0, due.pence - was) if ended is None or due.due_on <= ended else 0
        for due, was in zip(dues, paid, strict=True)
    ]
    off, left = [0] * len(dues), [pence for _due, pence in gone]
    for is_next in (_is_same, lambda due, other: due.due_on <= until and _is_alike(due, other), lambda *_both: True):
        for number, (other, _pence) in enumerate(gone):
            for index, due in enumerate(dues):
                if not is_next(due, other):
                    continue
                less = min(left[number], missing[index] - off[index])
                left[number] -= less
                off[index] += less
    return off


def _is_alike(due: Due, other: Due) -> bool:
    return due.what == other.what or {due.what, other.what} <= REGULAR


def _is_same(due: Due, other: Due) -> bool:
    return due.due_on == other.due_on and _is_alike(due, other)
