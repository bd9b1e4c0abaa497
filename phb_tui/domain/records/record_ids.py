"""Deterministic record ids (uuid5), so that two offline laptops that create the same thing use the same id.

Two nurses offline who answer the same statement at the same visit, or both start somebody's About Me, write to one
record, so that their words meet there instead of standing in two records nobody compares.
"""

from functools import lru_cache
from uuid import UUID, uuid5

_SPACE = UUID("7d0f2a5e-4c0b-5a51-9c3e-6f1f5a0c2b77")


def visit_id(person_id: str, day: str, number: int = 1) -> str:
    """Id of the visit to a person on a day; two colleagues who visit together share one visit.

    Args:
        person_id: The person.
        day: As 2026-11-23.
        number: 2 and more for a visit of a day on which the one before was entered in error.
    """
    return _named("visit", person_id, day, *([str(number)] if number > 1 else []))


def attendee_id(visit_id: str, somebody_id: str) -> str:
    """Id of the record that a member of staff or a known person is present at a visit."""
    return _named("attendee", visit_id, somebody_id)


def alerts_read_id(visit_id: str, nurse_id: str) -> str:
    """Id of the record that a member of staff read the alerts before a visit."""
    return _named("alerts read", visit_id, nurse_id)


def closing_id(visit_id: str) -> str:
    """Id of a visit's closing record."""
    return _named("closing", visit_id)


def answer_id(visit_id: str, statement_id: str) -> str:
    """Id of the answer to one I statement at one visit."""
    return _named("answer", visit_id, statement_id)


def other_voice_id(visit_id: str, statement_id: str) -> str:
    """Id of the record of what somebody else said about one I statement at one visit."""
    return _named("other voice", visit_id, statement_id)


def follow_up_id(record_id: str) -> str:
    """Id of the follow-up task of a record."""
    return _named("follow up", record_id)


def task_id(person_id: str, name: str) -> str:
    """Id of a task that comes with a way of managing the money."""
    return _named("task", person_id, name)


def single_id(person_id: str, kind: str) -> str:
    """Id of a record of which a person has exactly one, or the team, with the team's id as person id."""
    return _named("single", person_id, kind)


def plan_version_id(person_id: str, number: int) -> str:
    """Id of an agreed plan version; two laptops that agree the same number mean the same version."""
    return _named("plan version", person_id, str(number))


def budget_version_id(budget_id: str, number: int) -> str:
    """Id of a kept version of a budget; two laptops that keep the same number mean the same version."""
    return _named("budget version", budget_id, str(number))


@lru_cache(maxsize=2_000)
def decision_id(request_id: str, number: int) -> str:
    """Id of the decision about a request; two people who decide it at once mean the same decision.

    Args:
        request_id: The request.
        number: 1, and one more after a decision that put it off or passed it on.
    """
    return _named("decision", request_id, str(number))


def decision_draft_id(request_id: str, number: int, staff_id: str) -> str:
    """Id of what somebody writes of a decision before they decide; it never has an outcome."""
    return _named("decision draft", request_id, str(number), staff_id)


def payment_id(version_id: str, number: int) -> str:
    """Id of a payment of an approved version of a budget; two laptops that make the same number make the same one."""
    return _named("payment", version_id, str(number))


def purchase_id(person_id: str, day: str, pence: int, payee: str, number: int) -> str:
    """Id of a purchase that was read from a statement; the same row in another file means the same purchase.

    Args:
        person_id: The person.
        day: As 2027-03-27.
        pence: How much was paid; below nought for money that came back.
        payee: To whom, as payees are compared.
        number: Which of the rows of a file that have the same day, amount and payee, from 1.
    """
    return _named("purchase", person_id, day, str(pence), payee, str(number))


def step_id(person_id: str, number: int) -> str:
    """Id of the record of a person's progress in one of the six steps."""
    return _named("step", person_id, str(number))


def _named(*words: str) -> str:
    return str(uuid5(_SPACE, "\n".join(words)))
