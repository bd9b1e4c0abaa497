"""Calling a step done: the hand-over at which it is looked through."""

import pytest

from phb_tui.content.sections import section
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import step_progress
from tests.screens.screen_harness import choose, lines, opened_screen, painted, shown, somebody

pytestmark = pytest.mark.anyio
MISSING = "There is no goal: nothing says what the person wants to change or keep."


@pytest.fixture
def person_id(laptop: Session) -> str:
    return somebody(laptop).record_id


def done(laptop: Session, person_id: str) -> bool:
    return step_progress.step_record(laptop, person_id, 4).text("completed") == "yes"


async def test_what_to_look_at_is_named_first(laptop: Session, person_id: str) -> None:
    """Calling a step done first names what is not answered and what a plan should have, and does nothing else."""
    async with opened_screen(laptop, SectionScreen(person_id, section("step-4"))) as pilot:
        await choose(pilot, "#parts", "Mark step as complete")
        assert shown(pilot, "#problem-heading").startswith("Look at these first.")
        named = lines(pilot, "#problem-list")
        assert named[0] == "5 statements are not answered yet."
        assert MISSING in named
        assert not done(laptop, person_id)


async def test_a_step_can_be_done_all_the_same(laptop: Session, person_id: str) -> None:
    """Choosing it once more completes the step, and the list of what to look at goes away."""
    async with opened_screen(laptop, SectionScreen(person_id, section("step-4"))) as pilot:
        await choose(pilot, "#parts", "Mark step as complete")
        await choose(pilot, "#parts", "Mark step as complete")
        assert done(laptop, person_id)
        assert "Look at these first" not in painted(pilot)
        assert "Mark step as not complete" in painted(pilot)


async def test_taking_it_back_asks_nothing(laptop: Session, person_id: str) -> None:
    """A step that is done can be opened again with one key."""
    step_progress.complete(laptop, person_id, 4)
    async with opened_screen(laptop, SectionScreen(person_id, section("step-4"))) as pilot:
        await choose(pilot, "#parts", "Mark step as not complete")
        assert not done(laptop, person_id)


async def test_a_line_leads_to_its_place(laptop: Session, person_id: str) -> None:
    """A value that cannot be right leads to its record, on the page of its field."""
    plan = record_lists.single(laptop, "care_plan", person_id)
    editing.save(laptop, plan, {"review_date": "31 2 2027"})
    async with opened_screen(laptop, SectionScreen(person_id, section("step-4"))) as pilot:
        await choose(pilot, "#parts", "Mark step as complete")
        wrong = next(line for line in lines(pilot, "#problem-list") if "date" in line.lower() and line != MISSING)
        await choose(pilot, "#problem-list", wrong)
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert (screen.record.kind, screen.at) == ("care_plan", 1)
