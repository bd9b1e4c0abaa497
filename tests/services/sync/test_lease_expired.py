"""A laptop whose offline lease has expired: an exchange by network or stick opens it; remote locks stay."""

from datetime import timedelta
from pathlib import Path

import pytest

from phb_tui.errors import CentralUnreachable, LaptopLocked, LeaseOver, RuleBroken, WrongPassphrase
from phb_tui.services.session import Session
from phb_tui.services.start import unlocking
from phb_tui.services.sync import device_lock, usb_exchange
from phb_tui.system import removable_drives
from tests.services.environment import TEAM, World, nowhere
from tests.services.sync.usb_helpers import carry, laptop, people_at_central, waiting

TOO_LONG = timedelta(days=16)


def only_over(session: Session) -> bool:
    return device_lock.is_lease_expired_only(session, session.store.db)


def over(world: World) -> Session:
    """The laptop after too long without central, unlocked for the way back and without a network."""
    world.passed = TOO_LONG
    with nowhere():
        return world.unlock(allow_expired_lease=True)


def test_a_whole_round_by_stick_opens_it(world: World, folder: Path) -> None:
    """What waits goes out in a file, central answers, and the lease in the answer opens the laptop at once."""
    world.write()
    session = over(world)
    assert only_over(session)
    usb_exchange.write(session, str(folder))
    carry_later(world, folder)
    assert usb_exchange.read(session, str(folder)).sent == 1
    assert not device_lock.lock_reason(session, session.store.db)
    assert (waiting(world), people_at_central(world)) == (0, 1)


def carry_later(world: World, folder: Path) -> None:
    """Central's clock has gone on as the laptop's has."""
    ahead, world.passed = world.passed, timedelta()
    with pytest.MonkeyPatch.context() as patch:
        from phb_tui.central.exchange import sync_service  # noqa: PLC0415 - only its idea of the time is moved

        patch.setattr(sync_service, "LEASE_DAYS", sync_service.LEASE_DAYS + ahead.days)
        carry(world, folder)
    world.passed = ahead


def test_an_exchange_at_unlocking_opens_it(world: World) -> None:
    """A laptop whose lease has expired only by its wrong clock asks central while it unlocks, and opens."""
    world.ahead = timedelta(days=365)
    assert not only_over(world.unlock(allow_expired_lease=True))


def test_an_expired_lease_opens_only_when_it_is_allowed(world: World) -> None:
    """Without `allow_expired_lease` a laptop whose lease has expired gives no session."""
    world.passed = TOO_LONG
    with pytest.raises(LeaseOver), nowhere():
        world.unlock()


def test_an_expired_lease_still_needs_the_passphrase(world: World) -> None:
    """With `allow_expired_lease` a wrong passphrase gives no session."""
    world.passed = TOO_LONG
    world.lock()
    with pytest.raises(WrongPassphrase), nowhere():
        unlocking.unlock(world.stores, "not these words at all", world.now, allow_expired_lease=True)


def test_the_error_says_why_central_could_not_be_reached(world: World) -> None:
    """An exchange of a laptop whose lease has expired says, when it fails, why central could not be reached."""
    over(world)
    with pytest.raises(LeaseOver) as raised, nowhere():
        world.sync()
    assert isinstance(raised.value.hindered, CentralUnreachable)


def test_an_empty_stick_is_named_as_one(world: World, folder: Path) -> None:
    """A folder without an answer says so; it is no reason to lock."""
    session = over(world)
    with pytest.raises(RuleBroken, match="no answer"):
        usb_exchange.read(session, str(folder))


def test_an_answer_that_is_too_old_says_so(world: World, folder: Path) -> None:
    """An answer whose own lease is over is taken, and the sentence says what to do."""
    usb_exchange.write(laptop(world), str(folder))
    carry(world, folder)
    session = over(world)
    with pytest.raises(LeaseOver, match="too old"):
        usb_exchange.read(session, str(folder))


def test_the_later_lease_of_an_older_answer_counts(world: World, folder: Path) -> None:
    """Two answers to files written at one place: the first moves on, and the second's longer lease still opens."""
    world.write()
    session = over(world)
    usb_exchange.write(session, str(folder))
    carry(world, folder)
    old = next(folder.glob("*.phb-answer")).rename(folder / "a.phb-answer")
    usb_exchange.write(session, str(folder))
    carry_later(world, folder)
    old.rename(folder / f"0{session.device_id[:8]}.phb-answer")
    usb_exchange.read(session, str(folder))
    assert not only_over(session)


def test_an_answer_read_late_shortens_nothing(world: World, folder: Path) -> None:
    """An older answer does not take away time that a later exchange gave."""
    usb_exchange.write(laptop(world), str(folder))
    carry(world, folder)
    session = laptop(world)
    with pytest.MonkeyPatch.context() as patch:
        from phb_tui.central.exchange import sync_service  # noqa: PLC0415 - only how long it gives is moved

        patch.setattr(sync_service, "LEASE_DAYS", 100)
        world.sync()
    left = device_lock.days_left(session)
    usb_exchange.read(session, str(folder))
    assert device_lock.days_left(session) == left


@pytest.mark.parametrize("what", ["lock", "wipe"])
def test_a_remote_lock_is_not_opened_by_an_expired_lease(world: World, folder: Path, what: str) -> None:
    """A laptop that its team lead locked does not open with `allow_expired_lease` either, lease or no lease."""
    usb_exchange.write(laptop(world), str(folder))
    world.access.send_command(TEAM, "laptop-1", what)
    with pytest.raises(LaptopLocked):
        world.sync()
    world.passed = TOO_LONG
    with pytest.raises(LaptopLocked, match="Your team lead") as raised, nowhere():
        world.unlock(allow_expired_lease=True)
    assert not isinstance(raised.value, LeaseOver)


def test_an_order_in_an_answer_locks_a_laptop_with_an_expired_lease(world: World, folder: Path) -> None:
    """An answer that brings an order is obeyed: the laptop is locked by its team lead from then on."""
    session = over(world)
    usb_exchange.write(session, str(folder))
    world.access.send_command(TEAM, "laptop-1", "lock")
    carry_later(world, folder)
    with pytest.raises(LaptopLocked, match="Your team lead"):
        usb_exchange.read(session, str(folder))


def test_an_answer_on_a_stick_releases_a_locked_laptop(
    world: World, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is in when the passphrase is typed, with an answer that releases, opens a locked laptop."""
    usb_exchange.write(laptop(world), str(folder))
    world.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        world.sync()
    world.access.send_command(TEAM, "laptop-1", "release")
    carry(world, folder)
    monkeypatch.setattr(removable_drives, "removable_drives", lambda: [folder])
    with nowhere():
        session = world.unlock()
    assert not device_lock.lock_reason(session, session.store.db)
