"""Nobody is there: words are hidden first, then the laptop locks, also when it was asleep or its disk is full."""

import time
from pathlib import Path

import pytest
from textual.widgets import Checkbox, Input

from phb_tui.app.phb_app import PhbApp
from phb_tui.errors import NotSaved
from phb_tui.keys.passphrase import FLOOR
from phb_tui.screens.base.idle_cover import IdleCoverScreen
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.start import unlocking
from phb_tui.settings import LONGEST, Settings
from phb_tui.store.encrypted_store import EncryptedStore
from phb_tui.system import idle_time
from phb_tui.system.supervisor import CLOSED, LOCKED, LOCKED_UNSAVED
from tests import factories
from tests.screens.app_harness import opened, rhys
from tests.screens.base.test_background import until
from tests.screens.screen_harness import PASSPHRASE, painted, type_words, words

pytestmark = pytest.mark.anyio


class Clocks:
    """The three clocks, set by the test."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ahead = [0.0, 0.0, 0.0]
        monkeypatch.setattr(idle_time, "_clocks", lambda: tuple(1000.0 + ahead for ahead in self.ahead))

    def go_on(self, minutes: float) -> None:
        """All three go on."""
        self.ahead = [ahead + minutes * 60 for ahead in self.ahead]


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> Clocks:
    return Clocks(monkeypatch)


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> list[EncryptedStore]:
    """The stores that the app closed; the test closes them in the end."""
    found: list[EncryptedStore] = []
    monkeypatch.setattr(Session, "close", lambda session: found.append(session.store))
    return found


@pytest.mark.parametrize("clock", ["monotonic", "time", "clock_gettime"])
def test_every_clock_counts(clock: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever clock goes on while the others stand still, the time is counted; a clock set back takes none away."""
    if clock == "clock_gettime" and not hasattr(time, "CLOCK_BOOTTIME"):
        pytest.skip("this system counts sleep by another clock")
    counted = idle_time.Idle()
    real = getattr(time, clock)
    monkeypatch.setattr(time, clock, lambda *which: real(*which) + 8 * 3600)
    assert counted.seconds() >= 8 * 3600
    monkeypatch.setattr(time, clock, lambda *which: real(*which) - 8 * 3600)
    assert 0 <= counted.seconds() < 60


@pytest.mark.parametrize("clock", [0, 1, 2])
async def test_the_key_that_wakes_a_laptop_locks_it(
    clock: int, session: Session, clocks: Clocks, closed: list[EncryptedStore]
) -> None:
    """After hours asleep the first key locks; it is typed nowhere."""
    async with opened(session) as (app, pilot):
        await type_words(pilot, "a")
        clocks.ahead[clock] += 8 * 3600
        await pilot.press("b")
        await pilot.pause()
        assert not app.is_open
        assert app.return_code == LOCKED
    assert closed == [session.store]


