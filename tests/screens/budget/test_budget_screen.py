"""The screen of a budget: its lines, its totals, and what can be done with a line."""

import json

import pytest
from textual.widgets import Input, OptionList

from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Record
from phb_tui.screens.budget.another_rate import AnotherRateScreen
from phb_tui.screens.budget.budget_actions import PARTS
from phb_tui.screens.budget.budget_screen import BudgetScreen
from phb_tui.screens.budget.working_screen import WorkingScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.budget import budgets
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import (
    app_of,
    arrive,
    choose,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    type_words,
    words_painted,
)
from tests.services.budget.kept_budgets import keep

pytestmark = pytest.mark.anyio


@pytest.fixture
def budget(laptop: Session) -> Record:
    """Example B, told first as 800 to 850 a week."""
    told = {"name": "From December", "range_from": "800", "range_to": "850"}
    return keep(laptop, somebody(laptop).record_id, examples.b(), **told)


def screen_of(budget: Record) -> BudgetScreen:
    return BudgetScreen(budget.person_id or "", budget.record_id)


@pytest.mark.parametrize(("size", "weekly"), [((60, 20), False), ((80, 24), True), ((160, 48), True)])
async def test_figures_are_whole_in_every_window(
    laptop: Session, budget: Record, size: tuple[int, int], *, weekly: bool
) -> None:
    """Names are cut and figures never; a narrow window has no amount a week; the totals are those of example B."""
    async with opened_screen(laptop, screen_of(budget), size) as pilot:
        rows, said = painted(pilot), words_painted(pilot)
    assert "7,669.20" in rows
    assert ("147.48" in rows) is weekly
    assert "Every week 818.88" in said
    assert "told first: 800.00 to 850.00" in said
    assert "First year 46,132.46" in said
    assert "May change from 1 April 2027: Wages by law are not known yet" in said


async def test_a_half_filled_line_opens_where_something_is_missing(laptop: Session, budget: Record) -> None:
    """It shows a question mark and is named under the totals; Enter opens the page with the field that is empty."""
    new = record_lists.new(laptop, "cost", budget.person_id or "")
    editing.save(laptop, new, {"what": "Paints", **record_lists.parent_link(budget, "cost")})
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        line = next(line for line in lines(pilot, "#lines") if line.startswith("Paints"))
        assert line.split() == ["Paints", "?", "?"]
        assert "1 line cannot be worked out yet and is not in the total: Paints" in shown(pilot, "#totals")
        await choose(pilot, "#lines", "Paints")
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.page.title == "What it costs"


async def test_a_line_is_copied_removed_and_put_back(laptop: Session, budget: Record) -> None:
    """One letter each for the highlighted line; removed it leaves the total, and Undo takes its place."""
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        await pilot.press("down", "c")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert len(budgets.read(laptop, budget).shifts) == 6
        await pilot.press("x")
        await pilot.pause()
        assert len(budgets.read(laptop, budget).shifts) == 5
        assert "First year 46,132.46" in shown(pilot, "#totals")
        await pilot.press("x")
        await pilot.pause()
        assert len(budgets.read(laptop, budget).shifts) == 5
        await pilot.press("enter")
        await pilot.pause()
        assert len(budgets.read(laptop, budget).shifts) == 6
        assert not [line for line in lines(pilot, "#lines") if line.startswith("Removed")]


