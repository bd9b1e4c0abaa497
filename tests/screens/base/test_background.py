"""Work beside the screen: whatever becomes of it, the screen says so and can be used again."""

import base64
import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from textual.pilot import Pilot
from textual.widgets import Button, Input, OptionList

from phb_tui.app.phb_app import PhbApp
from phb_tui.errors import CentralUnreachable, NotSaved, RuleBroken, StoreDamaged
from phb_tui.keys.passphrase import FLOOR
from phb_tui.screens.base.background import DISK, UNEXPECTED
from phb_tui.screens.sync.sync_overview import SyncScreen
from phb_tui.screens.sync.usb import UsbScreen
from phb_tui.services.session import Session
from phb_tui.services.start import unlocking
from phb_tui.services.sync import sync_service, usb_exchange
from phb_tui.settings import Settings
from phb_tui.store import sync_history
from phb_tui.sync.joining_code import PREFIX
from tests import counts, factories
from tests.screens.app_harness import opened
from tests.screens.screen_harness import PASSPHRASE, painted

pytestmark = pytest.mark.anyio

OUTCOMES: list[tuple[Exception, str]] = [
    (PermissionError(13, "no"), DISK),
    (IsADirectoryError(21, "a folder"), DISK),
    (driver.DatabaseError("database disk image is malformed"), UNEXPECTED),
    (OverflowError("Python int too large"), UNEXPECTED),
    (KeyError("ahead"), UNEXPECTED),
    (StoreDamaged("The store is damaged."), "The store is damaged."),
    (NotSaved("The disk is full."), "The disk is full."),
]


def failing(error: Exception, otherwise: Callable[..., object] | None = None) -> Callable[..., object]:
    """A function that raises the first time it is called, and does the real work after."""
    raised: list[Exception] = []

    def work(*arguments: object, **named: object) -> object:
        if not raised or otherwise is None:
            raised.append(error)
            raise error
        return otherwise(*arguments, **named)

    return work


def joining_code() -> str:
    """What a team lead gives."""
    parts = ["http://127.0.0.1:1", "t", "secret", factories.PUBLIC_KEY, "nurse-1", "Ada Okafor", "nurse advisor", ""]
    return PREFIX + base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def files(folder: Path) -> list[Path]:
    """Every file under a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def until(pilot: Pilot[int], seen: Callable[[], bool]) -> None:
    """Wait for a condition."""
    for _ in range(400):
        if seen():
            return
        await pilot.pause(0.05)
    raise AssertionError(painted(pilot))


def said(pilot: Pilot[int]) -> str:
    """What is painted, in one line."""
    return " ".join(painted(pilot).split())


@pytest.mark.parametrize(("error", "sentence"), counts.some(OUTCOMES), ids=lambda value: type(value).__name__)
async def test_unlocking_that_fails_can_be_tried_again(
    error: Exception, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever unlocking raises, the field takes the passphrase again, and the next try opens."""
    nurse = factories.nurse("device-1")
    unlocking.set_up(
        tmp_path / "stores", PASSPHRASE, factories.joining("http://127.0.0.1:1", "t", "device-1", nurse), FLOOR
    )
    monkeypatch.setattr(unlocking, "unlock", failing(error, unlocking.unlock))
    app = PhbApp(Settings(tmp_path, sync_every=0))
    async with app.run_test() as pilot:
        for opens in (False, True):
            field = app.screen.query_one("#passphrase", Input)
            field.value = PASSPHRASE
            await pilot.press("enter")
            if opens:
                await until(pilot, lambda: app.is_open and "Your people" in painted(pilot))
            else:
                await until(pilot, lambda: sentence[:40] in said(pilot))
                assert app.focused is field
        app.close_store()


