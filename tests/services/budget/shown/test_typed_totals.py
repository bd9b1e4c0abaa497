"""What a line and its budget come to while they are typed."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import budgets, what_if
from phb_tui.services.budget.shown import typed_totals
from phb_tui.services.budget.shown.typed_totals import Told
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.budget.kept_budgets import keep

PERSON = "person-1"


@pytest.fixture
def budget(laptop: Session) -> Record:
    """Example B."""
    return keep(laptop, PERSON, examples.b())


def told(laptop: Session, record: Record, **typed: str) -> Told:
    around = typed_totals.read(laptop, record, {})
    assert around is not None
    return typed_totals.told(around, record, typed)


def test_totals_move_with_what_is_typed_and_nothing_is_written(laptop: Session, budget: Record) -> None:
    """A rate that is typed counts in the line and in the budget; the record stays as it is."""
    line = budgets.read(laptop, budget).shifts[4]
    assert told(laptop, line) == Told("£50.00 a week", "", "", "£818.88 a week, first year £46,132.46")
    assert told(laptop, line, rate="100").line == "£100.00 a week"
    assert told(laptop, line, rate="100").budget != told(laptop, line).budget
    assert editing.read(laptop, "shift", line.record_id, PERSON) == line


def test_a_line_that_stops_says_what_it_costs_while_it_runs(laptop: Session, budget: Record) -> None:
    """A week of hours is hours x pay with the day on which it ends or begins, and an average is called one."""
    for weekly, dates, words in (
        ("35", {"to_date": "2027-03-31"}, "£462.00 a week until 31 March 2027"),
        ("36", {"to_date": "2027-03-31"}, "£475.20 a week until 31 March 2027"),
        ("35", {"from_date": "2027-04-01"}, "£462.00 a week from 1 April 2027"),
        (
            "35",
            {"from_date": "2027-02-01", "to_date": "2027-03-31"},
            "£462.00 a week from 1 February 2027 to 31 March 2027",
        ),
        ("35", {"to_date": "2027-03-31", "weeks": "first_fortnight"}, "£74.88 in an average week of the budget"),
    ):
        new = record_lists.new(laptop, "shift", PERSON)
        fields = {"weekly": weekly, "rate": "13.20", "worker_id": budgets.read(laptop, budget).workers[0].record_id}
        link = record_lists.parent_link(budget, "shift")
        around = typed_totals.read(laptop, new, link)
        assert around is not None
        assert typed_totals.told(around, new, {**link, **fields, **dates}).line == words
    maria = budgets.read(laptop, budget).workers[0]
    assert told(laptop, maria).line.endswith(" in an average week of the budget")
    fee = {"often": "week", "price": "8.50", "to_date": "2027-03-31", "kind": "payroll"}
    new = editing.save(
        laptop, record_lists.new(laptop, "cost", PERSON), {**record_lists.parent_link(budget, "cost"), **fee}
    )
    assert told(laptop, new).line == "£8.50 a week until 31 March 2027"


def test_what_is_needed_or_wrong_is_said_in_its_sentence(laptop: Session, budget: Record) -> None:
    """Without a rate the line says what it needs and the budget goes without it; too little pay is said."""
    line = budgets.read(laptop, budget).shifts[0]
    without = told(laptop, line, rate="")
    assert (without.line, without.missing, without.wrong) == ("", "Write what is paid.", "")
    assert "less than the law allows" in told(laptop, line, rate="12.50").wrong


def test_a_new_line_counts_once_something_is_typed(laptop: Session, budget: Record) -> None:
    """A form that was only opened says what the budget is; its link to the budget is nothing typed."""
    new = record_lists.new(laptop, "cost", PERSON)
    link = record_lists.parent_link(budget, "cost")
    around = typed_totals.read(laptop, new, link)
    assert around is not None
    assert typed_totals.told(around, new, link) == Told("", "", "", "£818.88 a week, first year £46,132.46")
    assert typed_totals.told(around, new, {**link, "price": "379"}).line == "£379.00 once"


def test_somebody_who_is_paid_counts_with_what_employing_them_costs(laptop: Session, budget: Record) -> None:
    """A worker's amount has their hours, training, holiday and sick pay; nobody's is in no budget."""
    maria = budgets.read(laptop, budget).workers[0]
    assert told(laptop, maria).line == told(laptop, maria, pension="auto").line
    assert told(laptop, maria).line != told(laptop, maria, pension="opted_out").line
    assert typed_totals.read(laptop, record_lists.new(laptop, "worker", PERSON), {}) is None


def test_what_is_tried_out_is_never_the_budget_of_somebody_who_is_paid(laptop: Session, budget: Record) -> None:
    """The totals beside a worker stay the budget's after a what if, and there are none where only a what if is left."""
    tried = what_if.copy(laptop, budget)
    editing.save(laptop, budgets.read(laptop, tried).shifts[4], {"rate": "100"})
    maria = budgets.read(laptop, budget).workers[0]
    assert told(laptop, maria).budget == "£818.88 a week, first year £46,132.46"
    record_lists.remove(laptop, budget)
    assert typed_totals.read(laptop, maria, {}) is None


def test_a_budget_without_its_days_says_what_it_needs(laptop: Session, budget: Record) -> None:
    """While its last day is not written there is no total."""
    found = told(laptop, budget, end_date="")
    assert (found.missing, found.budget) == ("Write from which day to which day the budget runs.", "")
