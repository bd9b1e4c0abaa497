"""Test harness: the smallest app that shows a real screen over a real encrypted store."""

import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widgets import Button, OptionList, Static

import phb_tui
from phb_tui.app.phb_app import PhbApp
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.domain.records.changes import Change, Record, RecordState, Value
from phb_tui.domain.records.merge import merge_record
from phb_tui.domain.records.record_codec import row_of
from phb_tui.errors import PhbError
from phb_tui.screens.base.app_state import AppState
from phb_tui.screens.base.autosave import Autosaver
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.design.themes import THEMES
from phb_tui.screens.navigation import registry
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Nurse, Session
from phb_tui.services.sync import sync_service
from phb_tui.store.database import transaction
from tests import factories, received, stores

PASSPHRASE = "quiet tandem marble lagoon"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIZES = [(60, 20), (80, 24), (160, 48)]


class ScreenBelow(BaseScreen):
    """What lies under the screen that is tried."""

    TITLE = "Under"
    HELP = "Under"
    FAMILY_SAFE = True

    def compose_body(self) -> ComposeResult:
        yield Static("")


class FramelessScreenBelow(ScreenBelow):
    """What lies under it where nobody looks: head, saved line and hints would cost as much as the screen itself."""

    def compose(self) -> ComposeResult:
        yield Static("")

    def refresh_frame(self) -> None:
        """Nothing: it has no frame."""

    def refresh_head(self) -> None:
        """Nothing: it has no head."""


class StaffScreenBelow(ScreenBelow):
    """What lies under it and is not for the family."""

    FAMILY_SAFE = False


class HarnessApp(AppState):
    """The app without its clock and ending; `turned` counts how often leaving family view was asked for."""

    CSS_PATH = Path(phb_tui.__file__).with_name("app") / "phb_app.tcss"
    HORIZONTAL_BREAKPOINTS = PhbApp.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = PhbApp.VERTICAL_BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "exchange", "Sync", id="sync")]

    def __init__(self, unlocked: Session, central: SyncService | None = None) -> None:
        super().__init__()
        self.unlocked, self.central, self.turned, self.visited_at = unlocked, central, 0, {}
        self.autosaver = Autosaver(self.phb_app, time.monotonic, lambda: NOW)
        self.animation_level = "none"
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    @property
    def session(self) -> Session:
        return self.unlocked

    @property
    def is_open(self) -> bool:
        return True

    def opened(self, session: Session) -> None:
        """Nothing: it is open from the start."""

    def keep_place(self) -> None:
        """Nothing: it is not opened again."""

    def open_part(self, person_id: str, name: str) -> None:
        """As the app does."""
        registry.open_part(self.phb_app, person_id, name)

    def action_family(self) -> None:
        """Turn the laptop to the family, or back."""
        self.family = not self.family
        if isinstance(self.screen, BaseScreen):
            self.screen.reload()
            self.screen.refresh_frame()

    def toggle_family_view(self, *, then_back: bool = False) -> None:
        """Count it; what the app does then is the app's."""
        del then_back
        self.turned += 1

    def refresh_status(self) -> None:
        self.status = sync_service.status(self.unlocked)
        if isinstance(self.screen, BaseScreen) and self.screen.is_mounted:
            self.screen.refresh_frame()

    def exchange(self, *, quietly: bool = False) -> None:
        """Exchange here and now, and tell the screen as the app does."""
        del quietly
        assert isinstance(self.screen, BaseScreen)
        problem: PhbError | None
        try:
            sync_service.sync_now(self.unlocked, self.screen.progress, self.central)
            problem = None
        except PhbError as error:
            problem = error
        self.refresh_status()
        self.screen.reload()
        self.screen.exchanged(problem)

    def action_exchange(self) -> None:
        self.exchange()


@contextmanager
def unlocked_laptop(folder: Path) -> Iterator[Session]:
    """A laptop that was set up and unlocked."""
    nurse = Nurse("nurse-1", "Ada Okafor", "nurse advisor")
    stores.set_up(folder / "stores", PASSPHRASE, factories.joining("http://127.0.0.1:1", "team-1", "device-1", nurse))
    with stores.unlocked(folder / "stores", PASSPHRASE, lambda: NOW) as session:
        yield session


