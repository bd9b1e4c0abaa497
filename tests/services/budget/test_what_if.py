"""What if: a copy of a budget, what differs, and taking one for the other without losing anything."""

import pytest

from phb_tui.content import forms
from phb_tui.domain.budget.reading.line_records import WEEK
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import budgets, differences, what_if
from phb_tui.services.budget.differences import Group, Side
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from tests.domain.budget import examples
from tests.screens.screen_harness import arrive
from tests.services.budget.kept_budgets import keep

PERSON = "person-1"


@pytest.fixture
def budget(laptop: Session) -> Record:
    """Example B, with what was told and said about it."""
    return keep(
        laptop, PERSON, examples.b(), name="From December", told_on="2026-11-20", enough="no", range_to="900.00"
    )


def worked(session: Session, budget: Record) -> Worked:
    """A budget worked out."""
    return budgets.worked(session, budgets.read(session, budget))


def lines(session: Session, budget: Record) -> list[Record]:
    """The lines of a budget."""
    return list(budgets.read(session, budget).lines)


MARIA = {"rate": "13.20", "sort": ""}
MARIA_LATER = {"rate": "13.80"}
NIGHTS = {"sort": "sleep_in"}


def line(session: Session, budget: Record, **fields: str) -> Record:
    """The line of a budget with some fields."""
    return next(each for each in lines(session, budget) if all(each.text(name) == fields[name] for name in fields))


def change(session: Session, found: Record, **values: str) -> None:
    """Change a line."""
    editing.save(session, found, values)


def differing(session: Session, now: Record, then: Record) -> list[Group]:
    """What differs between two budgets."""
    sides = [
        Side(records, budgets.worked(session, records)) for records in (budgets.read(session, b) for b in (now, then))
    ]
    return differences.between(session, sides[0], sides[1])


def test_a_copy_is_the_same_budget_with_lines_of_its_own(laptop: Session, budget: Record) -> None:
    """It costs the same to the penny, its lines are others, and what was told or said stays with the budget."""
    copied = what_if.copy(laptop, budget)
    assert worked(laptop, copied).totals == worked(laptop, budget).totals
    assert (copied.text("name"), copied.text("purpose")) == ("What if: From December", "what_if")
    assert (copied.text("told_on"), copied.text("enough"), copied.text("range_to")) == ("", "", "900.00")
    ours, theirs = lines(laptop, budget), lines(laptop, copied)
    assert not {line.record_id for line in ours} & {line.record_id for line in theirs}
    assert [each.fields["rate" if each.kind == "shift" else "what"] for each in ours] == [
        each.fields["rate" if each.kind == "shift" else "what"] for each in theirs
    ]
    assert what_if.paired(ours, theirs) == list(zip(ours, theirs, strict=True))
    assert what_if.all_of(laptop, budget) == [copied]
    assert what_if.original(laptop, copied) == budget
    assert differing(laptop, budget, copied) == []
    assert what_if.copy(laptop, budget).text("name") == "What if 2: From December"


def test_a_copy_keeps_what_cannot_be_read_as_it_is(laptop: Session) -> None:
    """Half-filled and wrong fields are copied too, and a link to somebody who is gone."""
    budget = keep(laptop, PERSON, examples.c())
    new = record_lists.new(laptop, "shift", PERSON)
    odd = {"budget_id": budget.record_id, "rate": "14,50", "mon": "lots", "need_id": "gone", "unknown_here": "x"}
    odd |= {"from_date": "tomorrow", "weekly": "9" * 5_000}  # kept like this by another program
    arrive(laptop, new, odd)
    copied = [line for line in lines(laptop, what_if.copy(laptop, budget)) if line.kind == "shift"]
    assert [{name: copied[0].text(name) for name in odd if name != "budget_id"}] == [
        {name: text for name, text in odd.items() if name != "budget_id"}
    ]


def test_only_what_differs_is_named(laptop: Session, budget: Record) -> None:
    """Hours and costs of the line that was changed, one that is gone, one that is new, and the totals."""
    copied = what_if.copy(laptop, budget)
    change(laptop, line(laptop, copied, **MARIA_LATER), mon="5", sort="evening")
    copied = editing.save(laptop, copied, {"contingency_weeks": "2"})
    record_lists.remove(laptop, line(laptop, copied, **NIGHTS))
    new = record_lists.new(laptop, "cost", PERSON)
    editing.save(laptop, new, {"budget_id": copied.record_id, "what": "Tablet", "price": "200", "kind": "equipment"})
    found = {group.title: group for group in differing(laptop, budget, copied)}
    assert list(found) == ["Maria", "Tom", "Tablet", "The budget itself", "In all"]
    assert [(row.what, row.now, row.then, row.change < 0) for row in found["Maria"].rows] == [
        ("What it costs", "£17,243.10", "£16,235.70", True), ("Hours a week", "35 h", "33 h", True),
        ("Sort of hours", "Day", "Evening", False),
    ]  # fmt: skip
    assert (found["Tom"].state, [row.then for row in found["Tom"].rows]) == ("gone", ["", ""])
    assert [(row.what, row.now) for row in found["Tom"].rows] == [
        ("What it costs", "£2,600.00"), ("Nights a week", "1")
    ]  # fmt: skip
    assert (found["Tablet"].state, found["Tablet"].rows[0].then) == ("new", "£200.00")
    assert [(row.what, row.now, row.then) for row in found["The budget itself"].rows] == [("Weeks put by", "4", "2")]
    totals = {row.what: row for row in found["In all"].rows}
    assert set(totals) == {"What employing costs", "Every week", "Put by for emergencies", "Bought once", "First year"}
    assert (totals["Every week"].now, totals["Every week"].is_cost, totals["Every week"].change < 0) == (
        "£818.88", True, True
    )  # fmt: skip


