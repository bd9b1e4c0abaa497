"""What waits for whoever uses the laptop, and what the team server did not take, where they are found."""

import pytest

from phb_tui.errors import RuleBroken
from phb_tui.services.decision import waiting
from phb_tui.services.person import banner, caseload, due_this_week
from phb_tui.services.session import Session
from phb_tui.services.sync import outbox
from tests.services.decision.samples import (
    LEAD,
    ME,
    decision_about,
    kept_version,
    refuse,
    request_for,
)


def due(laptop: Session, person_id: str) -> list[tuple[str, str, bool]]:
    """The decisions among what is due for a person: the words, the day, and whether it is late."""
    return [
        (item.words, str(item.day), due_this_week.is_late(laptop, item))
        for item in due_this_week.of_person(laptop, person_id)
        if item.sort is due_this_week.Sort.DECISION
    ]


def test_a_decision_that_waits_for_me_is_among_what_is_due(laptop: Session, person_id: str) -> None:
    """Whenever it is promised, late when that day is past; not what waits for others or is decided."""
    version = kept_version(laptop, person_id)
    request_for(laptop, version, to=LEAD)
    assert due(laptop, person_id) == []
    request_for(laptop, version, to=ME, promised_by="2027-01-20", asked_on="2026-11-20")
    late = request_for(laptop, version, to=ME, promised_by="2026-11-22", asked_on="2026-11-10")
    assert due(laptop, person_id) == [
        ("Decide what was asked on 10 November 2026", "2026-11-22", True),
        ("Decide what was asked on 20 November 2026", "2027-01-20", False),
    ]
    decision_about(laptop, late, outcome="declined")
    assert len(due(laptop, person_id)) == 1


def test_what_is_passed_on_waits_for_who_got_it_and_what_is_put_off_from_its_day_on(
    laptop: Session, person_id: str
) -> None:
    """A request follows who it was passed on to, and does not ask before the day to which it was put off."""
    version = kept_version(laptop, person_id)
    passed, later = request_for(laptop, version, to=LEAD), request_for(laptop, version, to=ME)
    decision_about(laptop, passed, outcome="escalated", to=ME)
    decision_about(laptop, later, outcome="deferred", until="2026-11-24")
    assert [there.request.record_id for there in waiting.of_person(laptop, person_id)] == [passed.record_id]
    again = request_for(laptop, version, to=ME)
    decision_about(laptop, again, outcome="deferred", until="2026-11-23")
    assert {there.request.record_id for there in waiting.of_person(laptop, person_id)} == {
        passed.record_id,
        again.record_id,
    }


def test_a_decision_that_was_not_taken_stands_at_the_top_of_the_person(laptop: Session, person_id: str) -> None:
    """Staff read why; while the family may be reading only that it is not valid stands there."""
    request = request_for(laptop, kept_version(laptop, person_id))
    assert banner.of(laptop, caseload.person(laptop, person_id)).not_valid == ()
    refuse(laptop, decision_about(laptop, request), "It is above what you may decide.")
    found = banner.of(laptop, caseload.person(laptop, person_id))
    assert next(found.first(family=False)) == (
        "The team server did not take the decision of 22 November 2026. It is above what you may decide. "
        "It is not valid."
    )
    for_family = "The team server did not take the decision of 22 November 2026. It is not valid."
    assert next(found.first(family=True)) == for_family
    assert next(found.first(family=False, folded=True)) == for_family


def test_a_decision_that_was_not_taken_is_not_written_again_as_it_is(laptop: Session, person_id: str) -> None:
    """Among the changes that were not taken it leads to the person's decisions, and stays until it is dealt with."""
    request = request_for(laptop, kept_version(laptop, person_id))
    refuse(laptop, decision_about(laptop, request), "It is above what you may decide.")
    found = next(each for each in outbox.quarantined(laptop) if each.change.person_id == person_id)
    assert (found.is_about_a_decision, found.version) == (True, False)
    with pytest.raises(RuleBroken, match="cannot be written again"):
        outbox.save_again(laptop, found)
    assert found.op_no in {each.op_no for each in outbox.quarantined(laptop)}
