"""A request that a newer version or plan overtakes, and one that is withdrawn, keep nobody waiting."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.services.budget import versions
from phb_tui.services.decision import against, requests, standing, subjects, waiting
from phb_tui.services.person import due_this_week
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.services.decision.samples import ME, agreed_plan, decision_about, kept_version, request_for


def renewed(laptop: Session, version: Record) -> Record:
    """The next version of the same budget."""
    new = record_lists.new(laptop, versions.KIND, version.person_id or "")
    return editing.save(laptop, new, {**version.fields, "number": "2"})


def overtaken(laptop: Session, request: Record) -> str:
    return subjects.overtaken(laptop, standing.of(laptop, request))


def stops(laptop: Session, person_id: str) -> list[tuple[str, str]]:
    """The sentences of what stands against asking that are about decisions, with where they lead."""
    subject = subjects.all_of(laptop, person_id)[0]
    found = against.standing_against(laptop, subject, requests.begun(laptop, person_id))
    return [(stop.say, stop.place) for stop in found if stop.place == "decisions"]


def test_a_newer_version_or_plan_overtakes_what_waits(laptop: Session, person_id: str) -> None:
    """Its sentence says what to ask about; what is decided stays decided, and an old plan overtakes as well."""
    version, plan = kept_version(laptop, person_id), agreed_plan(laptop, person_id)
    request = request_for(laptop, version, to=ME, plan_id=plan.record_id)
    decided = request_for(laptop, version, to=ME, plan_id=plan.record_id)
    decision_about(laptop, decided)
    assert overtaken(laptop, request) == ""
    agreed_plan(laptop, person_id)
    assert overtaken(laptop, request).startswith("The plan was agreed again since.")
    renewed(laptop, version)
    assert overtaken(laptop, request).startswith("There is a newer version of this budget.")
    assert overtaken(laptop, decided) == ""
    words = [each.words for each in due_this_week.of_person(laptop, person_id)]
    assert "What was asked on 20 November 2026 is about an older version" in words


def test_what_is_overtaken_does_not_stand_against_asking_anew(laptop: Session, person_id: str) -> None:
    """The newest is asked about all the same, and a line that stops nothing leads to what is worth withdrawing."""
    version, plan = kept_version(laptop, person_id), agreed_plan(laptop, person_id)
    request = request_for(laptop, version, plan_id=plan.record_id)
    assert [say for say, _place in stops(laptop, person_id)] == [
        "A decision about this version was asked for on 20 November 2026 and is not there yet."
    ]
    agreed_plan(laptop, person_id)
    assert stops(laptop, person_id) == [
        ("A decision about version 1 is still waited for. Withdraw that request.", "decisions")
    ]
    renewed(laptop, version)
    assert len(stops(laptop, person_id)) == 1
    requests.withdraw(laptop, request)
    assert stops(laptop, person_id) == []


def test_a_request_is_withdrawn_and_put_back(laptop: Session, person_id: str) -> None:
    """It is on no list that waits, stays to be put back, and is itself again afterwards; put off counts as waiting."""
    version = kept_version(laptop, person_id)
    request = request_for(laptop, version, to=ME)
    decision_about(laptop, request, outcome="deferred", until="2026-11-22")
    assert [each.request for each in waiting.of_person(laptop, person_id)] == [request]
    gone = requests.withdraw(laptop, request)
    assert waiting.of_person(laptop, person_id) == []
    assert standing.of_person(laptop, person_id) == []
    assert standing.withdrawn(laptop, person_id) == [gone]
    requests.put_back(laptop, gone)
    assert standing.withdrawn(laptop, person_id) == []
    assert [each.request.record_id for each in waiting.of_person(laptop, person_id)] == [request.record_id]


def test_what_is_decided_is_not_withdrawn(laptop: Session, person_id: str) -> None:
    """The letter about it quotes the request, and an approval stands on it."""
    request = request_for(laptop, kept_version(laptop, person_id))
    decision_about(laptop, request)
    with pytest.raises(RuleBroken, match="decided already"):
        requests.withdraw(laptop, request)
    assert len(standing.of_person(laptop, person_id)) == 1


def test_what_was_entered_in_error_is_not_among_what_was_withdrawn(laptop: Session, person_id: str) -> None:
    """Its words may be somebody else's: no list of this person's says them."""
    request = request_for(laptop, kept_version(laptop, person_id))
    editing.save(laptop, request, {"removed": "yes", "error_reason": "wrong person"})
    assert standing.withdrawn(laptop, person_id) == []