@pytest.mark.parametrize("broken", ["file", "folder in its place", "unreadable list of people"])
async def test_a_store_that_cannot_be_read_is_said_on_the_unlock_screen(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that cannot be opened, or opened and not read, leaves the unlock screen with a sentence."""
    nurse = factories.nurse("device-1")
    joining = factories.joining("http://127.0.0.1:1", "t", "device-1", nurse)
    store = unlocking.set_up(tmp_path / "stores", PASSPHRASE, joining, FLOOR) / "store-1.db"
    if broken == "file":
        store.write_bytes(store.read_bytes()[:4096] + bytes(20000))
    elif broken == "folder in its place":
        store.unlink()
        store.mkdir()
    else:
        monkeypatch.setattr(sync_service, "status", failing(StoreDamaged("The store is damaged.")))
    app = PhbApp(Settings(tmp_path, sync_every=0))
    async with app.run_test() as pilot:
        app.screen.query_one("#passphrase", Input).value = PASSPHRASE
        await pilot.press("enter")
        await until(pilot, lambda: "There is a problem" in painted(pilot) and app.focused is not None)
        assert not app.is_open
        assert not app.screen.query_one("#passphrase", Input).disabled


@pytest.mark.parametrize(("error", "sentence"), counts.some(OUTCOMES[::3]), ids=lambda value: type(value).__name__)
async def test_setting_up_that_fails_can_be_tried_again(
    error: Exception, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever making the store raises, it is said, Continue works again and nothing half-made is left."""
    from phb_tui.store import encrypted_store  # noqa: PLC0415 - another word for `opened`

    monkeypatch.setattr(encrypted_store, "create", failing(error))
    app = PhbApp(Settings(tmp_path, sync_every=0))
    async with app.run_test(size=(80, 40)) as pilot:
        await until(pilot, lambda: bool(app.screen.query("#code")))
        for field, value in (("code", joining_code()), ("passphrase", PASSPHRASE), ("again", PASSPHRASE)):
            app.screen.query_one(f"#{field}", Input).value = value
        app.screen.query_one(Button).press()
        await until(pilot, lambda: sentence[:40] in said(pilot))
        assert not app.screen.query_one(Button).disabled
    assert files(tmp_path) == []


@pytest.mark.parametrize(("error", "sentence"), counts.some(OUTCOMES), ids=lambda value: type(value).__name__)
async def test_a_stick_that_fails_can_be_tried_again(
    error: Exception, sentence: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever writing the stick raises, it is said and the choices can be chosen."""
    monkeypatch.setattr(usb_exchange, "write", failing(error))
    async with opened(session) as (app, pilot):
        await app.push_screen(UsbScreen())
        app.screen.query_one(OptionList).focus()
        await pilot.press("enter")
        await until(pilot, lambda: sentence[:40] in said(pilot))
        assert app.focused is app.screen.query_one(OptionList)
        assert not app.screen.query_one(OptionList).disabled


@pytest.mark.parametrize(("error", "sentence"), counts.some(OUTCOMES), ids=lambda value: type(value).__name__)
async def test_an_exchange_that_fails_can_be_tried_again(
    error: Exception, sentence: str, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever an exchange raises, it is said, and another one can be started."""
    monkeypatch.setattr(sync_service, "sync_now", failing(error))
    async with opened(session) as (app, pilot):
        await app.push_screen(SyncScreen())
        for _ in range(2):
            app.exchange()
            await until(pilot, lambda: not app.background_sync._running)
            await until(pilot, lambda: sentence[:40] in said(pilot))


def test_no_work_beside_the_screen_touches_the_screens_connection(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exchange and both ways of a stick use the second connection only."""
    used: list[str] = []
    screens = session.store.db.conn

    class Watched:
        def __getattr__(self, name: str) -> object:
            used.append(name)
            return getattr(screens, name)

    monkeypatch.setattr(session.store.db, "conn", Watched())
    usb_exchange.write(session, str(tmp_path))
    with pytest.raises(RuleBroken):
        usb_exchange.read(session, str(tmp_path))
    with pytest.raises(CentralUnreachable):
        sync_service.sync_now(session, lambda _progress: None)
    assert used == []
    assert sync_history.latest(session.store.sync_db, session.team_id, 1)


async def test_what_a_stick_may_remove_is_noted_on_the_screens_own_thread(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That an answer may take people off the laptop is written by the screen before the work beside it begins."""
    threads: list[threading.Thread] = []
    monkeypatch.setattr(sync_service, "allow_removals", lambda *_: threads.append(threading.current_thread()))
    async with opened(session) as (app, pilot):
        screen = UsbScreen()
        screen._asked = 3
        await app.push_screen(screen)
        app.screen.query_one(OptionList).focus()
        await pilot.press("enter")
        await until(pilot, lambda: "There is a problem" in painted(pilot))
    assert threads == [threading.main_thread()]