async def test_it_locks_after_a_quarter_of_an_hour_or_sooner(
    session: Session, clocks: Clocks, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen minutes is the longest; a setting can make it shorter."""
    locked: list[int] = []
    async with opened(session) as (app, _pilot):
        monkeypatch.setattr(app, "action_lock", lambda: locked.append(1))
        clocks.go_on(LONGEST - 0.1)
        app.tick()
        assert (LONGEST, locked) == (15, [])
        clocks.go_on(0.2)
        app.tick()
        assert locked == [1]
        app.settings = Settings(app.settings.data, lock_after=2, sync_every=0)
        app.idle.somebody_is_there()
        clocks.go_on(2.1)
        app.tick()
        assert locked == [1, 1]


@pytest.mark.parametrize("by", ["x", "ctrl+q", "ctrl+l", "f9", "enter", "click"])
async def test_words_are_hidden_and_any_key_only_shows_them_again(by: str, session: Session, clocks: Clocks) -> None:
    """After two minutes nothing of anybody is painted; a key or a click brings it back and does nothing else."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(person))
        await type_words(pilot, "zq")
        clocks.go_on(1.9)
        app.tick()
        assert "zq" in painted(pilot)
        clocks.go_on(0.2)
        app.tick()
        await pilot.pause()
        assert isinstance(app.screen, IdleCoverScreen)
        assert "Press any key" in painted(pilot)
        assert not any(word in painted(pilot) for word in ("zq", "Rhys", "Price", "Dog"))
        await (pilot.click(offset=(5, 5)) if by == "click" else pilot.press(by))
        await until(pilot, lambda: isinstance(app.screen, FormScreen) and "zq" in painted(pilot))
        field = app.focused
        assert app.is_open
        await type_words(pilot, "w")
        assert app.focused is field
        assert words(pilot, "given_name").text.endswith("zqw")


async def test_it_says_that_it_will_lock(session: Session, clocks: Clocks) -> None:
    """In the last minute the cover says that it locks."""
    async with opened(session) as (app, pilot):
        for minutes in (3, 11.1):
            clocks.go_on(minutes)
            app.tick()
            await pilot.pause()
        assert "It locks in a minute" in painted(pilot)


async def test_a_disk_that_refuses_keeps_no_laptop_open(
    session: Session, monkeypatch: pytest.MonkeyPatch, closed: list[EncryptedStore]
) -> None:
    """Locking closes the store and ends the app at once, whatever the disk says, and tells that words are lost."""
    person = rhys(session)

    def refuse(*_arguments: object) -> None:
        raise NotSaved("The disk is full.")

    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(person))
        await type_words(pilot, "zq")
        for name in ("save", "save_all", "save_draft"):
            monkeypatch.setattr(editing, name, refuse)
        app.action_lock()
        assert not app.is_open
        assert app.return_code == LOCKED_UNSAVED
    assert closed == [session.store]


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    """A laptop that was set up."""
    joining = factories.joining("http://127.0.0.1:1", "t", "device-1")
    unlocking.set_up(tmp_path / "stores", PASSPHRASE, joining, FLOOR)
    return tmp_path


async def test_what_was_lost_when_it_locked_is_said_when_it_opens(locked: Path) -> None:
    """At the unlock screen the nurse reads that the last words were not kept, and what to do."""
    app = PhbApp(Settings(locked, unsaved=True))
    async with app.run_test() as pilot:
        await pilot.pause()
        assert "The words in the last field could not be kept" in " ".join(painted(pilot).split())
        assert app.focused is app.screen.query_one(Input)


@pytest.mark.parametrize("by", ["keys", "mouse"])
async def test_what_is_typed_can_be_shown(by: str, locked: Path) -> None:
    """The passphrase is hidden, shown when the box is ticked, and hidden again; the cursor goes back to the field."""
    app = PhbApp(Settings(locked))
    async with app.run_test() as pilot:
        await type_words(pilot, "kettle")
        assert "kettle" not in painted(pilot)
        for shown in (True, False):
            if by == "mouse":
                await pilot.click(Checkbox)
            else:
                await pilot.press("tab", "space")
            await pilot.pause()
            assert ("kettle" in painted(pilot)) == shown
            assert app.focused is app.screen.query_one(Input)


async def test_a_wrong_try_leaves_the_demos_passphrase_there(locked: Path) -> None:
    """After a wrong passphrase the problem is said, and the demo's passphrase still stands there."""
    app = PhbApp(Settings(locked, hint="the demo's own words"))
    async with app.run_test() as pilot:
        await type_words(pilot, "wrong")
        await pilot.press("enter")
        await until(pilot, lambda: "There is a problem" in painted(pilot))
        assert "the demo's own words" in painted(pilot)
        assert not isinstance(app.screen, CaseloadScreen)


@pytest.mark.parametrize(("action", "code"), [("close", CLOSED), ("lock", LOCKED)])
async def test_what_a_screen_wanted_to_draw_when_the_app_was_closed_is_no_failure(
    action: str, code: int, session: Session, closed: list[EncryptedStore]
) -> None:
    """A screen that asks the store for something right after it was closed ends the app as it was asked to end."""
    asked = []
    async with opened(session) as (app, _pilot):

        def ask() -> None:
            asked.append(app.is_open)
            assert app.session.team_id

        app.screen.call_next(ask)  # done once the action is over
        getattr(app, f"action_{action}")()
    assert (asked, app.return_code) == ([False], code)
    assert closed == [session.store]
