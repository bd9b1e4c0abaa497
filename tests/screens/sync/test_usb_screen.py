"""Sending by a stick, on the screen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from phb_tui.central.server.factory import build_central
from phb_tui.errors import WouldRemove
from phb_tui.screens.sync.usb import UsbScreen
from phb_tui.services.sync import sync_service, usb_exchange
from phb_tui.services.sync.sync_service import Progress
from phb_tui.system import removable_drives
from tests import factories
from tests.screens.team_harness import Team, choose, opened_screen, shown, somebody, team_in

pytestmark = pytest.mark.anyio
WRITE, READ = "1. Write what waits on the stick", "4. Read the answer from the stick"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_in(tmp_path) as made:
        yield made


async def done(pilot: Pilot[int]) -> str:
    """What the screen says once the work beside it has ended."""
    while pilot.app.screen.query_one("#next", OptionList).disabled:
        await pilot.pause(0.01)
    await pilot.pause()
    return shown(pilot, "#going")


async def test_a_whole_round_by_stick(team: Team, tmp_path: Path) -> None:
    """Write, carry, read: the screen says each time what happened, and nothing waits at the end."""
    laptop = team.laptop(1, "Ada Okafor")
    somebody(laptop)
    factories.invite(team.storage, laptop.team_id, (laptop.device_id, laptop.nurse))
    folder = tmp_path / "stick"
    folder.mkdir()
    async with opened_screen(laptop, UsbScreen()) as pilot:
        pilot.app.screen.query_one(Input).value = str(folder)
        await choose(pilot, "#next", WRITE)
        assert (await done(pilot)).startswith("Written: ")
        (file,) = folder.iterdir()
        answer = build_central(team.storage, factories.KEY).bundles.answer(file.read_bytes())
        file.with_suffix(".phb-answer").write_bytes(answer)
        await choose(pilot, "#next", READ)
        assert "Up to date" in await done(pilot)
    assert sync_service.status(laptop).waiting == 0


async def test_a_wrong_folder_stays_as_it_was_typed(team: Team) -> None:
    """A folder that is not there gets a sentence, and the words typed stay to be put right."""
    async with opened_screen(team.laptop(1, "Ada Okafor"), UsbScreen()) as pilot:
        pilot.app.screen.query_one(Input).value = "/media/nowhere"
        await choose(pilot, "#next", READ)
        assert "There is no such folder" in await done(pilot)
        assert pilot.app.screen.query_one(Input).value == "/media/nowhere"


async def test_the_first_stick_is_filled_in(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a stick is in the laptop, nobody has to type where it is."""
    monkeypatch.setattr(removable_drives, "removable_drives", lambda: [tmp_path])
    async with opened_screen(team.laptop(1, "Ada Okafor"), UsbScreen()) as pilot:
        assert pilot.app.screen.query_one(Input).value == str(tmp_path)


async def test_where_to_send_it_is_named(team: Team) -> None:
    """The screen says which page the file is handed in at."""
    async with opened_screen(team.laptop(1, "Ada Okafor"), UsbScreen()) as pilot:
        assert "/stick in a browser" in " ".join(shown(pilot, "#told Static").split())


async def test_taking_many_people_off_is_asked_here_too(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that would take many people off says so, and a line that names how many reads it all the same."""
    allowed: list[int] = []
    monkeypatch.setattr(sync_service, "allow_removals", lambda _session, people: allowed.append(people))

    def read(_session: object, _folder: str) -> Progress:
        if not allowed:
            raise WouldRemove(60, 200)
        return Progress(0, 0, 60, more=False, total=9)

    monkeypatch.setattr(usb_exchange, "read", read)
    async with opened_screen(team.laptop(1, "Ada Okafor"), UsbScreen()) as pilot:
        pilot.app.screen.query_one(Input).value = str(tmp_path)
        await choose(pilot, "#next", READ)
        assert "have another team now" in await done(pilot)
        await choose(pilot, "#next", "My team lead says it is right: remove 60 people from this laptop")
        assert "60 updates received" in await done(pilot)
    assert allowed == [60]
