"""How a request stands, and which decision lets money be paid."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.services.decision import standing
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.services.decision.samples import (
    LEAD,
    PANEL,
    confirm,
    decision_about,
    kept_version,
    refuse,
    request_for,
)


def test_an_approval_is_confirmed_once_central_holds_all_of_it(laptop: Session, person_id: str) -> None:
    """A decision taken here is not confirmed until central holds the version, the request and the decision."""
    version = kept_version(laptop, person_id)
    assert standing.approval(laptop, version) is None
    request = request_for(laptop, version)
    assert standing.approval(laptop, version) is None
    decision = decision_about(laptop, request)
    for known in (version, request, decision):
        found = standing.approval(laptop, version)
        assert found is not None
        assert (found.decision, found.outcome, found.is_confirmed) == (decision, "approved", False)
        confirm(laptop, known)
    found = standing.approval(laptop, version)
    assert found is not None
    assert found.is_confirmed


def test_what_central_holds_counts_and_not_what_this_laptop_wrote_since(laptop: Session, person_id: str) -> None:
    """A request that is moved to another version here does not carry the decision that central holds with it."""
    version, other = kept_version(laptop, person_id), kept_version(laptop, person_id)
    request = request_for(laptop, version)
    confirm(laptop, version, other, request, decision_about(laptop, request))
    editing.save(laptop, request, {"version_id": other.record_id})
    found = standing.approval(laptop, other)
    assert found is not None
    assert not found.is_confirmed
    assert standing.approval(laptop, version) is None


@pytest.mark.parametrize("outcome", ["declined", "deferred", "escalated", "granted", "part"])
def test_only_a_yes_lets_money_be_paid(laptop: Session, person_id: str, outcome: str) -> None:
    """A no, a part, a later, a passing on and an outcome of a newer version approve nothing, nor does what follows.

    A second decision counts only after one that put it off or passed it on.
    """
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    decision_about(laptop, request, outcome=outcome)
    assert standing.approval(laptop, version) is None
    second = decision_about(laptop, request, 2, outcome="conditions")
    found = standing.approval(laptop, version)
    assert (found.decision if found else None) == (second if outcome in {"deferred", "escalated"} else None)


def test_a_decision_under_another_id_is_none(laptop: Session, person_id: str) -> None:
    """A record that says "approved" without the id of its number decides nothing."""
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    stray = record_lists.new(laptop, "decision", person_id)
    editing.save(laptop, stray, {"request_id": request.record_id, "outcome": "approved"})
    assert standing.approval(laptop, version) is None
    assert standing.of(laptop, request).decisions == ()


def test_an_indicative_version_is_never_paid(laptop: Session, person_id: str) -> None:
    """An amount that was only told has no approval, whatever was decided about it."""
    version = kept_version(laptop, person_id, purpose="indicative")
    decision_about(laptop, request_for(laptop, version))
    assert standing.approval(laptop, version) is None


def test_a_request_entered_in_error_approves_nothing(laptop: Session, person_id: str) -> None:
    """With the request its decision is gone from what may be paid."""
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    decision_about(laptop, request)
    editing.save(laptop, request, {"removed": "yes", "error_reason": "wrong person"})
    assert standing.approval(laptop, version) is None


def test_a_request_goes_from_asked_to_told(laptop: Session, person_id: str) -> None:
    """It says who decides next, until when it was put off, the days left, and whether the person was told."""
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version, promised_by="2026-12-02")

    def now() -> standing.Standing:
        (found,) = standing.of_person(laptop, person_id)
        return found

    assert (now().is_waiting, now().to, now().number, now().days_left) == (True, LEAD, 1, 9)
    decision_about(laptop, request, outcome="deferred", until="2026-12-09")
    assert (now().is_waiting, now().put_off_until, now().number) == (True, "2026-12-09", 2)
    decision_about(laptop, request, 2, outcome="escalated", to="panel")
    assert (now().is_waiting, now().to, now().put_off_until) == (True, "panel", "")
    last = decision_about(laptop, request, 3, outcome="declined", decided_by=PANEL)
    assert (now().is_waiting, now().newest, now().may_ask_again, now().is_confirmed) == (False, last, True, False)
    assert now().told == ()
    telling = record_lists.new(laptop, "telling", person_id)
    editing.save(laptop, telling, {"request_id": request.record_id, "told_on": "2026-11-23"})
    assert len(now().told) == 1
    confirm(laptop, last)
    assert now().is_confirmed


def test_a_request_that_is_being_written_is_not_asked(laptop: Session, person_id: str) -> None:
    """Words that somebody has begun are no request yet."""
    editing.save(laptop, record_lists.new(laptop, "request", person_id), {"wish": "A gym"})
    assert standing.of_person(laptop, person_id) == []


def test_what_central_did_not_take_stands_with_its_request(laptop: Session, person_id: str) -> None:
    """A decision that is kept aside is none; central's sentence stands with the request until it is dealt with."""
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version)
    confirm(laptop, version, request)
    decision: Record = decision_about(laptop, request)
    refuse(laptop, decision, "It is above what you may decide.")
    found = standing.of(laptop, request)
    assert found.decisions == ()
    assert [(each.why, each.day, each.is_decision) for each in found.kept_aside] == [
        ("It is above what you may decide.", "2026-11-22", True)
    ]
    assert standing.approval(laptop, version) is None
