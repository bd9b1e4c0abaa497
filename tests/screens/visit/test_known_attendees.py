"""Who is at a visit: somebody whose name is known is noted without typing it."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.errors import NotSaved
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from phb_tui.store import local_writes
from tests.screens.screen_harness import choose, lines, opened_screen, shown, somebody

pytestmark = pytest.mark.anyio


@pytest.fixture
def person_id(laptop: Session) -> str:
    """Somebody with a daughter, visited today."""
    person_id = somebody(laptop).record_id
    values = {"name": "Beth Example", "relationship": "child", "acts_as": "attorney"}
    editing.save(laptop, record_lists.new(laptop, "contact", person_id), values)
    visits.start(laptop, person_id)
    return person_id


def beth(laptop: Session, person_id: str) -> Record:
    return record_lists.of(laptop, "contact", person_id)[0]


def there(laptop: Session, person_id: str) -> dict[str, str]:
    visit = visits.start(laptop, person_id)
    return {record.text("name"): record.text("speaks_for") for record in visits.attendees(laptop, visit)}


async def test_a_known_name_is_offered_and_noted(laptop: Session, person_id: str) -> None:
    """One key notes the daughter as there, and asks for whom she speaks; that is never inferred."""
    async with opened_screen(laptop, TodayScreen(person_id)) as pilot:
        await choose(pilot, "#visit", "+ Beth Example is here")
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.record.text("role") == record_lists.display(laptop, beth(laptop, person_id), "relationship")
        assert there(laptop, person_id) == {"Ada Okafor": "nhs", "Beth Example": ""}


async def test_somebody_who_is_there_is_not_offered_again(laptop: Session, person_id: str) -> None:
    """Once noted, the name stands among those who are there and nowhere else."""
    async with opened_screen(laptop, TodayScreen(person_id)) as pilot:
        await choose(pilot, "#visit", "+ Beth Example is here")
        await pilot.press("escape")
        await pilot.pause()
        assert not any("Beth Example is here" in line for line in lines(pilot, "#visit"))
        assert any(line.startswith("Beth Example") for line in lines(pilot, "#visit"))


async def test_a_disk_that_refuses_is_told(laptop: Session, person_id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it cannot be kept the screen says so and stays."""

    def refuse(*_: object) -> None:
        raise NotSaved("The disk is full.")

    async with opened_screen(laptop, TodayScreen(person_id)) as pilot:
        monkeypatch.setattr(local_writes, "commit_changes", refuse)
        await choose(pilot, "#visit", "+ Beth Example is here")
        assert isinstance(pilot.app.screen, TodayScreen)
        assert "The disk is full." in shown(pilot, "#saved")
