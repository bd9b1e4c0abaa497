"""Tasks that come with a way of managing the money, when another way is agreed."""

import pytest

from phb_tui.content import completeness_rules
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists, set_up_tasks
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody


def agree(laptop: Session, person_id: str, way: str) -> None:
    """Another way is agreed, and its tasks are made."""
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"management": way})
    reminders.make_tasks(laptop, person_id, way)


def to_do(laptop: Session, person_id: str) -> set[str]:
    """What is to be done."""
    return {task.text("what") for task in reminders.to_do(laptop, person_id)}


def of(way: str) -> set[str]:
    """What a way asks for."""
    return {task.what for task in completeness_rules.set_up_tasks(way)}


def test_another_way_takes_the_tasks_of_the_way_before_off_the_list(laptop: Session) -> None:
    """Tasks that the new way has not are taken off; a task in the nurse's own words stays; what is done stays done."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, "direct_payment")
    own = editing.save(laptop, record_lists.new(laptop, "task", person_id), {"what": "Ring Bea"})
    done = next(task for task in reminders.to_do(laptop, person_id) if "payroll" in task.text("what"))
    editing.save(laptop, done, {"done": "yes"})
    agree(laptop, person_id, "notional")
    assert to_do(laptop, person_id) == of("notional") | {own.text("what")}
    assert editing.read(laptop, "task", done.record_id, person_id).text("done") == "yes"


def test_the_way_before_agreed_again_has_its_tasks_again(laptop: Session) -> None:
    """What was taken off for another way comes back with its words; what a nurse took off herself stays off."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, "direct_payment")
    task = next(task for task in reminders.to_do(laptop, person_id) if "payroll" in task.text("what"))
    editing.save(laptop, task, {"notes": "Bea knows one"})
    gone = next(task for task in reminders.to_do(laptop, person_id) if "insurance" in task.text("what"))
    record_lists.remove(laptop, gone)
    agree(laptop, person_id, "notional")
    agree(laptop, person_id, "direct_payment")
    assert to_do(laptop, person_id) == of("direct_payment") - {gone.text("what")}
    assert editing.read(laptop, "task", task.record_id, person_id).text("notes") == "Bea knows one"


@pytest.mark.parametrize(
    ("first_payment", "decided_on", "by_when"),
    [
        ("9999-12-31", "", "9999-12-31"),
        ("2026-12-01", "2026-12-10", "2027-01-26"),
        ("", "2026-12-10", "2027-02-04"),
        ("", "", "2027-01-18"),
    ],
)
def test_the_first_review_counts_from_payment_or_eligibility(
    laptop: Session, first_payment: str, decided_on: str, by_when: str
) -> None:
    """Eight weeks after whichever came first; from today while neither is known."""
    person_id = somebody(laptop).record_id
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"first_payment": first_payment})
    editing.save(laptop, record_lists.single(laptop, "eligibility", person_id), {"decided_on": decided_on})
    agree(laptop, person_id, "direct_payment")
    review = next(task for task in reminders.to_do(laptop, person_id) if "first review" in task.text("what"))
    assert review.text("by_when") == by_when


def test_a_one_off_budget_takes_its_own_few_tasks(laptop: Session) -> None:
    """Sign the agreement, pay, ask how it went; nothing about accounts, payroll or reviews. No way has to be agreed."""
    person_id = somebody(laptop).record_id
    budget = editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"nature": "one_off"})
    way = set_up_tasks.agreed_way(laptop, person_id)
    assert way == "direct_payment"
    reminders.make_tasks(laptop, person_id, way)
    few = {"Sign the one-off agreement", "Pay the one-off budget", "Ask the person how it went"}
    assert to_do(laptop, person_id) == few
    editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"purpose": "what_if", "nature": "ongoing"})
    agree(laptop, person_id, "direct_payment")
    assert to_do(laptop, person_id) == few
    editing.save(laptop, budget, {"nature": "ongoing"})
    reminders.make_tasks(laptop, person_id, "direct_payment")
    assert to_do(laptop, person_id) == of("direct_payment")


def test_somebody_found_eligible_for_a_one_off_budget_needs_no_other_tasks(laptop: Session) -> None:
    """What was said about eligibility counts while there is no budget; a second, ongoing budget takes all tasks."""
    person_id = somebody(laptop).record_id
    editing.save(laptop, record_lists.single(laptop, "eligibility", person_id), {"nature": "one_off"})
    agree(laptop, person_id, "notional")
    assert to_do(laptop, person_id) == {"Buy or arrange what the one-off budget is for", "Ask the person how it went"}
    for nature in ("one_off", "ongoing"):
        editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"nature": nature})
    reminders.make_tasks(laptop, person_id, "notional")
    assert to_do(laptop, person_id) == of("notional")
