"""Tasks of setting a budget up, on a laptop: when the way, the sort of budget or who is employed becomes another."""

from pathlib import Path

import pytest

from phb_tui.content import completeness_rules
from phb_tui.domain.plan import set_up
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, field_conflicts, record_lists, set_up_tasks
from phb_tui.services.session import Session
from tests.screens.team_harness import somebody, team_in


def agree(laptop: Session, person_id: str, way: str) -> None:
    """Another way is agreed, and its tasks are made."""
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"management": way})
    reminders.make_tasks(laptop, person_id)


def employ(laptop: Session, person_id: str, **fields: str) -> Record:
    """Somebody is employed from now on."""
    new = record_lists.new(laptop, "worker", person_id)
    return editing.save(laptop, new, {"name": "Maria Invented", "employed_as": "employed", **fields})


def to_do(laptop: Session, person_id: str) -> set[str]:
    """What is to be done."""
    return {task.text("what") for task in reminders.to_do(laptop, person_id)}


def made(laptop: Session, person_id: str, name: str) -> Record:
    """A task of setting up, by its stable name."""
    return editing.read(laptop, "task", record_ids.task_id(person_id, name), person_id)


def of(way: str, *, one_off: bool = False, employs: bool = False) -> set[str]:
    """What a way asks for."""
    now = set_up.Situation(way, one_off, employs)
    return {task.what for task in completeness_rules.set_up_tasks() if not set_up.why_not(task, now)}


def test_another_way_closes_the_open_tasks_of_the_way_before(laptop: Session) -> None:
    """They say why they are not needed and stay to be read; one in a nurse's own words stays open, a done one done."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, "direct_payment")
    own = editing.save(laptop, record_lists.new(laptop, "task", person_id), {"what": "Ring Bea"})
    editing.save(laptop, made(laptop, person_id, "account"), {"done": "yes"})
    agree(laptop, person_id, "notional")
    assert to_do(laptop, person_id) == of("notional") | {own.text("what")}
    closed = made(laptop, person_id, "dp-agreement")
    assert record_lists.is_listed(closed)
    assert record_lists.line(laptop, closed).startswith("Not needed any more: Sign the direct payment agreement")
    assert record_lists.display(laptop, closed, "not_needed") == "The budget is managed in another way now"
    assert record_lists.line(laptop, made(laptop, person_id, "account")).startswith("Done: ")


def test_the_way_before_agreed_again_opens_its_tasks_again(laptop: Session) -> None:
    """With their words; what a nurse removed, or closed for a reason of her own, stays so."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, "direct_payment")
    editing.save(laptop, made(laptop, person_id, "account"), {"notes": "Bea knows one"})
    record_lists.remove(laptop, made(laptop, person_id, "recruit"))
    editing.save(laptop, made(laptop, person_id, "training"), {"not_needed": "other"})
    agree(laptop, person_id, "notional")
    agree(laptop, person_id, "direct_payment")
    gone = {made(laptop, person_id, name).text("what") for name in ("recruit", "training")}
    assert to_do(laptop, person_id) == of("direct_payment") - gone
    assert made(laptop, person_id, "account").text("notes") == "Bea knows one"