async def test_a_line_goes_on_at_another_rate(laptop: Session, budget: Record) -> None:
    """Another rate asks from which day and what is paid; what is wrong is said and nothing written."""
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        await pilot.press("r")
        assert "Go to a line of hours" in shown(pilot, "#saved")
        await pilot.press(*["down"] * 7, "r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, AnotherRateScreen)
        assert shown(pilot, "#rate-line") == "Tom: Night asleep in the home, Saturday: £50.00 now"
        await type_words(pilot, "1 4 2027")
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Write what is paid from then on." in shown(pilot, "#saved")
        assert isinstance(pilot.app.focused, Input)
        await type_words(pilot, "55")
        await pilot.press("enter")
        await pilot.pause()
        nights = [line for line in lines(pilot, "#lines") if line.startswith("Tom: Night")]
        assert [line.split("  ")[0] for line in nights] == [
            "Tom: Night asleep in the home, Saturday, to 31 Mar 2027",
            "Tom: Night asleep in the home, Saturday, from 1 Apr 2027",
        ]


async def test_f7_offers_the_supports_of_the_plan_first(laptop: Session, budget: Record) -> None:
    """F7 adds hours for a support that has no line yet, with who gives it; its offer is gone then."""
    person_id = budget.person_id or ""
    goal = editing.save(laptop, record_lists.new(laptop, "goal", person_id), {"words": "A tidy garden"})
    new = record_lists.new(laptop, "support", person_id)
    values = {"goal_id": goal.record_id, "what": "Help in the garden", "provider": "Tom", "kind": "pa"}
    editing.save(laptop, new, values)
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        assert "+ Help in the garden, Tom: add hours  F7" in lines(pilot, "#lines")
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.record.text("what") == "Help in the garden"
        await pilot.press("escape")
        await pilot.pause()
        assert not [line for line in lines(pilot, "#lines") if line.startswith("+ Help")]
        assert [line for line in lines(pilot, "#lines") if line.startswith("Tom: Help in the garden")]


async def test_f6_says_how_it_was_worked_out(laptop: Session, budget: Record) -> None:
    """F6 opens the working, also from what employing costs, which has no form."""
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        await pilot.press("f6")
        await pilot.pause()
        assert isinstance(pilot.app.screen, WorkingScreen)
        assert "581 hours x 13.20 = 7,669.20" in words_painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        await choose(pilot, "#lines", "Employer pension")
        assert isinstance(pilot.app.screen, WorkingScreen)


async def test_beside_the_list_stands_how_the_line_was_worked_out(laptop: Session, budget: Record) -> None:
    """In a wide window the working of the highlighted line stands beside it."""
    async with opened_screen(laptop, screen_of(budget), (160, 48)) as pilot:
        await pilot.press("down")
        await pilot.pause()
        assert "581 hours x 13.20 = 7,669.20" in words_painted(pilot)


async def test_totals_follow_each_key_in_the_form_of_a_line(laptop: Session, budget: Record) -> None:
    """The bottom of the form says what the line and the budget come to after every key, before anything is kept."""
    shift = budgets.read(laptop, budget).shifts[4]
    async with opened_screen(laptop, FormScreen(shift, 3)) as pilot:
        await pilot.pause()
        assert shown(pilot, "#line-totals") == "This line £50.00 a week · Budget £818.88 a week, first year £46,132.46"
        await pilot.press("tab", "end", "0")
        await pilot.pause()
        assert shown(pilot, "#line-totals").startswith("Enter an amount in pounds, for example 1,250 or 14.50. · Bud")
        await pilot.press(*["backspace"] * 5, "1")
        await pilot.pause()
        assert shown(pilot, "#line-totals").startswith("This line £51.00 a week · Budget £8")
        assert editing.read(laptop, "shift", shift.record_id, budget.person_id).text("rate") == "50.00"


async def test_a_new_budget_leads_to_its_lines(laptop: Session) -> None:
    """From step 3 the budget opens as its form while there is none, and its lines follow."""
    person_id = somebody(laptop).record_id
    async with opened_screen(laptop, screen_of(record_lists.new(laptop, "budget", person_id))) as pilot:
        app_of(pilot).open_part(person_id, "budget")
        await pilot.pause()
        assert not pilot.app.screen.query("ChildRecords LineList")
        await type_words(pilot, "At home")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, BudgetScreen)
        assert pilot.app.screen.heading() == "The budget: At home"
        assert "Write from which day to which day the budget runs." in shown(pilot, "#totals")


async def test_the_list_of_budgets_leads_to_their_lines(laptop: Session, budget: Record) -> None:
    """A kept budget opens as its lines; the form of a new one is followed by its lines."""
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        app_of(pilot).open_part(budget.person_id or "", "list:budget")
        await pilot.pause()
        await choose(pilot, "#parts", "From December")
        assert isinstance(pilot.app.screen, BudgetScreen)
        await pilot.press("escape", "f7")
        await pilot.pause()
        await type_words(pilot, "At home")
        await pilot.press("escape")
        await pilot.pause()
        assert painted(pilot).splitlines()[0].endswith("The budget: At home ")


