"""After a decision another look is asked for from where the sentence points, and only after one that decides."""

import pytest
from textual.widgets import Button

from phb_tui.domain.records.changes import Record
from phb_tui.screens.decision.ask import AskScreen
from phb_tui.screens.decision.decision_page import DecisionPageScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.services.decision import standing, subjects
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from tests.screens.screen_harness import choose, lines, opened_screen, painted, type_in
from tests.services.decision.samples import (
    ME,
    POLICY,
    agreed_plan,
    confirm,
    decision_about,
    kept_version,
    request_for,
    set_policy,
)

pytestmark = pytest.mark.anyio
OWN = {**POLICY, "self": [{"role": "nurse advisor", "nature": "one_off", "first": 150000}], "tiers": []}


def asked(laptop: Session, person_id: str) -> Record:
    """A request that whoever uses this laptop may decide."""
    set_policy(laptop, OWN)
    return request_for(laptop, kept_version(laptop, person_id), to=ME)


async def test_after_a_yes_another_look_is_where_the_sentence_points(laptop: Session, person_id: str) -> None:
    """Asking again about what was said yes to leads to that decision, which offers it, about the same budget."""
    request = asked(laptop, person_id)
    agreed_plan(laptop, person_id)
    confirm(laptop, request, decision_about(laptop, request))
    other = kept_version(laptop, person_id, name="Swimming")
    about = editing.read(laptop, "budget_version", request.text("version_id"), person_id)
    async with opened_screen(laptop, AskScreen(person_id)) as pilot:
        begun = pilot.app.screen
        assert isinstance(begun, AskScreen)
        begun.chose("about", about.text("budget_id"))
        begun.reload()
        await choose(pilot, "#against", "! This version was decided about on 22 November 2026. Choose 'Ask for")
        assert type(pilot.app.screen).__name__ == "DecisionsScreen"
        await choose(pilot, "#decisions", "Ask for another look")
        again = pilot.app.screen
        assert isinstance(again, AskScreen)
        assert again.heading() == "Ask for another look"
        assert not [line for line in lines(pilot, "#against") if line.startswith("! ")]
        await type_in(pilot, "wish", "Two more hours")
        await pilot.press("tab", "1")
        await type_in(pilot, "evidence", "The letter from the clinic")
        for _once_more in range(2):  # a warning stops once
            pilot.app.screen.query_one("#ask", Button).press()
            await pilot.pause()
    newest, first = standing.of_person(laptop, person_id)
    assert (newest.request.text("version_id"), newest.request.text("wish")) == (about.record_id, "Two more hours")
    assert newest.request.text("version_id") != other.record_id
    assert newest.request.text("again_id") == first.decisions[0].record_id


async def test_while_another_look_waits_no_second_one_is_offered(laptop: Session, person_id: str) -> None:
    """What asks for another look is called so; no line leads to asking for one more before that is decided."""
    request = asked(laptop, person_id)
    yes = decision_about(laptop, request)
    again = request_for(laptop, subjects.version_of(laptop, request) or request, to=ME, again_id=yes.record_id,
                        promised_by="2026-11-23")  # fmt: skip
    confirm(laptop, request, yes)
    async with opened_screen(laptop, DecisionsScreen(person_id)) as pilot:
        there = lines(pilot, "#decisions")
        assert any(line.startswith("Asked for another look on 20 November 2026") for line in there)
        assert any("Waits for Ada Okafor, due today" in line for line in there)
        assert "Ask for another look" not in there
        confirm(laptop, decision_about(laptop, again, outcome="declined", alternatives="A gym."))
        decisions = pilot.app.screen
        assert isinstance(decisions, DecisionsScreen)
        decisions.reload()
        assert lines(pilot, "#decisions").count("Ask for another look") == 2


@pytest.mark.parametrize("outcome", ["deferred", "escalated", "approved"])
async def test_only_what_is_decided_says_how_to_ask_for_another_look(
    laptop: Session, person_id: str, outcome: str
) -> None:
    """The page of a decision that was put off or passed on leaves that out, also where an older program copied it."""
    request = asked(laptop, person_id)
    decision_about(laptop, request, outcome=outcome, appeal="You can ask until 24 December", complaint="Write to us")
    async with opened_screen(laptop, DecisionPageScreen(person_id, request.record_id), (80, 48)) as pilot:
        assert ("24 December" in painted(pilot)) is (outcome == "approved")
        assert "Write to us" in painted(pilot)
        assert "Asked for: \N{POUND SIGN}1,008.83 in all" in painted(pilot)
