"""A laptop that was without central for too long shows the way back and nothing of anybody, until an answer came."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from phb_tui.app.phb_app import PhbApp
from phb_tui.central.exchange import sync_service
from phb_tui.errors import LeaseOver
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.start.unlock import UnlockScreen
from phb_tui.screens.sync.overdue import OverdueScreen
from phb_tui.screens.sync.usb import UsbScreen
from phb_tui.settings import Settings
from tests.screens.screen_harness import SIZES, choose, lines, painted, shown
from tests.services.environment import PASSPHRASE, Environment, environment_in, nowhere
from tests.services.sync.usb_helpers import carry

pytestmark = pytest.mark.anyio


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Environment]:
    """A laptop with somebody on it that waits to be sent, sixteen days without central; central gives more time."""
    with environment_in(tmp_path) as made:
        made.write()
        made.passed = timedelta(days=16)
        monkeypatch.setattr(sync_service, "LEASE_DAYS", 30)
        yield made


@asynccontextmanager
async def opened(env: Environment, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[PhbApp, Pilot[int]]]:
    """The app just after the passphrase, without a network."""
    with nowhere():
        session = env.unlock(allow_expired_lease=True)
    app = PhbApp(Settings(env.stores.parent, sync_every=0))
    app.key_queue.still = 0
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        yield app, pilot
        app._session = None  # the test closes the store


async def settled(app: PhbApp, pilot: Pilot[int]) -> None:
    """The exchange or the stick's work has ended and been told."""
    while app.background_sync._running or (
        isinstance(app.screen, UsbScreen) and app.screen.query_one("#next", OptionList).disabled
    ):
        await pilot.pause(0.01)
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_of_anybody_is_shown(env: Environment, size: tuple[int, int]) -> None:
    """The screen says what happened, what waits and what can be done, and no name; every way on is in sight."""
    async with opened(env, size) as (app, pilot):
        assert isinstance(app.screen, OverdueScreen)
        text = painted(pilot)
        assert "Price" not in text
        assert "1 change is waiting to be sent." in " ".join(text.split())
        assert lines(pilot, "#next") == [
            "Sync now",
            "Sync with a USB stick, without a network",
            "Lock this laptop",
        ]
        assert all(line in text for line in lines(pilot, "#next"))


async def test_no_key_leads_to_anybody(env: Environment) -> None:
    """Finding, family view, Esc and the menu lead nowhere but to the way back and the stick."""
    async with opened(env) as (app, pilot):
        for key in ("f3", "f2", "escape", "ctrl+s", "f8"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, OverdueScreen)
        await choose(pilot, "#next", "Sync with a USB stick")
        for key in ("f3", "f5", "f2"):
            await pilot.press(key)
            await pilot.pause()
            assert isinstance(app.screen, UsbScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, OverdueScreen)


async def test_without_a_network_it_says_so_and_stays(env: Environment) -> None:
    """F5 without a network tells why and what to do; the laptop does not lock over it."""
    async with opened(env) as (app, pilot):
        with nowhere():
            await pilot.press("f5")
            await settled(app, pilot)
        assert isinstance(app.screen, OverdueScreen)
        assert shown(pilot, "#going").startswith("There is a problem: lost")
        assert app.is_open


async def test_an_exchange_opens_it(env: Environment) -> None:
    """With a network, one key sends what waits and the list of people is there."""
    async with opened(env) as (app, pilot):
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseloadScreen)
        assert "Rhys Price" in painted(pilot)
        assert "Up to date" in painted(pilot)
        await pilot.press("f3")
        await pilot.pause()
        assert not app.screen.can_go_back


async def test_the_answer_on_a_stick_opens_it(env: Environment, tmp_path: Path) -> None:
    """Write the file, carry it, read the answer: the list of people is there, and no network was needed."""
    folder = tmp_path / "stick"
    folder.mkdir()
    async with opened(env) as (app, pilot):
        with nowhere():
            await choose(pilot, "#next", "Sync with a USB stick")
            app.screen.query_one(Input).value = str(folder)
            await choose(pilot, "#next", "4. Read")
            await settled(app, pilot)
            assert "There is no answer" in shown(pilot, "#going")
            await choose(pilot, "#next", "1. Write")
            await settled(app, pilot)
            carry(env, folder)
            await choose(pilot, "#next", "4. Read")
            await settled(app, pilot)
        assert isinstance(app.screen, CaseloadScreen)
        assert "Rhys Price" in painted(pilot)
        assert "is open again" in painted(pilot)


async def test_locking_is_always_there(env: Environment) -> None:
    """The last line locks, as Ctrl+L does."""
    async with opened(env) as (app, pilot):
        await choose(pilot, "#next", "Lock")
        assert not app.is_open
    env.session = None  # the app closed it


async def test_the_passphrase_leads_here_and_one_key_opens_the_laptop(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first screen on: the passphrase is typed, the way back is there, an exchange opens the list."""
    env.passed = timedelta()
    monkeypatch.setattr(sync_service, "LEASE_DAYS", -1)
    with pytest.raises(LeaseOver):
        env.sync()
    env.lock()
    app = PhbApp(Settings(env.stores.parent, sync_every=0))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        with nowhere():
            await pilot.press(*("space" if letter == " " else letter for letter in PASSPHRASE), "enter")
            while isinstance(app.screen, UnlockScreen):
                await pilot.pause(0.01)
        assert isinstance(app.screen, OverdueScreen)
        monkeypatch.setattr(sync_service, "LEASE_DAYS", 14)
        await pilot.pause()
        await pilot.press("f5")
        await settled(app, pilot)
        assert isinstance(app.screen, CaseloadScreen)
        app.close_store()