async def test_whatever_is_kept_is_shown(laptop: Session, budget: Record) -> None:
    """Amounts of 5,000 digits, days that are none, links to nothing and a damaged policy break no screen."""
    person_id = budget.person_id or ""
    many = "9" * 5000
    policy = record_lists.single(laptop, "policy", None)
    editing.save(laptop, policy, {"version": many, "text": '{"rates": [{"low": []}], "terms": 1, "holiday": {}}'})
    records = budgets.read(laptop, budget)
    wrong = {
        "shift": {"rate": many, "mon": many, "from_date": many, "to_date": "[/b]", "worker_id": "gone", "what": many},
        "cost": {"price": many, "many": many, "often": many, "kind": many, "what": "[bold]\x1b[31m"},
    }
    for kind, values in wrong.items():
        new = record_lists.new(laptop, kind, person_id)
        arrive(laptop, new, {**record_lists.parent_link(budget, kind), **values})
    arrive(laptop, records.shifts[0], {"need_id": "gone", "goal_id": records.shifts[0].record_id, "sort": many})
    arrive(laptop, records.workers[0], {"name": many, "age": many, "turns_on": many})
    for values in ({}, {"range_from": many, "health": many}, {"replaces_id": budget.record_id}, {"end_date": many}):
        arrive(laptop, budget, values)
        screens = (screen_of(budget), WorkingScreen(person_id, budget.record_id), FormScreen(budget))
        for size in ((60, 20), (160, 48)):
            for screen in screens if size == (60, 20) else (screen_of(budget),):
                async with opened_screen(laptop, screen, size) as pilot:
                    await pilot.press("down", "down")
                    assert painted(pilot)


async def test_the_family_reads_all_amounts_and_no_note_for_staff(laptop: Session, budget: Record) -> None:
    """In family view what the team usually agrees and the note for staff are left out, beside the lines too."""
    usual = {"what": "Weekday", "sort": "day", "low": "10.00", "high": "12.00"}
    policy = record_lists.single(laptop, "policy", None)
    editing.save(laptop, policy, {"version": "1", "text": json.dumps({"rates": [usual]})})
    for cost in budgets.read(laptop, budget).costs:
        editing.save(laptop, cost, {"note": "Zwords"})
    async with opened_screen(laptop, screen_of(budget), (160, 48)) as pilot:
        assert "above what your team usually agrees" in words_painted(pilot)
        app_of(pilot).action_family()
        await pilot.pause()
        seen = words_painted(pilot)
        for _line in range(24):
            await pilot.press("down")
            await pilot.pause()
            seen += words_painted(pilot)
    assert "above what your team usually agrees" not in seen
    assert "Zwords" not in seen
    assert "First year 46,132.46" in seen


async def test_undo_has_the_highlight_whatever_went_with_the_line(laptop: Session) -> None:
    """With the only hours that are paid also holiday and sick pay go, which stood above; Enter still undoes."""
    person_id = somebody(laptop).record_id
    worker = {"id": "w", "name": "Maria", "age": "22_plus"}
    training = examples.cost("training", "training_time", "13.20", "12", worker_id="w")
    budget = keep(laptop, person_id, Records(examples.budget("2026-12-07", "2027-12-05"), [worker], [], [training]))
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        listed = pilot.app.screen.query_one("#lines", OptionList)
        listed.highlighted = next(at for at, line in enumerate(lines(pilot, "#lines")) if line.startswith("training"))
        await pilot.press("x")
        await pilot.pause()
        assert lines(pilot, "#lines")[listed.highlighted] == "Removed: training. Undo"
        await pilot.press("enter")
        await pilot.pause()
        assert len(budgets.read(laptop, budget).costs) == 1


async def test_each_letter_opens_its_screen(laptop: Session, budget: Record) -> None:
    """Every screen about the budget has a letter; the one for staff alone has none in family view."""
    async with opened_screen(laptop, screen_of(budget)) as pilot:
        opened = {}
        for letter, _words, name in PARTS:
            await pilot.press(letter)
            await pilot.pause()
            opened[name] = type(pilot.app.screen).__name__
            await pilot.press("escape")
            await pilot.pause()
        assert opened == {
            "enough": "EnoughScreen", "keep_budget": "KeepVersionScreen", "what_if": "WhatIfScreen",
            "money_pictures": "MoneyPicturesScreen", "compare": "CompareScreen", "copies": "CopiesScreen",
        }  # fmt: skip
        assert "u Usual package" in words_painted(pilot)
        app_of(pilot).action_family()
        await pilot.pause()
        assert "Usual package" not in words_painted(pilot)
