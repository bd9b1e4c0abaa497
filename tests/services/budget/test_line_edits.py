"""Edits of a budget's lines: copy, another rate from a date, and lines for the plan's supports."""

import pytest

from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.services.budget import budgets, line_edits
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.budget.kept_budgets import keep

PERSON = "person-1"


def kept(laptop: Session) -> tuple[Record, Record]:
    """Example C's budget with hours from Monday to Friday, and these hours."""
    worker = editing.save(laptop, record_lists.new(laptop, "worker", PERSON), {"name": "Maria"})
    budget = keep(laptop, PERSON, examples.c())
    hours: dict[str, Value] = {"mon": "7", "rate": "13.20", "worker_id": worker.record_id, "what": "Mornings"}
    link = record_lists.parent_link(budget, "shift")
    return budget, editing.save(laptop, record_lists.new(laptop, "shift", PERSON), {**hours, **link})


def support(laptop: Session, **values: str) -> Record:
    """A support of a goal in the plan."""
    goal = editing.save(laptop, record_lists.new(laptop, "goal", PERSON), {"words": "A tidy garden"})
    new = record_lists.new(laptop, "support", PERSON)
    return editing.save(laptop, new, {"goal_id": goal.record_id, **values})


def test_a_copy_costs_the_same_again_and_is_no_removed_line(laptop: Session) -> None:
    """A copy has every field of the form and the budget, and nothing of the line's own history."""
    budget, line = kept(laptop)
    before = budgets.worked(laptop, budgets.read(laptop, budget)).totals.recurring
    copy = line_edits.copied(laptop, editing.save(laptop, line, {"done": "yes"}))
    assert (copy.text("what"), copy.text("done"), copy.record_id != line.record_id) == ("Mornings", "", True)
    assert budgets.worked(laptop, budgets.read(laptop, budget)).totals.recurring > before


def test_another_rate_ends_the_line_the_day_before(laptop: Session) -> None:
    """The old line ends on 31 March, and the new one has the same hours from 1 April for other pay."""
    budget, line = kept(laptop)
    line = editing.save(laptop, line, {"to_date": "30 9 2027"})
    new = line_edits.split(laptop, budget, line, "1 4 2027", "£13.80")
    old = editing.read(laptop, "shift", line.record_id, PERSON)
    assert (old.text("to_date"), old.text("rate")) == ("2027-03-31", "13.20")
    assert [new.text(name) for name in ("from_date", "to_date", "rate", "mon", "worker_id")] == [
        "2027-04-01", "2027-09-30", "13.80", "7:00", line.text("worker_id"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "paid"),
    [("", "13"), ("soon", "13"), ("7 12 2026", "13"), ("6 12 2027", "13"), ("1 4 2027", ""), ("1 4 2027", "thirteen")],
)
def test_another_rate_needs_a_day_within_the_line_and_an_amount(laptop: Session, day: str, paid: str) -> None:
    """Without them nothing is written and a sentence says what to put right."""
    budget, line = kept(laptop)
    with pytest.raises(PhbError) as found:
        line_edits.split(laptop, budget, line, day, paid)
    assert found.value.sentence.endswith(".")
    assert len(record_lists.of(laptop, "shift", PERSON)) == 1
    assert editing.read(laptop, "shift", line.record_id, PERSON).text("to_date") == ""


def test_what_is_paid_once_has_no_other_rate(laptop: Session) -> None:
    """Hours and prices that come again can change; a laptop that is bought cannot."""
    budget, line = kept(laptop)
    costs = budgets.read(laptop, budget).costs
    weekly = editing.save(laptop, costs[0], {"often": "week"})
    assert [line_edits.can_be_split(each) for each in (line, costs[0], weekly)] == [True, False, True]


def test_supports_of_the_plan_without_a_line_are_offered(laptop: Session) -> None:
    """Those that are paid and that no line pays for yet; a line that is taken out leaves its support on offer."""
    budget, _line = kept(laptop)
    paid = support(laptop, what="Help in the garden", kind="pa", provider="maria")
    support(laptop, what="Walks with a neighbour", kind="unpaid")
    support(laptop)
    records = budgets.read(laptop, budget)
    assert line_edits.offered(laptop, records) == [paid]
    line = line_edits.from_support(laptop, records, paid)
    assert line_edits.offered(laptop, budgets.read(laptop, budget)) == []
    line_edits.take_out(laptop, line)
    assert line_edits.offered(laptop, budgets.read(laptop, budget)) == [paid]
    line_edits.put_back(laptop, editing.read(laptop, "shift", line.record_id, PERSON))
    assert line_edits.offered(laptop, budgets.read(laptop, budget)) == []


def test_a_line_for_a_support_says_what_and_by_whom(laptop: Session) -> None:
    """Hours take the worker of that name, or add one; anything else is a cost with its provider, way and goal."""
    budget, line = kept(laptop)
    records = budgets.read(laptop, budget)
    known = support(laptop, what="Help in the garden", kind="pa", provider="maria")
    hours = line_edits.from_support(laptop, records, known)
    assert (hours.kind, hours.text("what"), hours.text("worker_id"), hours.text("goal_id")) == (
        "shift", "Help in the garden", line.text("worker_id"), known.text("goal_id"),
    )  # fmt: skip
    nights = support(laptop, what="Nights", kind="agency", provider="Invented Care")
    new = line_edits.from_support(laptop, records, nights)
    worker = editing.read(laptop, "worker", new.text("worker_id"), PERSON)
    assert (worker.text("name"), worker.text("employed_as")) == ("Invented Care", "agency")
    swimming = support(laptop, what="Swimming", kind="activity", provider="The pool", management="notional")
    cost = line_edits.from_support(laptop, records, swimming)
    assert (cost.kind, cost.text("kind"), cost.text("provider"), cost.text("management")) == (
        "cost", "activity", "The pool", "notional",
    )  # fmt: skip
