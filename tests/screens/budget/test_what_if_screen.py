"""Trying something out: a copy is made, both stand side by side, and one of them is taken."""

import pytest

from phb_tui.screens.budget import places
from phb_tui.screens.budget.what_if import WhatIfScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.services.budget import budgets, what_if
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import choose, lines, opened_screen, painted, shown, somebody
from tests.services.budget.kept_budgets import keep

pytestmark = pytest.mark.anyio
WIDE = (160, 48)


def first_year(session: Session, person_id: str) -> list[int]:
    """Pence of the first year of each budget of a person."""
    return [
        budgets.worked(session, budgets.read(session, each)).totals.first for each in budgets.all_of(session, person_id)
    ]


async def test_the_mark_stands_on_the_copy_that_was_just_made(session: Session) -> None:
    """After Enter has made a copy, Enter opens that copy, and never makes another one."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.b(), name="From December")
    async with opened_screen(session, WhatIfScreen(person.record_id, budget.record_id)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        highlighted = pilot.app.screen.query_one("#lines", LineList).highlighted_option
        assert highlighted is not None
        assert highlighted.id == "open"
        await pilot.press("enter")
        await pilot.pause()
        assert len(what_if.all_of(session, budget)) == 1


async def test_a_screen_of_the_budget_never_speaks_of_what_is_tried_out(session: Session) -> None:
    """Without an id the newest budget that is meant is opened; where only a what if is left, none is."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.b())
    copied = what_if.copy(session, budget)
    assert places.budget_of(session, person.record_id, "") == budget
    assert places.budget_of(session, person.record_id, copied.record_id) == copied
    record_lists.remove(session, budget)
    assert places.budget_of(session, person.record_id, "") is None


async def test_what_is_tried_out_is_named_so_beside_its_amounts(session: Session) -> None:
    """Under a line of a what if stands what the what if comes to; under one of the budget what the budget comes to."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.b(), name="From December")
    copied = what_if.copy(session, budget)
    for meant, words in ((budget, "Budget £818.88 a week"), (copied, "What if £818.88 a week")):
        async with opened_screen(session, FormScreen(budgets.read(session, meant).shifts[0]), WIDE) as pilot:
            assert words in painted(pilot)


async def test_something_is_tried_out_and_taken(session: Session) -> None:
    """Enter makes the copy, a line opens the copy's record, t makes the budget like it, and u undoes that."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.b(), name="From December")
    need = editing.save(session, record_lists.new(session, "need", person.record_id), {"words": "Nights"})
    night = next(line for line in budgets.read(session, budget).shifts if line.text("sort") == "sleep_in")
    editing.save(session, night, {"need_id": need.record_id})
    async with opened_screen(session, WhatIfScreen(person.record_id, budget.record_id), WIDE) as pilot:
        assert shown(pilot, "#summary").startswith("Nothing has been tried out yet.")
        await pilot.press("enter")
        await pilot.pause()
        assert "A week: the same." in shown(pilot, "#summary")
        assert lines(pilot, "#lines")[0].startswith("Nothing differs.")
        copied = what_if.all_of(session, budget)[0]
        for line in budgets.read(session, copied).shifts:
            if line.text("rate") == "13.80":
                editing.save(session, line, {"mon": "5", "stream": "health"})
            if line.text("sort") == "sleep_in":
                record_lists.remove(session, line)
        screen = pilot.app.screen
        assert isinstance(screen, WhatIfScreen)
        screen.reload()
        await pilot.pause()
        text = " ".join(painted(pilot).split())
        for words in ("Maria now what if", "£17,243.10 £16,235.70 ▼ cheaper", "35 h 33 h ▼ less", "shared",
                      "Tom: not in the what if", "£2,600.00 none ▼ cheaper",
                      "Needs that nothing meets yet none Nights ▲ more",
                      "How it was worked out"):  # fmt: skip
            assert words in text
        assert "note" not in text
        await choose(pilot, "#lines", "Hours a week")
        form = pilot.app.screen
        assert isinstance(form, FormScreen)
        assert (form.record.text("budget_id"), form.at) == (copied.record_id, 1)
        await pilot.press("escape")
        before, tried = first_year(session, person.record_id)
        await pilot.press("t")
        await pilot.pause()
        assert first_year(session, person.record_id) == [tried, tried]
        assert lines(pilot, "#lines")[0].startswith("Nothing differs.")
        await pilot.press("u")
        await pilot.pause()
        assert first_year(session, person.record_id) == [before, tried]
        assert not [line for line in lines(pilot, "#lines") if line.startswith("Undo")]
        await pilot.press("k")
        await pilot.pause()
        assert first_year(session, person.record_id) == [before, before]


async def test_a_budget_that_is_gone_is_said_to_be_gone(session: Session) -> None:
    """What a colleague has removed meanwhile leaves a sentence and no line that does something."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.c())
    async with opened_screen(session, WhatIfScreen(person.record_id, budget.record_id)) as pilot:
        record_lists.remove(session, budget)
        assert isinstance(pilot.app.screen, WhatIfScreen)
        pilot.app.screen.reload()
        assert shown(pilot, "#summary") == "There is no other budget to put beside this one."
        assert lines(pilot, "#lines") == []
