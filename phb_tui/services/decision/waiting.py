"""Requests that wait for whoever uses this laptop to decide, late ones first."""

from collections.abc import Iterable

from phb_tui.services.decision import standing
from phb_tui.services.decision.standing import Standing
from phb_tui.services.session import Session


def of_person(session: Session, person_id: str) -> list[Standing]:
    """A person's requests that wait for whoever uses this laptop, the one that is promised first before the others."""
    return among(session, standing.of_person(session, person_id))


def among(session: Session, found: Iterable[Standing]) -> list[Standing]:
    """Those of a person's requests that wait for whoever uses this laptop, in the same order."""
    mine = [each for each in found if is_mine(session, each)]
    return sorted(mine, key=lambda each: (each.days_left is None, each.days_left or 0))


def is_mine(session: Session, there: Standing) -> bool:
    """Whether a request waits for whoever uses this laptop; one that was put off waits from its day on."""
    if not there.is_waiting or there.to != session.nurse.id:
        return False
    until = standing.day_of(there.put_off_until)
    return until is None or until <= session.today
