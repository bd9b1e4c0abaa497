"""A central that listens, one laptop that has joined, and the time both go by."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralUnreachable
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.sync.http_client import HttpCentral
from tests import factories, stores

TEAM, PASSPHRASE = "north", "four plain words together"


@dataclass
class Environment:
    """A central that listens, one laptop that has joined, and the time both go by."""

    storage: Storage
    stores: Path
    address: str
    access: DeviceRegistry
    ahead: timedelta = field(default_factory=timedelta)
    """How wrong the laptop's clock is."""
    passed: timedelta = field(default_factory=timedelta)
    """How much time has gone by."""
    session: Session | None = None

    def now(self) -> datetime:
        return datetime.now(UTC) + self.passed + self.ahead

    def unlock(self, *, allow_expired_lease: bool = False) -> Session:
        self.lock()
        self.session = stores.unlock(self.stores, PASSPHRASE, self.now, allow_expired_lease=allow_expired_lease)
        return self.session

    def lock(self) -> None:
        if self.session is not None:
            self.session.close()
            self.session = None

    def sync(self) -> None:
        assert self.session
        sync_service.sync_now(self.session, lambda _: None)

    def write(self) -> None:
        assert self.session
        editing.save(self.session, caseload.add(self.session), {"given_name": "Rhys", "family_name": "Price"})

    def outcomes(self) -> list[str]:
        found = self.storage.read({TEAM}, lambda tables: tables.latest_changes(TEAM, 10))
        return [change.outcome for change in found]

    def waiting_orders(self) -> int:
        return len(self.storage.read({TEAM}, lambda tables: tables.pending_commands(TEAM, "laptop-1")))


@contextmanager
def environment_in(folder: Path) -> Iterator[Environment]:
    storage = Storage.on_sqlite(None)
    central = build_central(storage, factories.KEY)
    at = folder / "stores"
    with serve_in_thread(central) as address:
        factories.invite(storage, TEAM, ("laptop-1", factories.nurse("laptop-1")))
        stores.set_up(at, PASSPHRASE, factories.joining(address, TEAM, "laptop-1"))
        made = Environment(storage, at, address, central.devices)
        try:
            made.unlock()
            made.sync()
            yield made
        finally:
            made.lock()
    storage.close()


@contextmanager
def nowhere() -> Iterator[None]:
    """Central cannot be reached meanwhile."""
    before = HttpCentral._send

    def lost(*_args: object) -> None:
        raise CentralUnreachable("lost")

    HttpCentral._send = lost  # type: ignore[method-assign, assignment]
    try:
        yield
    finally:
        HttpCentral._send = before  # type: ignore[method-assign]
