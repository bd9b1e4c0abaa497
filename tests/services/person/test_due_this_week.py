"""What is due this week across all people."""

import pytest

from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.person import due_this_week, reminders, worker_checks
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody


def kept(session: Session, person: Record, kind: str, **values: Value) -> Record:
    """A record of a person."""
    return editing.save(session, record_lists.new(session, kind, person.record_id), values)


def due(session: Session) -> list[tuple[str, str, bool]]:
    """What is due of everybody: the name, the words, and whether it is late."""
    found = [
        item for person_id in due_this_week.people(session) for item in due_this_week.of_person(session, person_id)
    ]
    ordered = due_this_week.in_order(session, found)
    return [(item.name, item.words, due_this_week.is_late(session, item)) for item in ordered]


def test_what_is_late_comes_first_then_day_by_day(session: Session) -> None:
    """Of all people, late things stand before those of the week, which go by day; next week's are not there."""
    zoe, adam = (somebody(session, given_name=name, family_name=name) for name in ("Zoe", "Adam"))
    kept(session, adam, "task", what="Ring", who="Ola", by_when="2026-11-25")
    kept(session, adam, "task", what="Next week", by_when="2026-11-30")
    kept(session, zoe, "task", what="Write", by_when="2026-11-22")
    kept(session, zoe, "action", what="Ask", by_when="2026-11-29")
    editing.save(session, zoe, {"next_visit": "2026-11-24"})
    assert due(session) == [
        ("Zoe Zoe", "Write", True),
        ("Zoe Zoe", "Visit", False),
        ("Adam Adam", "Ring, for Ola", False),
        ("Zoe Zoe", "Ask", False),
    ]


def test_reviews_by_law_and_by_a_date_are_there_before_they_are_late(session: Session) -> None:
    """A review that falls due in the week stands there, by law, by the plan's date and by a record's own."""
    person = somebody(session)
    plan = record_lists.single(session, "care_plan", person.record_id)
    editing.save(session, plan, {"review_date": "2026-11-24"})
    setup = record_lists.single(session, "setup", person.record_id)
    editing.save(session, setup, {"management": "direct_payment", "first_payment": "2026-08-25"})
    kept(session, person, "risk", want="Falls", review_date="2026-11-26")
    assert [words for _name, words, _late in due(session)] == [
        "Review: the date in the plan",
        "Review: 3 months since first payment",
        "Review: Falls",
    ]


def test_a_date_that_nobody_can_read_is_late(session: Session) -> None:
    """A task whose date has words in its place is not forgotten: it stands among what is late."""
    kept(session, somebody(session), "task", what="Ring", by_when="when Beth is back")
    assert due(session) == [("Rhys Price", "Ring", True)]


@pytest.mark.parametrize("values", [{"done": "yes"}, {"removed": "yes"}])
def test_what_is_done_or_removed_is_not_due(session: Session, values: dict[str, Value]) -> None:
    """A task that is done, or that was taken off, is not there."""
    task = kept(session, somebody(session), "task", what="Ring", by_when="2026-11-23")
    assert len(due(session)) == 1
    editing.save(session, task, values)
    assert due(session) == []


def test_nothing_is_due_for_somebody_who_died(session: Session) -> None:
    """Of a person who has died nothing is due."""
    person = somebody(session)
    kept(session, person, "task", what="Ring", by_when="2026-11-23")
    editing.save(session, person, {"died_on": "2026-11-20", "died_said_by": "Bea"})
    assert due(session) == []


def test_a_planned_visit_that_nobody_made_is_late(session: Session) -> None:
    """A planned visit of an earlier day is late until there was a visit on that day or after it."""
    person = somebody(session, next_visit="2026-11-20")
    assert due(session) == [("Rhys Price", "Visit", True)]
    kept(session, person, "visit", date="2026-11-21")
    assert due(session) == []


def test_checks_of_workers_are_due_before_their_first_day(session: Session) -> None:
    """One line for each worker, also before the week of the first day on the person; none once somebody has ended."""
    person = somebody(session)
    maria = kept(session, person, "worker", name="Maria", employed_as="employed", start_date="2026-12-01", dbs="seen")
    words = "Maria, not seen yet: right to work in the UK, insurance of the employer"
    assert due(session) == []
    reminded = [(item.words, item.field) for item in reminders.due(session, person.record_id)]
    assert reminded == [(f"{words}, signed contract", "right_to_work_on")]
    editing.save(session, maria, {"start_date": "2026-11-29"})
    assert due(session) == [("Rhys Price", f"{words}, signed contract", False)]
    editing.save(session, maria, {"start_date": "2026-11-02", "contract_on": "2026-11-01"})
    assert due(session) == [("Rhys Price", words, True)]
    editing.save(session, maria, {"end_date": "2026-11-22"})
    assert due(session) == []
    assert reminders.due(session, person.record_id) == []


def test_the_insurance_is_not_asked_for_once_its_task_is_done(session: Session) -> None:
    """The employer's insurance is one for everybody: it is missing with whoever begins first, until it is there."""
    person = somebody(session)
    seen = {"employed_as": "employed", "dbs": "seen", "right_to_work_on": "2026-11-01", "contract_on": "2026-11-02"}
    kit = kept(session, person, "worker", name="Kit", start_date="2026-12-01", **seen)
    maria = kept(session, person, "worker", name="Maria", start_date="2026-11-30", **seen)
    assert worker_checks.still_missing(session, kit) == ""
    assert "insurance of the employer" in worker_checks.still_missing(session, maria)
    task_id = record_ids.task_id(person.record_id, worker_checks.INSURANCE)
    task = editing.read(session, "task", task_id, person.record_id)
    editing.save(session, task, {"what": "Take out the insurance", "done": "yes"})
    assert worker_checks.still_missing(session, maria) == ""
    assert [item.words for item in reminders.due(session, person.record_id)] == []


def test_the_sign_off_of_an_assistant_who_has_ended_is_not_due(session: Session) -> None:
    """By the name that stands in it, while nobody of that name still works."""
    person = somebody(session)
    kept(session, person, "competency", assistant="Maria Invented", reassess_due="2026-11-24")
    assert len(due(session)) == 1
    kept(session, person, "worker", name="maria invented", employed_as="agency", end_date="2026-11-22")
    assert due(session) == []
