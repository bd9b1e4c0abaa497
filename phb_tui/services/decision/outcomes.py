"""What is said of a decision by its outcome: who decided, put it off or passed it on, and when."""

from collections.abc import Callable
from typing import NamedTuple

from phb_tui.domain.decision.authority import DEFERRED, ESCALATED, PAYABLE
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_

WHO = {DEFERRED: N_("Who put it off"), ESCALATED: N_("Who passed it on")}
WHEN = {DEFERRED: N_("The day it was put off"), ESCALATED: N_("The day it was passed on")}
"""Outcomes after which nothing is decided, with what the name and the day are then called."""
_MOST = 100
"""Requests that asked for another look at each other, at most; what is damaged may go round in a circle."""


class Approved(NamedTuple):
    """What was said yes to before.

    Attributes:
        request: What was asked for.
        decision: The yes.
    """

    request: Record
    decision: Record


def approved_before(read: Callable[[str, str], Record | None], request: Record) -> Approved | None:
    """The yes that a request asks to look at again, directly or after other looks; None where there is none.

    That yes counts, whatever is answered, until another version is approved.

    Args:
        read: Gives a record by its kind and id.
        request: What was asked for.
    """
    now: Record | None = request
    for _look in range(_MOST):
        decision = read("decision", now.text("again_id")) if now is not None else None
        now = read("request", decision.text("request_id")) if decision is not None else None
        if decision is None or now is None:
            return None
        if decision.text("outcome") in PAYABLE:
            return Approved(now, decision)
    return None


def is_same_version(before: Approved, request: Record) -> bool:
    """Whether a request is about the very version that was said yes to before."""
    return before.request.text("version_id") == request.text("version_id")
