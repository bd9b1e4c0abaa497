"""Two laptops of one team with a real central in memory."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.records import editing
from phb_tui.services.session import Nurse, Session
from phb_tui.services.sync import sync_service
from tests import factories, stores
from tests.screens.screen_harness import (
    NOW,
    PASSPHRASE,
    SIZES,
    ScreenBelow,
    StaffScreenBelow,
    app_of,
    choose,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    write_in,
)

__all__ = [
    "NOW",
    "ONE",
    "PASSPHRASE",
    "SIZES",
    "TEAM",
    "TWO",
    "ScreenBelow",
    "StaffScreenBelow",
    "Team",
    "TwoLaptops",
    "app_of",
    "choose",
    "disagree",
    "disagreeing",
    "lines",
    "opened_screen",
    "painted",
    "shown",
    "somebody",
    "team_in",
    "write",
    "write_in",
]

TEAM = "team-1"
ONE, TWO = "Call after nine", "Call before nine"


class Team:
    """A team with a central in memory, and its laptops.

    Args:
        folder: Where laptops keep their stores.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.storage = Storage.on_sqlite(None)
        self.central = SyncService(self.storage, lambda: NOW, factories.KEY, factories.LAW)
        self.laptops: list[Session] = []

    def laptop(self, number: int, nurse: str, now: Callable[[], datetime] = lambda: NOW) -> Session:
        """A laptop that joined the team and is unlocked."""
        name = f"device-{number}"
        who = Nurse(f"nurse-{number}", nurse, "nurse advisor")
        factories.admit(self.storage, TEAM, name, who)
        folder = self._folder / name / "stores"
        stores.set_up(folder, PASSPHRASE, factories.joining("http://127.0.0.1:8765", TEAM, name, who))
        self.laptops.append(stores.unlock(folder, PASSPHRASE, now))
        return self.laptops[-1]

    def exchange(self, *laptops: Session) -> None:
        """Each laptop sends and gets, in this order."""
        for laptop in laptops:
            sync_service.sync_now(laptop, lambda _: None, self.central)

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


def write(laptop: Session, record: Record, values: Mapping[str, Value]) -> Record:
    """Words written on a laptop in a record as that laptop shows it."""
    shown = editing.read(laptop, record.kind, record.record_id, record.person_id)
    return editing.save(laptop, shown, values)


def disagree(team: Team, first: Session, second: Session, record: Record, *values: tuple[str, Value, Value]) -> None:
    """The laptops write in the same fields without seeing each other's words; both have exchanged since."""
    team.exchange(first, second)
    for name, one, other in values:
        write(first, record, {name: one})
        write(second, record, {name: other})
    team.exchange(first, second, first)


@dataclass
class TwoLaptops:
    """Two laptops that do not agree about one person's phone number."""

    team: Team
    one: Session
    two: Session
    person: Record

    def on(self, laptop: Session, name: str = "phone") -> str:
        return editing.read(laptop, "person", self.person.record_id, self.person.record_id).text(name)

    def begun(self) -> list[object]:
        return [version.value for version in editing.history(self.two, self.person, "phone")]


@contextmanager
def disagreeing(folder: Path) -> Iterator[TwoLaptops]:
    """A team with two versions of one phone number."""
    with team_in(folder) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        person = somebody(one, phone="0")
        disagree(team, one, two, person, ("phone", ONE, TWO))
        yield TwoLaptops(team, one, two, person)