@asynccontextmanager
async def opened_screen(
    unlocked: Session,
    screen: BaseScreen,
    size: tuple[int, int] = (80, 24),
    *,
    under: type[BaseScreen] = FramelessScreenBelow,
    central: SyncService | None = None,
) -> AsyncIterator[Pilot[int]]:
    """Open a screen in the harness app, over two others that it can go back to."""
    app = HarnessApp(unlocked, central)
    async with app.run_test(size=size) as pilot:
        for below in (FramelessScreenBelow(), under()):  # the unlock screen and the list of people
            await app.push_screen(below)
        await app.push_screen(screen)
        await pilot.pause()
        yield pilot


def app_of(pilot: Pilot[int]) -> HarnessApp:
    """The app."""
    assert isinstance(pilot.app, HarnessApp)
    return pilot.app


def somebody(unlocked: Session, **values: Value) -> Record:
    """A person who is kept on this laptop."""
    given: dict[str, Value] = {"given_name": "Rhys", "family_name": "Price", "known_as": "Rhys", **values}
    return editing.save(unlocked, caseload.add(unlocked), given)


def arrive(unlocked: Session, record: Record, values: Mapping[str, Value]) -> None:
    """Another laptop's words about a record come from central."""
    change = Change(
        team_id=record.team_id, device_id="device-2", kind=record.kind, record_id=record.record_id,
        person_id=record.person_id, fields=values, before={}, seen=record.seen, author="nurse-2",
        at="2026-11-23T09:00:00.000Z", op_no=1,
    )  # fmt: skip
    state: RecordState = merge_record(None, change, 1)[0]
    with transaction(unlocked.store.db):
        received.apply_rows(unlocked.store.db, [row_of(state)], record.team_id)


def log_length(unlocked: Session) -> int:
    """How many changes this laptop has made."""
    return sync_service.status(unlocked).waiting


def words(pilot: Pilot[int], name: str) -> TextField:
    """A field of the screen that is shown."""
    return pilot.app.screen.query_one(f"#field-{name}", TextField)


def shown(pilot: Pilot[int], selector: str) -> str:
    """What stands in a part of the screen that is shown."""
    return str(pilot.app.screen.query_one(selector, Static).visual)


def lines(pilot: Pilot[int], selector: str) -> list[str]:
    """The options of a list of the screen that is shown."""
    return [str(option.prompt).strip() for option in pilot.app.screen.query_one(selector, OptionList).options]


async def choose(pilot: Pilot[int], selector: str, start: str) -> None:
    """Go to the option that begins so and press Enter."""
    listed = pilot.app.screen.query_one(selector, OptionList)
    listed.focus()
    listed.highlighted = next(i for i, line in enumerate(lines(pilot, selector)) if line.startswith(start))
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()


async def type_in(pilot: Pilot[int], name: str, text: str) -> None:
    """Write in a field and stay in it."""
    words(pilot, name).focus()
    await pilot.pause()
    for letter in text:
        await pilot.press("space" if letter == " " else letter)
    await pilot.pause()


async def press_continue(pilot: Pilot[int]) -> None:
    """Go to Continue and press it."""
    pilot.app.screen.query_one(Button).focus()
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    await pilot.pause()


def painted(pilot: Pilot[int]) -> str:
    """The screen as text, row by row."""
    screen = pilot.app.screen
    return "\n".join("".join(segment.text for segment in strip) for strip in screen._compositor.render_strips())


def words_painted(pilot: Pilot[int]) -> str:
    """The words on the screen as one line, without what draws panels, so that a sentence that wraps is found."""
    return " ".join(re.sub(r"[\u2500-\u259f►]", " ", painted(pilot)).split())


async def type_words(pilot: Pilot[int], text: str) -> None:
    """Type in whatever has the focus."""
    await pilot.press(*("space" if letter == " " else letter for letter in text))


async def write_in(pilot: Pilot[int], text: str) -> None:
    """Type words where the focus is."""
    await type_words(pilot, text)
    await pilot.pause()
