"""Handing a person over: choose the team, say yes, and it happens with the next sync."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.central.storage.repository import Repository
from phb_tui.screens.person.transfer import TransferScreen
from phb_tui.services.person import caseload
from tests.screens.team_harness import Team, choose, lines, opened_screen, shown, somebody, team_in

pytestmark = pytest.mark.anyio


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A team beside another one."""
    with team_in(tmp_path) as made:

        def add(tables: Repository) -> None:
            tables.add_team("south", "South team")

        made.storage.write({"south"}, add)
        yield made


async def test_without_word_from_central_there_is_nothing_to_choose(team: Team) -> None:
    """Before the first exchange the screen says how to get the list of teams."""
    laptop = team.laptop(1, "Ada Okafor")
    person = somebody(laptop)
    async with opened_screen(laptop, TransferScreen(person.record_id)) as pilot:
        assert "Press F5" in shown(pilot, "#meaning")
        assert lines(pilot, "#teams") == ["Go back"]


async def test_nobody_is_handed_over_by_one_wrong_key(team: Team) -> None:
    """Choosing a team only asks once more; the line "no" is highlighted."""
    laptop = team.laptop(1, "Ada Okafor")
    person = somebody(laptop)
    team.exchange(laptop)
    async with opened_screen(laptop, TransferScreen(person.record_id)) as pilot:
        await choose(pilot, "#teams", "South team")
        assert lines(pilot, "#teams") == ["No, choose again", "Yes, hand over"]
        await pilot.press("enter")
        team.exchange(laptop)
        assert caseload.count(laptop) == 1


async def test_a_person_goes_to_the_team_that_was_chosen(team: Team) -> None:
    """After yes the screen says when it happens; after the exchange the person is gone from here."""
    laptop = team.laptop(1, "Ada Okafor")
    person = somebody(laptop)
    team.exchange(laptop)
    async with opened_screen(laptop, TransferScreen(person.record_id)) as pilot:
        await choose(pilot, "#teams", "South team")
        await choose(pilot, "#teams", "Yes, hand over")
        assert "Rhys goes to South team with the next sync." in shown(pilot, "#meaning")
    team.exchange(laptop)
    assert caseload.count(laptop) == 0
