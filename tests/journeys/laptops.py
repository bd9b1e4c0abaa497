"""Laptops for journeys: set up as a nurse's would be, with people on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from phb_tui.central.storage.repository import Storage
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from tests import factories, stores
from tests.journeys.terminal import Terminal

PASSPHRASE = "velvet otter picnic lantern"
TEAM = "team"
NOWHERE = "http://127.0.0.1:9"
"""A central that does not answer: the discard port."""


def set_up(data: Path, device_id: str = "laptop-1", address: str = NOWHERE) -> Path:
    """A laptop that was just set up; its data folder."""
    stores.set_up(data / "stores", PASSPHRASE, factories.joining(address, TEAM, device_id))
    return data


@contextmanager
def opened(data: Path) -> Iterator[Session]:
    """The laptop's store, opened by the test itself after the app has ended."""
    with stores.unlocked(data / "stores", PASSPHRASE) as session:
        yield session


def add_person(data: Path, given_name: str = "Ann", family_name: str = "Example") -> str:
    """Somebody on the laptop; their id."""
    with opened(data) as session:
        record = editing.new_record(session, "person", None)
        return editing.save(session, record, {"given_name": given_name, "family_name": family_name}).record_id


def join(storage: Storage, *devices: str) -> None:
    """Let laptops join at central."""
    factories.invite(storage, TEAM, *((device, factories.nurse(device)) for device in devices))


def unlock(terminal: Terminal) -> None:
    """Type the passphrase at the unlock screen."""
    terminal.wait("Passphrase")
    terminal.type(PASSPHRASE)
    terminal.press("enter")


def to_the_person(terminal: Terminal) -> None:
    """From the unlock screen to the only person."""
    unlock(terminal)
    terminal.wait("Your people", "Ann Example")
    terminal.press("down", "enter")
    terminal.wait("Today's visit")
