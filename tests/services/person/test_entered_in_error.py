"""What is entered in error or taken off a list: what stands on it, points at it or comes after it."""

import pytest

from phb_tui.services.documents import plan_document
from phb_tui.services.person import caseload, entered_in_error, unreadable_records
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits

WHY = "It was written down for the wrong person"


def test_a_version_after_one_that_was_entered_in_error_has_a_number_of_its_own(laptop: Session, person_id: str) -> None:
    """The number of a version that was entered in error is not given again, so the next one is listed."""
    editing.save(laptop, record_lists.new(laptop, "goal", person_id), {"words": "Go to choir"})
    for _ in range(2):
        mistaken = plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    entered_in_error.mark(laptop, mistaken, WHY)
    new = plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    assert [version.text("number") for version in plan_versions.versions(laptop, person_id)] == ["3", "1"]
    assert new.record_id != mistaken.record_id
    entered_in_error.restore(laptop, editing.read(laptop, "plan_version", mistaken.record_id, person_id))
    assert [version.text("number") for version in plan_versions.versions(laptop, person_id)] == ["3", "2", "1"]


def test_what_points_at_a_record_entered_in_error_does_not_show_its_words(laptop: Session, person_id: str) -> None:
    """A goal that is about a need entered in error shows none of its words in a list or on paper, until it is back."""
    need = editing.save(laptop, record_lists.new(laptop, "need", person_id), {"words": "Insulin, twice a day"})
    goal = editing.save(
        laptop, record_lists.new(laptop, "goal", person_id), {"words": "Swim", "need_id": need.record_id}
    )
    marked = entered_in_error.mark(laptop, need, WHY)
    assert "Insulin" not in record_lists.display(laptop, goal, "need_id")
    assert "Insulin" not in str(plan_document.plan(laptop, person_id, full=True))
    entered_in_error.restore(laptop, marked)
    assert "Insulin" in record_lists.display(laptop, goal, "need_id")


def test_what_stands_under_a_record_that_was_taken_off_its_list_is_not_called_lost(
    laptop: Session, person_id: str
) -> None:
    """An action whose goal was taken off the list is no record that cannot be shown: its goal is on this laptop."""
    goal = editing.save(laptop, record_lists.new(laptop, "goal", person_id), {"words": "Go to choir"})
    under = record_lists.parent_link(goal, "action")
    editing.save(laptop, record_lists.new(laptop, "action", person_id), {**under, "what": "Ring the choir"})
    record_lists.remove(laptop, goal)
    assert unreadable_records.of_person(laptop, person_id) == []


def test_what_was_agreed_and_then_entered_in_error_is_named_without_its_words(laptop: Session, person_id: str) -> None:
    """What changed since says, on paper too, that a record was entered in error, and not what stood in it."""
    editing.save(laptop, record_lists.new(laptop, "goal", person_id), {"words": "Go to choir"})
    need = editing.save(laptop, record_lists.new(laptop, "need", person_id), {"words": "Insulin, twice a day"})
    plan_versions.agree(laptop, person_id, plan_versions.version_being_agreed(laptop, person_id))
    entered_in_error.mark(laptop, need, WHY)
    person = caseload.person(laptop, person_id)
    (found,) = plan_versions.in_words(laptop, person, plan_versions.changed(laptop, person_id))
    assert ("entered in error" in found.what, "Insulin" in found.before) == (True, False)
    paper = str(plan_document.plan(laptop, person_id, full=True))
    assert ("entered in error" in paper, "Insulin" in paper) == (True, False)


@pytest.mark.parametrize("planned", ["", "3 12 2026", "next friday"])
def test_a_visit_entered_in_error_gives_the_next_visit_back(laptop: Session, person_id: str, planned: str) -> None:
    """The date that was there before stands again, and the one the visit said comes back with the visit."""
    person = editing.save(laptop, caseload.person(laptop, person_id), {"next_visit": planned})
    visit = visits.start(laptop, person_id)
    editing.save(laptop, visits.closing(laptop, visit), {"next_visit": "in 3 weeks"})
    assert caseload.person(laptop, person_id).text("next_visit") == "2026-12-14"
    marked = entered_in_error.mark(laptop, visit, WHY)
    assert caseload.person(laptop, person_id).text("next_visit") == person.text("next_visit")
    entered_in_error.restore(laptop, marked)
    assert caseload.person(laptop, person_id).text("next_visit") == "2026-12-14"


def test_a_next_visit_that_somebody_wrote_since_stays(laptop: Session, person_id: str) -> None:
    """Neither entering the visit in error nor putting it back changes a date that did not come of it."""
    visit = visits.start(laptop, person_id)
    editing.save(laptop, visits.closing(laptop, visit), {"next_visit": "in 3 weeks"})
    editing.save(laptop, caseload.person(laptop, person_id), {"next_visit": "1 2 2027"})
    marked = entered_in_error.mark(laptop, visit, WHY)
    assert caseload.person(laptop, person_id).text("next_visit") == "2027-02-01"
    editing.save(laptop, caseload.person(laptop, person_id), {"next_visit": "1 3 2027"})
    entered_in_error.restore(laptop, marked)
    assert caseload.person(laptop, person_id).text("next_visit") == "2027-03-01"