def test_the_same_hours_on_other_days_are_named_by_day(laptop: Session, budget: Record) -> None:
    """The sum is the same, the days are not; a first answer that was left empty is no difference."""
    copied = what_if.copy(laptop, budget)
    change(laptop, line(laptop, copied, **MARIA), fri="", sat="7", sort="day", weeks="every")
    rows = {row.what: row for row in differing(laptop, budget, copied)[0].rows}
    assert set(rows) == {"What it costs", "On which days"}
    days = rows["On which days"]
    assert (days.now, days.then) == (
        "Mon 7 h, Tue 7 h, Wed 7 h, Thu 7 h, Fri 7 h", "Mon 7 h, Tue 7 h, Wed 7 h, Thu 7 h, Sat 7 h"
    )  # fmt: skip
    assert (days.change, days.field) == (0, "fri")


def test_another_way_and_other_payers_are_named(laptop: Session) -> None:
    """A line managed in another way moves money from one way to the other; a line of one payer likewise."""
    budget = keep(laptop, PERSON, examples.e())
    copied = what_if.copy(laptop, budget)
    nights = next(line for line in lines(laptop, copied) if line.text("what") == "nights")
    editing.save(laptop, nights, {"management": "notional", "stream": ""})
    found = {group.title: group.rows for group in differing(laptop, budget, copied)}
    assert [(row.what, row.now, row.then) for row in found["nights"]] == [
        ("How it is managed", "like the rest", "Notional budget"), ("Who pays for it", "Social care", "shared")
    ]  # fmt: skip
    assert [row.then for row in found["How it is managed"]][-1] == "£1,260.00"
    assert [row.what for row in found["Who pays"]] == ["The NHS", "Social care", "Education"]


def test_a_line_that_cannot_be_worked_out_is_no_amount(laptop: Session, budget: Record) -> None:
    """An amount that is not known is shown as "?", and not as nothing."""
    copied = what_if.copy(laptop, budget)
    change(laptop, line(laptop, copied, **NIGHTS), rate="", sat="9" * 5_000)
    assert [(row.now, row.then) for row in differing(laptop, budget, copied)[0].rows] == [
        ("£2,600.00", "?"), ("1", "?"), ("£50.00", "")
    ]  # fmt: skip


def test_taking_what_was_tried_out_makes_the_budget_so(laptop: Session, budget: Record) -> None:
    """The budget costs what the what if did, its lines stay the same records, and what was taken out can come back."""
    copied = what_if.copy(laptop, budget)
    change(laptop, line(laptop, copied, **MARIA), mon="5", note="For staff")
    gone = line(laptop, budget, **NIGHTS)
    record_lists.remove(laptop, line(laptop, copied, **NIGHTS))
    new = record_lists.new(laptop, "cost", PERSON)
    editing.save(laptop, new, {"budget_id": copied.record_id, "what": "Tablet", "price": "200", "kind": "equipment"})
    copied = editing.save(laptop, copied, {"allowance": "unsure", "contingency_weeks": "2"})
    wanted, before = worked(laptop, copied).totals, worked(laptop, budget).totals
    ids = [line.record_id for line in lines(laptop, budget)]
    length = sync_service.status(laptop).waiting
    taken = what_if.take(laptop, copied, budget)
    assert sync_service.status(laptop).waiting - length == len(taken.changes) == 4
    budget = budgets.all_of(laptop, PERSON)[0]
    assert worked(laptop, budget).totals == wanted != before
    assert (budget.text("name"), budget.text("purpose"), budget.text("enough")) == ("From December", "", "no")
    kept_ids = [each.record_id for each in lines(laptop, budget)]
    assert [each for each in kept_ids if each in ids] == [each for each in ids if each != gone.record_id]
    assert differing(laptop, budget, copied) == []
    assert what_if.take(laptop, copied, budget).changes == []
    kept = editing.read(laptop, "shift", gone.record_id, PERSON)
    assert (kept.text("removed"), kept.text("rate")) == ("yes", "50.00")
    what_if.undo(laptop, taken)
    budget = budgets.all_of(laptop, PERSON)[0]
    assert worked(laptop, budget).totals == before
    assert [each.record_id for each in lines(laptop, budget)] == ids


def test_the_what_if_can_begin_again_from_the_budget(laptop: Session, budget: Record) -> None:
    """The other way round: what was tried out becomes like the budget, and stays a what if."""
    copied = what_if.copy(laptop, budget)
    change(laptop, line(laptop, copied, **MARIA), mon="", tue="")
    what_if.take(laptop, budget, copied)
    assert differing(laptop, budget, copied) == []
    assert [each.text("purpose") for each in budgets.all_of(laptop, PERSON)] == ["", "what_if"]


def test_every_figure_that_is_taken_over_has_a_name(laptop: Session) -> None:
    """A field of a budget that decides an amount cannot differ unseen."""
    assert set(differences.BUDGET_FIELDS) == set(what_if.FIGURES)
    assert laptop.content.money  # the laptop is open
    for kind in ("shift", "cost"):
        asked = {field.name for field in forms.form(kind).fields() if not field.staff_only}
        known = {*differences.LINE_FIELDS, *WEEK, "weekly", "contribution_from"}
        assert asked <= known
