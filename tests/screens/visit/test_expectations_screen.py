"""What to expect in a step, read together."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Log

from phb_tui.content import standards
from phb_tui.screens.visit.expectations import ExpectationsScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import opened_screen, somebody

pytestmark = pytest.mark.anyio


@pytest.fixture
def person_id(laptop: Session) -> str:
    return somebody(laptop).record_id


def read(pilot: Pilot[int]) -> str:
    """The whole page on one line."""
    return " ".join(" ".join(pilot.app.screen.query_one(Log).lines).split())


async def test_a_step_shows_every_item_it_has(laptop: Session, person_id: str) -> None:
    """Statements, standards and more of the step are on the page, word for word."""
    async with opened_screen(laptop, ExpectationsScreen(person_id, 5)) as pilot:
        page = read(pilot)
        for group in (standards.STANDARD, standards.MORE):
            assert all(item.words in page for item in standards.of(5, group))
        assert all(statement.text in page for statement in laptop.content.step(5).statements)


async def test_the_teams_own_words_stand_beside_the_item(laptop: Session, person_id: str) -> None:
    """What the team wrote about who decides is shown under the item about it."""
    editing.save(
        laptop, record_lists.single(laptop, "local", None), {"decision_maker": "Ann Other, head of the service"}
    )
    async with opened_screen(laptop, ExpectationsScreen(person_id, 3)) as pilot:
        decision = "- who makes decisions (named decision-maker)"
        assert f"{decision} Here: Ann Other, head of the service" in read(pilot)


async def test_it_can_be_read_to_the_end_by_keyboard(laptop: Session, person_id: str) -> None:
    """The page has the focus, and End goes to its end."""
    async with opened_screen(laptop, ExpectationsScreen(person_id, 1)) as pilot:
        await pilot.press("end")
        await pilot.pause()
        page = pilot.app.screen.query_one(Log)
        assert page.scroll_y == page.max_scroll_y > 0
