"""What has to be decided before a plan can be agreed stands on the plan's screens and leads to the decision."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Button

from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.plan.agree import AgreeScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing
from tests.screens.app_harness import planned
from tests.screens.team_harness import TwoLaptops, app_of, choose, disagree, disagreeing, lines, opened_screen

pytestmark = pytest.mark.anyio
SENTENCE = "Choose which version is right first: Why does it matter? (Go to choir again)."


@pytest.fixture
def both(tmp_path: Path) -> Iterator[TwoLaptops]:
    """Two laptops that do not agree about a phone number and about why a goal matters."""
    with disagreeing(tmp_path) as found:
        goal = planned(found.one, found.person)
        disagree(found.team, found.one, found.two, goal, ("why", "My friends", "The songs"))
        yield found


async def test_the_plan_says_what_has_to_be_decided_and_leads_there(both: TwoLaptops) -> None:
    """The plan's screen names it, without the phone number, and Enter on it opens the versions."""
    async with opened_screen(both.two, PlanScreen(both.person.record_id)) as pilot:
        assert SENTENCE in lines(pilot, "#plan")
        await choose(pilot, "#plan", SENTENCE)
        assert isinstance(pilot.app.screen, ConflictScreen)


async def test_what_is_missing_names_it_first(both: TwoLaptops) -> None:
    """It stands above what standards expect, and leads to the versions."""
    async with opened_screen(both.two, AgreeScreen(both.person.record_id, agreeing=False)) as pilot:
        assert lines(pilot, "#against")[:2] == ["This has to be decided before the plan can be agreed", SENTENCE]
        await choose(pilot, "#against", SENTENCE)
        assert isinstance(pilot.app.screen, ConflictScreen)


async def test_agreeing_stops_with_the_sentence(both: TwoLaptops) -> None:
    """The button names it as a problem, Enter goes to the versions, and nothing was agreed."""
    person_id = both.person.record_id
    version = {"agreed_by": "Rhys Price", "agreed_how": "said", "agreed_on": "2026-11-20"}
    editing.save(both.two, plan_versions.version_being_agreed(both.two, person_id), dict(version))
    async with opened_screen(both.two, AgreeScreen(person_id, agreeing=True)) as pilot:
        pilot.app.screen.query_one(Button).press()
        await pilot.pause()
        assert lines(pilot, "#problem-list") == [SENTENCE]
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConflictScreen)
    assert plan_versions.versions(both.two, person_id) == []


async def test_the_family_is_not_told_what_colleagues_wrote(both: TwoLaptops) -> None:
    """In family view it says only that something has to be decided, and the versions stay closed."""
    async with opened_screen(both.two, AgreeScreen(both.person.record_id, agreeing=False)) as pilot:
        app_of(pilot).family = True
        screen = pilot.app.screen
        assert isinstance(screen, AgreeScreen)
        screen.reload()
        told = "Two people wrote different things. Turn the laptop back to decide."
        assert SENTENCE not in lines(pilot, "#against")
        await choose(pilot, "#against", told)
        assert pilot.app.screen is screen


async def test_several_things_missing_in_one_place_are_all_named(both: TwoLaptops) -> None:
    """A person without a goal and without a name gets one line for each, and none of them ends the app."""
    bare = editing.save(both.two, editing.new_record(both.two, "person", None), {"phone": "1"})
    async with opened_screen(both.two, AgreeScreen(bare.record_id, agreeing=True)) as pilot:
        pilot.app.screen.query_one(Button).press()
        await pilot.pause()
        assert len(lines(pilot, "#problem-list")) > 4