def test_what_an_earlier_version_took_off_comes_back_too(laptop: Session) -> None:
    """A task that was removed for another way is listed again, as needed or as not needed any more."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, "direct_payment")
    for name in ("account", "training"):
        task = made(laptop, person_id, name)
        editing.save(laptop, task, {"removed": "yes", "closed_for_way": "notional"})
    agree(laptop, person_id, "third_party")
    assert [made(laptop, person_id, name).text("removed") for name in ("account", "training")] == ["", ""]
    assert made(laptop, person_id, "account").text("not_needed") == "another_way"
    assert made(laptop, person_id, "training").text("what") in to_do(laptop, person_id)


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
    """Sign the agreement, pay, ask how it went; an ongoing one takes all others. No way has to be agreed for them."""
    person_id = somebody(laptop).record_id
    budget = editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"nature": "one_off"})
    assert set_up_tasks.agreed_way(laptop, person_id) == "direct_payment"
    reminders.make_tasks(laptop, person_id)
    few = {"Sign the one-off agreement", "Pay the one-off budget", "Ask the person how it went"}
    assert to_do(laptop, person_id) == few
    editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"purpose": "what_if", "nature": "ongoing"})
    agree(laptop, person_id, "direct_payment")
    assert to_do(laptop, person_id) == few
    editing.save(laptop, budget, {"nature": "ongoing"})
    assert made(laptop, person_id, "one-off-pay").text("not_needed") == "ongoing"
    reminders.make_tasks(laptop, person_id)
    assert to_do(laptop, person_id) == of("direct_payment")


def test_somebody_found_eligible_for_a_one_off_budget_needs_no_other_tasks(laptop: Session) -> None:
    """What was said about eligibility counts while there is no budget; a second, ongoing budget takes all tasks."""
    person_id = somebody(laptop).record_id
    editing.save(laptop, record_lists.single(laptop, "eligibility", person_id), {"nature": "one_off"})
    agree(laptop, person_id, "notional")
    assert to_do(laptop, person_id) == {"Buy or arrange what the one-off budget is for", "Ask the person how it went"}
    for nature in ("one_off", "ongoing"):
        editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"nature": nature})
    reminders.make_tasks(laptop, person_id)
    assert to_do(laptop, person_id) == of("notional")


def test_an_employer_has_tasks_before_the_first_day_in_their_order(laptop: Session) -> None:
    """Counted back from the first day of who is employed; they follow it until somebody writes another date."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, "direct_payment")
    assert "employer-hmrc" not in [task.id for task in set_up_tasks.wanted(laptop, person_id)]
    maria = employ(laptop, person_id, start_date="2027-03-01")
    assert to_do(laptop, person_id) == of("direct_payment", employs=True)
    order = [task.id for task in completeness_rules.set_up_tasks() if task.employs]
    days = [made(laptop, person_id, name).text("by_when") for name in order]
    assert order == [
        "payroll", "employer-dbs", "employer-hmrc", "employer-right-to-work", "insurance", "employer-terms",
        "employer-pension",
    ]  # fmt: skip
    assert days == [
        "2027-01-18", "2027-01-20", "2027-01-25", "2027-02-08", "2027-02-15", "2027-02-22", "2027-03-01",
    ]  # fmt: skip
    editing.save(laptop, made(laptop, person_id, "insurance"), {"by_when": "2027-02-10"})
    editing.save(laptop, maria, {"start_date": "2027-03-15"})
    moved = {name: made(laptop, person_id, name).text("by_when") for name in ("insurance", "employer-terms")}
    assert moved == {"insurance": "2027-02-10", "employer-terms": "2027-03-08"}
    editing.save(laptop, record_lists.of(laptop, "worker", person_id)[0], {"end_date": "2026-11-01"})
    assert to_do(laptop, person_id) == of("direct_payment")
    assert made(laptop, person_id, "employer-terms").text("not_needed") == "nobody_employed"


@pytest.mark.parametrize("way", ["notional", "third_party", "direct_payment", "mixed", "managed_account"])
def test_what_comes_before_the_care_is_due_before_its_first_day(laptop: Session, way: str) -> None:
    """Training, agreements, choosing who comes and an employer's duties; what was made before the day was known too."""
    person_id = somebody(laptop).record_id
    agree(laptop, person_id, way)
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"start_date": "2026-12-07"})
    if way in {"direct_payment", "mixed", "managed_account"}:
        employ(laptop, person_id, start_date="2026-12-07")
    first, after = "2026-12-07", {"start", "first-review", "employer-pension"}
    wanted = {task.id: made(laptop, person_id, task.id) for task in set_up_tasks.wanted(laptop, person_id)}
    assert ("training" in wanted) is (way != "notional")
    late = {name for name, task in wanted.items() if task.text("by_when") >= first}
    assert late <= after


def test_tasks_of_one_day_stand_in_their_order(laptop: Session) -> None:
    """Where the first day is tomorrow everything before it is due today, and stands in the order of the law."""
    person_id = somebody(laptop).record_id
    employ(laptop, person_id, start_date="2026-11-24")
    agree(laptop, person_id, "direct_payment")
    due = [task.text("what") for task in reminders.to_do(laptop, person_id) if task.text("by_when") == "2026-11-23"]
    wanted = set_up_tasks.wanted(laptop, person_id)
    before = [task.what for task in wanted if task.days_before is not None and task.days_before > 0]
    assert due == before


def test_two_ways_agreed_apart_leave_one_thing_to_decide(tmp_path: Path) -> None:
    """The way itself; the tasks say the same on both laptops, and follow what is decided."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Example")
        person_id = somebody(one).record_id
        agree(one, person_id, "direct_payment")
        team.exchange(one, two)
        for laptop, way in ((one, "notional"), (two, "third_party")):
            agree(laptop, person_id, way)
        team.exchange(one, two, one)
        for laptop in (one, two):
            found = field_conflicts.conflicts(laptop, person_id)
            assert [(each.record.kind, each.name) for each in found] == [("setup", "management")]
        field_conflicts.resolve(one, found[0], "third_party")
        team.exchange(one, two)
        assert to_do(one, person_id) == to_do(two, person_id) == of("third_party")


def test_help_with_being_an_employer_is_offered_before_anybody_is_chosen() -> None:
    """It stands before finding and choosing assistants, and is not due after it."""
    tasks = {task.id: (place, task) for place, task in enumerate(completeness_rules.set_up_tasks())}
    (offered, offer), (chosen, choose) = tasks["employer-support"], tasks["recruit"]
    assert offered < chosen
    assert offer.weeks <= choose.weeks
    assert (offer.days_before or 0) >= (choose.days_before or 0)
    assert offer.ways == choose.ways
