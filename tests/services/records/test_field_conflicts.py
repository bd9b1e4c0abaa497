"""What holds a plan up until it is decided, and what may wait."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.errors import RuleBroken
from phb_tui.services.person import banner, caseload, entered_in_error
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, field_conflicts, record_lists
from tests.screens.app_harness import planned
from tests.screens.team_harness import ONE, TWO, TwoLaptops, disagree, disagreeing


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoLaptops]:
    with disagreeing(tmp_path) as found:
        yield found


def test_an_everyday_field_holds_nothing_up(both: TwoLaptops) -> None:
    """A plan whose only open question is a phone number is agreed, and the question stays open."""
    planned(both.two, both.person)
    person_id = both.person.record_id
    plan_versions.agree(both.two, person_id, plan_versions.version_being_agreed(both.two, person_id))
    assert [found.name for found in field_conflicts.low_risk(both.two)] == ["phone"]


def test_a_clinical_field_holds_the_plan_up_by_name(both: TwoLaptops) -> None:
    """What has to be decided is named with its record, and nothing is agreed before."""
    goal = planned(both.one, both.person)
    disagree(both.team, both.one, both.two, goal, ("why", "I miss singing there", "My friends"))
    person_id = both.person.record_id
    words = "Choose which version is right first: Why does it matter? (Go to choir again)."
    assert plan_versions.conflicts_to_resolve(both.two, person_id) == [words]
    with pytest.raises(RuleBroken, match="Go to choir again"):
        plan_versions.agree(both.two, person_id, plan_versions.version_being_agreed(both.two, person_id))


def test_many_are_counted_and_not_all_named(both: TwoLaptops) -> None:
    """After three names the sentence says how many more there are."""
    values = [(name, "1", "2") for name in ("given_name", "family_name", "known_as", "communication", "language")]
    disagree(both.team, both.one, both.two, both.person, *values)
    (words,) = plan_versions.conflicts_to_resolve(both.two, both.person.record_id)
    assert words.endswith("and 2 more.")


def test_a_field_that_no_form_knows_holds_the_plan_up(both: TwoLaptops) -> None:
    """What a newer version writes is clinical until this version knows better."""
    disagree(both.team, both.one, both.two, both.person, ("from_a_newer_version", "1", "2"))
    assert [found.name for found in field_conflicts.blocking(both.two, both.person.record_id)] == [
        "from_a_newer_version"
    ]


def test_everyday_ones_stand_last(both: TwoLaptops) -> None:
    """Whatever their names and records are, those that may wait come after those that may not."""
    disagree(both.team, both.one, both.two, both.person, ("address", "A", "B"), ("take_care", "Dog", "Cat"))
    assert [found.low_risk for found in field_conflicts.conflicts(both.two)] == [False, True, True]


def test_each_that_is_kept_is_a_decision_of_its_own(both: TwoLaptops) -> None:
    """All at once are still one change for each field, and both versions stay in its history."""
    disagree(both.team, both.one, both.two, both.person, ("postcode", "A", "B"))
    field_conflicts.accept_current(both.two, field_conflicts.low_risk(both.two))
    both.team.exchange(both.two, both.one)
    for laptop in (both.one, both.two):
        assert field_conflicts.conflicts(laptop) == []
        assert {ONE, TWO} <= {version.value for version in editing.history(laptop, both.person, "phone")}


def test_what_came_in_after_it_was_shown_stays_open(both: TwoLaptops) -> None:
    """Keeping all decides only between the versions that stood on the screen."""
    shown = field_conflicts.low_risk(both.two)
    third = both.team.laptop(3, "Ola Third")
    both.team.exchange(third)
    editing.save(both.one, editing.read(both.one, "person", both.person.record_id, None), {})
    old = both.person
    editing.save(third, old, {"phone": "Never"})
    both.team.exchange(third, both.two)
    field_conflicts.accept_current(both.two, shown)
    both.team.exchange(both.two, third)
    (left,) = field_conflicts.low_risk(third)
    assert {left.record.text("phone"), *(side.value for side in left.sides)} == {ONE, "Never"}


def test_a_clinical_field_is_never_kept_with_the_others(both: TwoLaptops) -> None:
    """Even when it is handed in with them, what holds a plan up stays open."""
    disagree(both.team, both.one, both.two, both.person, ("communication", "Loud", "Slowly"))
    field_conflicts.accept_current(both.two, field_conflicts.conflicts(both.two))
    assert [found.name for found in field_conflicts.conflicts(both.two)] == ["communication"]


def test_what_was_written_in_a_record_taken_off_is_told(both: TwoLaptops) -> None:
    """The fields that the other nurse wrote stand by name and in words."""
    goal = planned(both.one, both.person)
    both.team.exchange(both.one, both.two)
    record_lists.remove(both.one, goal)
    editing.save(both.two, editing.read(both.two, "goal", goal.record_id, goal.person_id), {"importance": "3"})
    both.team.exchange(both.one, both.two)
    (found,) = field_conflicts.blocking(both.two, both.person.record_id)
    written = field_conflicts.edits_of(both.two, found, "nurse-2")
    assert written == [("How important is it, from 1 to 10?", "3")]


def test_who_decided_is_known_on_every_laptop(both: TwoLaptops) -> None:
    """A decision for the value in front stands in the history under the name of who decided, here and elsewhere."""
    (found,) = field_conflicts.conflicts(both.two)
    field_conflicts.resolve(both.two, found, found.record.fields["phone"])
    both.team.exchange(both.two, both.one)
    for laptop in (both.one, both.two):
        history = editing.history(laptop, both.person, "phone")
        assert {("nurse-2", ONE), ("nurse-1", ONE), ("nurse-2", TWO)} <= {(v.author, v.value) for v in history}
    assert [v.value for v in editing.history(both.two, both.person, "phone") if v.decided] == [ONE]


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        ("information", "explained:what", "yes", "Yes"),
        ("information", "explained:what", "", "No"),
        ("task", "done", "yes", "Yes"),
        ("goal", "removed", None, "No"),
        ("risk", "decision", "not_now", "Not now"),
        ("risk", "agreed_on", "2026-11-14", "14 November 2026"),
        ("risk", "agreed_on", None, ""),
        ("action", "goal_id", "nowhere", "(not written yet)"),
    ],
)
def test_no_raw_value_is_ever_shown(both: TwoLaptops, kind: str, name: str, value: str | None, words: str) -> None:
    """Ticks, marks, choices, dates and links are words, whatever the record holds."""
    assert record_lists.in_words(both.two, kind, name, value) == words


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_entered_in_error_is_not_to_be_decided(both: TwoLaptops, *, whole: bool) -> None:
    """A conflict in a record or a person entered in error holds nothing up and is not counted, until it is put back."""
    laptop = both.two
    goal = planned(both.one, both.person)
    field_conflicts.accept_current(laptop, field_conflicts.low_risk(laptop))
    disagree(both.team, both.one, laptop, goal, ("why", "I miss singing there", "My friends"))
    goal = editing.read(laptop, goal.kind, goal.record_id, goal.person_id)
    person = caseload.person(laptop, both.person.record_id)
    assert (field_conflicts.count(laptop), len(field_conflicts.on_paper(laptop, person.record_id))) == (1, 1)
    assert caseload.lines(laptop, 0, 9)[0].conflict
    marked = entered_in_error.mark(laptop, person if whole else goal, "It was written down for the wrong person")
    assert (field_conflicts.count(laptop), field_conflicts.on_paper(laptop, person.record_id)) == (0, [])
    assert [line.conflict for line in caseload.lines(laptop, 0, 9)] == ([] if whole else [False])
    entered_in_error.restore(laptop, marked)
    assert [found.name for found in field_conflicts.blocking(laptop, person.record_id)] == ["why"]
    assert caseload.lines(laptop, 0, 9)[0].conflict


def test_whether_a_record_was_entered_in_error_is_to_be_decided(both: TwoLaptops) -> None:
    """Where one laptop marks a record and another goes on with it, the question stays open."""
    laptop = both.two
    goal = planned(both.one, both.person)
    both.team.exchange(both.one, laptop)
    field_conflicts.accept_current(laptop, field_conflicts.low_risk(laptop))
    theirs = editing.read(laptop, goal.kind, goal.record_id, goal.person_id)
    editing.save(both.one, goal, {"why": "I miss singing there"})
    entered_in_error.mark(laptop, theirs, "It was written down for the wrong person")
    both.team.exchange(both.one, laptop, both.one)
    for one in (both.one, laptop):
        assert [found.name for found in field_conflicts.blocking(one, both.person.record_id)] == ["removed"]


@pytest.mark.parametrize(
    ("kind", "name", "one", "two"), [("flag", "end_date", "2026-11-01", "2027-03-01"), ("task", "done", "yes", "")]
)
def test_what_may_not_have_ended_has_not(both: TwoLaptops, kind: str, name: str, one: str, two: str) -> None:
    """An alert of which one colleague says that it is over, and another not, stands until that is decided."""
    for first, second in ((one, two), (two, one)):
        record = record_lists.new(both.one, kind, both.person.record_id)
        record = editing.save(both.one, record, {"what": "Son threatened staff", name: "2026-12-24"})
        disagree(both.team, both.one, both.two, record, (name, first, second))
        for laptop in (both.one, both.two):
            found = editing.read(laptop, kind, record.record_id, record.person_id)
            assert name in found.open
            assert not record_lists.has_ended(laptop, found)


@pytest.mark.parametrize(("kind", "name"), [("must_know", "what"), ("flag", "what"), ("accessible_need", "need")])
def test_both_versions_of_what_has_to_be_seen_stand_on_every_screen(both: TwoLaptops, kind: str, name: str) -> None:
    """While two versions of an allergy, an alert or a need are not decided, the banner has both and says so."""
    record = editing.save(both.one, record_lists.new(both.one, kind, both.person.record_id), {name: "Latex"})
    disagree(both.team, both.one, both.two, record, (name, "Penicillin", "Aspirin"))
    for laptop in (both.one, both.two):
        shown = banner.of(laptop, caseload.person(laptop, both.person.record_id))
        (line,) = [*shown.first(family=False), *shown.support()]
        assert all(words in line for words in ("Penicillin", "Aspirin", "Not decided yet"))
