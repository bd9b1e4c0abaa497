"""A laptop whose offline lease has expired: an exchange by network or stick opens it; remote locks stay."""

from datetime import timedelta
from pathlib import Path

import pytest

from phb_tui.errors import CentralUnreachable, LaptopLocked, LeaseOver, RuleBroken, WrongPassphrase
from phb_tui.services.session import Session
from phb_tui.services.start import unlocking
from phb_tui.services.sync import device_lock, usb_exchange
from phb_tui.system import removable_drives
from tests.services.environment import TEAM, Environment, nowhere
from tests.services.sync.usb_helpers import carry, laptop, people_at_central, waiting

TOO_LONG = timedelta(days=16)


def is_lease_expired_only(session: Session) -> bool:
    return device_lock.is_lease_expired_only(session, session.store.db)


def over(environment: Environment) -> Session:
    """The laptop after too long without central, unlocked for the way back and without a network."""
    environment.passed = TOO_LONG
    with nowhere():
        return environment.unlock(allow_expired_lease=True)


def test_a_whole_round_by_stick_opens_it(environment: Environment, folder: Path) -> None:
    """What waits goes out in a file, central answers, and the lease in the answer opens the laptop at once."""
    environment.write()
    session = over(environment)
    assert is_lease_expired_only(session)
    usb_exchange.write(session, str(folder))
    carry_later(environment, folder)
    assert usb_exchange.read(session, str(folder)).sent == 1
    assert not device_lock.lock_reason(session, session.store.db)
    assert (waiting(environment), people_at_central(environment)) == (0, 1)


def carry_later(environment: Environment, folder: Path) -> None:
    """Central's clock has gone on as the laptop's has."""
    ahead, environment.passed = environment.passed, timedelta()
    with pytest.MonkeyPatch.context() as patch:
        from phb_tui.central.exchange import sync_service  # noqa: PLC0415 - only its idea of the time is moved

        patch.setattr(sync_service, "LEASE_DAYS", sync_service.LEASE_DAYS + ahead.days)
        carry(environment, folder)
    environment.passed = ahead


def test_an_exchange_at_unlocking_opens_it(environment: Environment) -> None:
    """A laptop whose lease has expired only by its wrong clock asks central while it unlocks, and opens."""
    environment.ahead = timedelta(days=365)
    assert not is_lease_expired_only(environment.unlock(allow_expired_lease=True))


def test_an_expired_lease_opens_only_when_it_is_allowed(environment: Environment) -> None:
    """Without `allow_expired_lease` a laptop whose lease has expired gives no session."""
    environment.passed = TOO_LONG
    with pytest.raises(LeaseOver), nowhere():
        environment.unlock()


def test_an_expired_lease_still_needs_the_passphrase(environment: Environment) -> None:
    """With `allow_expired_lease` a wrong passphrase gives no session."""
    environment.passed = TOO_LONG
    environment.lock()
    with pytest.raises(WrongPassphrase), nowhere():
        unlocking.unlock(environment.stores, "not these words at all", environment.now, allow_expired_lease=True)


def test_the_error_says_why_central_could_not_be_reached(environment: Environment) -> None:
    """An exchange of a laptop whose lease has expired says, when it fails, why central could not be reached."""
    over(environment)
    with pytest.raises(LeaseOver) as raised, nowhere():
        environment.sync()
    assert isinstance(raised.value.hindered, CentralUnreachable)


def test_an_empty_stick_is_named_as_one(environment: Environment, folder: Path) -> None:
    """A folder without an answer says so; it is no reason to lock."""
    session = over(environment)
    with pytest.raises(RuleBroken, match="no answer"):
        usb_exchange.read(session, str(folder))


def test_an_answer_that_is_too_old_says_so(environment: Environment, folder: Path) -> None:
    """An answer whose own lease is over is taken, and the sentence says what to do."""
    usb_exchange.write(laptop(environment), str(folder))
    carry(environment, folder)
    session = over(environment)
    with pytest.raises(LeaseOver, match="too old"):
        usb_exchange.read(session, str(folder))


def test_the_later_lease_of_an_older_answer_counts(environment: Environment, folder: Path) -> None:
    """Two answers to files written at one place: the first moves on, and the second's longer lease still opens."""
    environment.write()
    session = over(environment)
    usb_exchange.write(session, str(folder))
    carry(environment, folder)
    old = next(folder.glob("*.phb-answer")).rename(folder / "a.phb-answer")
    usb_exchange.write(session, str(folder))
    carry_later(environment, folder)
    old.rename(folder / f"0{session.device_id[:8]}.phb-answer")
    usb_exchange.read(session, str(folder))
    assert not is_lease_expired_only(session)


def test_an_answer_read_late_shortens_nothing(environment: Environment, folder: Path) -> None:
    """An older answer does not take away time that a later exchange gave."""
    usb_exchange.write(laptop(environment), str(folder))
    carry(environment, folder)
    session = laptop(environment)
    with pytest.MonkeyPatch.context() as patch:
        from phb_tui.central.exchange import sync_service  # noqa: PLC0415 - only how long it gives is moved

        patch.setattr(sync_service, "LEASE_DAYS", 100)
        environment.sync()
    left = device_lock.days_left(session)
    usb_exchange.read(session, str(folder))
    assert device_lock.days_left(session) == left


@pytest.mark.parametrize("what", ["lock", "wipe"])
def test_a_remote_lock_is_not_opened_by_an_expired_lease(environment: Environment, folder: Path, what: str) -> None:
    """A laptop that its team lead locked does not open with `allow_expired_lease` either, lease or no lease."""
    usb_exchange.write(laptop(environment), str(folder))
    environment.access.send_command(TEAM, "laptop-1", what)
    with pytest.raises(LaptopLocked):
        environment.sync()
    environment.passed = TOO_LONG
    with pytest.raises(LaptopLocked, match="Your team lead") as raised, nowhere():
        environment.unlock(allow_expired_lease=True)
    assert not isinstance(raised.value, LeaseOver)


def test_an_order_in_an_answer_locks_a_laptop_with_an_expired_lease(environment: Environment, folder: Path) -> None:
    """An answer that brings an order is obeyed: the laptop is locked by its team lead from then on."""
    session = over(environment)
    usb_exchange.write(session, str(folder))
    environment.access.send_command(TEAM, "laptop-1", "lock")
    carry_later(environment, folder)
    with pytest.raises(LaptopLocked, match="Your team lead"):
        usb_exchange.read(session, str(folder))


def test_an_answer_on_a_stick_releases_a_locked_laptop(
    environment: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is in when the passphrase is typed, with an answer that releases, opens a locked laptop."""
    usb_exchange.write(laptop(environment), str(folder))
    environment.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        environment.sync()
    environment.access.send_command(TEAM, "laptop-1", "release")
    carry(environment, folder)
    monkeypatch.setattr(removable_drives, "removable_drives", lambda: [folder])
    with nowhere():
        session = environment.unlock()
    assert not device_lock.lock_reason(session, session.store.db)
