"""A request that is overtaken says so on every screen, and is withdrawn; keeping a newer version warns before."""

import pytest
from textual.widgets import Button

from phb_tui.screens.budget.keep_version import KeepVersionScreen
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decision_page import DecisionPageScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.services.budget import versions
from phb_tui.services.decision import requests, standing, subjects
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.decision.test_decision_screens import asked
from tests.screens.screen_harness import choose, lines, opened_screen, shown, type_in, words_painted
from tests.services.decision.samples import decision_about

pytestmark = pytest.mark.anyio


async def test_a_request_that_is_overtaken_says_so_and_is_withdrawn(laptop: Session, person_id: str) -> None:
    """List and page say what to ask about and Decide has no form; withdrawing takes it off, and Undo puts it back."""
    request = asked(laptop, person_id)
    version = subjects.version_of(laptop, request)
    assert version is not None
    second = record_lists.new(laptop, "budget_version", person_id)
    editing.save(laptop, second, {**version.fields, "number": "2"})
    async with opened_screen(laptop, DecideScreen(person_id, request.record_id)) as pilot:
        assert "There is a newer version of this budget. Ask for a decision about that one." in shown(pilot, "#what")
        assert not pilot.app.screen.query_one("#page").display
    async with opened_screen(laptop, DecisionPageScreen(person_id, request.record_id)) as pilot:
        assert "There is a newer version of this budget." in words_painted(pilot)
        assert "Waits for" not in words_painted(pilot)
    async with opened_screen(laptop, DecisionsScreen(person_id)) as pilot:
        listed = lines(pilot, "#decisions")
        assert any(
            line.startswith("Asked on 20 November 2026") and line.endswith("a newer version: ask about it")
            for line in listed
        )
        assert not any("Decide" in line or "someone else" in line for line in listed)
        await choose(pilot, "#decisions", "Withdraw this request")
        assert standing.of_person(laptop, person_id) == []
        assert shown(pilot, "#how-far") == ""
        assert not any("Withdraw this" in line for line in lines(pilot, "#decisions"))
        await choose(pilot, "#decisions", "Withdrawn: what was asked on 20 November 2026. Undo")
        assert len(standing.of_person(laptop, person_id)) == 1
        decision_about(laptop, request, outcome="declined")
        assert isinstance(pilot.app.screen, DecisionsScreen)
        pilot.app.screen.reload()
        assert not any("Withdraw" in line for line in lines(pilot, "#decisions"))


async def test_keeping_a_newer_version_says_what_is_waited_for(laptop: Session, person_id: str) -> None:
    """A line says beforehand that a decision about the version before is not there yet; the version is kept."""
    request = asked(laptop, person_id)
    version = subjects.version_of(laptop, request)
    assert version is not None
    budget = editing.read(laptop, "budget", version.text("budget_id"), person_id)
    editing.save(laptop, budget, {"end_date": "2027-11-28"})
    async with opened_screen(laptop, KeepVersionScreen(person_id, budget.record_id)) as pilot:
        said = "! A decision about version 1 was asked for on 20 November 2026 and is not there yet."
        assert said in shown(pilot, "#what")
        assert lines(pilot, "#against") == []
        for name, value in (("agreed_by", "Rhys Price"), ("agreed_on", "today")):
            await type_in(pilot, name, value)
        draft = versions.being_kept(laptop, budget)
        editing.save(laptop, draft, {"agreed_how": "said"})
        assert isinstance(pilot.app.screen, KeepVersionScreen)
        pilot.app.screen.reload()
        pilot.app.screen.query_one("#keep", Button).press()
        await pilot.pause()
        assert [versions.number(each) for each in versions.all_of(laptop, budget)] == [2, 1]
        requests.withdraw(laptop, request)
    editing.save(laptop, budget, {"end_date": "2027-11-21"})
    async with opened_screen(laptop, KeepVersionScreen(person_id, budget.record_id)) as pilot:
        assert "is not there yet" not in shown(pilot, "#what")
