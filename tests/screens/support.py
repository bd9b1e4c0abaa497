"""Two laptops of one team with a real central in memory, and the smallest app that shows one screen."""

import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.pilot import Pilot
from textual.widgets import Static

import phb_tui
from phb_tui.central.service import CentralService
from phb_tui.central.storage import Storage
from phb_tui.domain.changes import Record, Value
from phb_tui.errors import PhbError
from phb_tui.screens import parts
from phb_tui.screens.host import Host, TableScreen
from phb_tui.screens.themes import THEMES
from phb_tui.screens.widgets.keeper import Keeper
from phb_tui.services import caseload, syncing, writing
from phb_tui.services.session import Nurse, Session
from tests import centrals, stores
from tests.screens.table import choose as choose  # noqa: PLC0414 - the same helpers, offered here too
from tests.screens.table import lines as lines  # noqa: PLC0414
from tests.screens.table import painted as painted  # noqa: PLC0414
from tests.screens.table import shown as shown  # noqa: PLC0414

PASSPHRASE = "quiet tandem marble lagoon"
TEAM = "team-1"
ONE, TWO = "Call after nine", "Call before nine"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIZES = [(60, 20), (80, 24), (160, 48)]


class Under(TableScreen):
    """What lies under the screen that is tried."""

    TITLE = "Under"
    HELP = "Under"
    FAMILY_SAFE = True

    def compose_body(self) -> ComposeResult:
        yield Static("")


class Secret(Under):
    """What lies under it and is not for the family."""

    FAMILY_SAFE = False


class Small(Host):
    """The app without its clock and its ending; `turned` counts how often leaving family view was asked for."""

    CSS_PATH = Path(phb_tui.__file__).with_name("app.tcss")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-main"), (110, "-wide")]  # noqa: RUF012 - Textual's own
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]  # noqa: RUF012 - Textual's own
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f5", "exchange", "Send and get", id="sync")]

    def __init__(self, unlocked: Session, central: CentralService | None = None) -> None:
        super().__init__()
        self.unlocked, self.central = unlocked, central
        self.keeper = Keeper(self, time.monotonic, lambda: NOW)
        self.turned = 0
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

    def turn(self, *, then_back: bool = False) -> None:
        """Count it; what the app does then is the app's."""
        del then_back
        self.turned += 1

    def open_part(self, person_id: str, name: str) -> None:
        """As the app does."""
        parts.open_part(self, person_id, name)

    def refresh_status(self) -> None:
        self.status = syncing.status(self.unlocked)
        if isinstance(self.screen, TableScreen) and self.screen.is_mounted:
            self.screen.refresh_frame()

    def exchange(self, *, quietly: bool = False) -> None:
        """Exchange here and now, and tell the screen as the app does."""
        del quietly
        assert isinstance(self.screen, TableScreen)
        problem: PhbError | None
        try:
            syncing.sync_now(self.unlocked, self.screen.progress, self.central)
            problem = None
        except PhbError as error:
            problem = error
        self.refresh_status()
        self.screen.fill()
        self.screen.exchanged(problem)

    def action_exchange(self) -> None:
        self.exchange()


class Team:
    """A team with a central in memory, and its laptops.

    Args:
        folder: Where laptops keep their stores.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.storage = Storage.on_sqlite(None)
        self.central = CentralService(self.storage, lambda: NOW, centrals.KEY)
        self.laptops: list[Session] = []

    def laptop(self, number: int, nurse: str, now: Callable[[], datetime] = lambda: NOW) -> Session:
        """A laptop that joined the team and is unlocked."""
        name = f"device-{number}"
        who = Nurse(f"nurse-{number}", nurse, "nurse advisor")
        centrals.admit(self.storage, TEAM, name, who)
        folder = self._folder / name / "stores"
        stores.set_up(folder, PASSPHRASE, centrals.joining("http://127.0.0.1:8765", TEAM, name, who))
        self.laptops.append(stores.unlock(folder, PASSPHRASE, now))
        return self.laptops[-1]

    def exchange(self, *laptops: Session) -> None:
        """Each laptop sends and gets, in this order."""
        for laptop in laptops:
            syncing.sync_now(laptop, lambda _: None, self.central)

    def stop(self, laptop: Session) -> None:
        """Stop a laptop; its store can be opened again."""
        self.laptops.remove(laptop)
        laptop.close()

    def close(self) -> None:
        """Let go of every store."""
        for laptop in self.laptops:
            laptop.close()
        self.storage.close()


@contextmanager
def team_in(folder: Path) -> Iterator[Team]:
    """A team for one test."""
    team = Team(folder)
    try:
        yield team
    finally:
        team.close()


def somebody(laptop: Session, **values: Value) -> Record:
    """A person who is kept on a laptop."""
    given: dict[str, Value] = {"given_name": "Rhys", "family_name": "Price", "known_as": "Rhys", **values}
    return writing.keep(laptop, caseload.add(laptop), given)


def write(laptop: Session, record: Record, values: Mapping[str, Value]) -> Record:
    """Words written on a laptop in a record as that laptop shows it."""
    shown = writing.read(laptop, record.kind, record.record_id, record.person_id)
    return writing.keep(laptop, shown, values)


def disagree(team: Team, first: Session, second: Session, record: Record, *values: tuple[str, Value, Value]) -> None:
    """The laptops write in the same fields without seeing each other's words; both have exchanged since."""
    team.exchange(first, second)
    for name, one, other in values:
        write(first, record, {name: one})
        write(second, record, {name: other})
    team.exchange(first, second, first)


@dataclass
class Both:
    """Two laptops that do not agree about one person's phone number."""

    team: Team
    one: Session
    two: Session
    person: Record

    def on(self, laptop: Session, name: str = "phone") -> str:
        return writing.read(laptop, "person", self.person.record_id, self.person.record_id).text(name)

    def begun(self) -> list[object]:
        return [version.value for version in writing.history(self.two, self.person, "phone")]


@contextmanager
def disagreeing(folder: Path) -> Iterator[Both]:
    """A team with two versions of one phone number."""
    with team_in(folder) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person = somebody(one, phone="0")
        disagree(team, one, two, person, ("phone", ONE, TWO))
        yield Both(team, one, two, person)


@asynccontextmanager
async def laid(
    unlocked: Session,
    screen: TableScreen,
    size: tuple[int, int] = (80, 24),
    *,
    under: type[TableScreen] = Under,
    central: CentralService | None = None,
) -> AsyncIterator[Pilot[int]]:
    """The screen on the table, over others to go back to."""
    app = Small(unlocked, central)
    async with app.run_test(size=size) as pilot:
        for below in (Under(), under()):  # the unlock screen and the list of people
            await app.push_screen(below)
        await app.push_screen(screen)
        await pilot.pause()
        yield pilot


def host(pilot: Pilot[int]) -> Small:
    """The app."""
    assert isinstance(pilot.app, Small)
    return pilot.app


async def write_in(pilot: Pilot[int], text: str) -> None:
    """Type words where the focus is."""
    await pilot.press(*("space" if letter == " " else letter for letter in text))
    await pilot.pause()
