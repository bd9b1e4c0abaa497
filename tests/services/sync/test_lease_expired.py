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


def over(env: Environment) -> Session:
    """The laptop after too long without central, unlocked for the way back and without a network."""
    env.passed = TOO_LONG
    with nowhere():
        return env.unlock(allow_expired_lease=True)


def test_a_whole_round_by_stick_opens_it(env: Environment, folder: Path) -> None:
    """What waits goes out in a file, central answers, and the lease in the answer opens the laptop at once."""
    env.write()
    session = over(env)
    assert is_lease_expired_only(session)
    usb_exchange.write(session, str(folder))
    carry_later(env, folder)
    assert usb_exchange.read(session, str(folder)).sent == 1
    assert not device_lock.lock_reason(session, session.store.db)
    assert (waiting(env), people_at_central(env)) == (0, 1)


def carry_later(env: Environment, folder: Path) -> None:
    """Central's clock has gone on as the laptop's has."""
    ahead, env.passed = env.passed, timedelta()
    with pytest.MonkeyPatch.context() as patch:
        from phb_tui.central.exchange import sync_service  # noqa: PLC0415 - only its idea of the time is moved

        patch.setattr(sync_service, "LEASE_DAYS", sync_service.LEASE_DAYS + ahead.days)
        carry(env, folder)
    env.passed = ahead


def test_an_exchange_at_unlocking_opens_it(env: Environment) -> None:
    """A laptop whose lease has expired only by its wrong clock asks central while it unlocks, and opens."""
    env.ahead = timedelta(days=365)
    assert not is_lease_expired_only(env.unlock(allow_expired_lease=True))


def test_an_expired_lease_opens_only_when_it_is_allowed(env: Environment) -> None:
    """Without `allow_expired_lease` a laptop whose lease has expired gives no session."""
    env.passed = TOO_LONG
    with pytest.raises(LeaseOver), nowhere():
        env.unlock()


def test_an_expired_lease_still_needs_the_passphrase(env: Environment) -> None:
    """With `allow_expired_lease` a wrong passphrase gives no session."""
    env.passed = TOO_LONG
    env.lock()
    with pytest.raises(WrongPassphrase), nowhere():
        unlocking.unlock(env.stores, "not these words at all", env.now, allow_expired_lease=True)


def test_the_error_says_why_central_could_not_be_reached(env: Environment) -> None:
    """An exchange of a laptop whose lease has expired says, when it fails, why central could not be reached."""
    over(env)
    with pytest.raises(LeaseOver) as raised, nowhere():
        env.sync()
    assert isinstance(raised.value.hindered, CentralUnreachable)


def test_an_empty_stick_is_named_as_one(env: Environment, folder: Path) -> None:
    """A folder without an answer says so; it is no reason to lock."""
    session = over(env)
    with pytest.raises(RuleBroken, match="no answer"):
        usb_exchange.read(session, str(folder))


def test_an_answer_that_is_too_old_says_so(env: Environment, folder: Path) -> None:
    """An answer whose own lease is over is taken, and the sentence says what to do."""
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    session = over(env)
    with pytest.raises(LeaseOver, match="too old"):
        usb_exchange.read(session, str(folder))


def test_the_later_lease_of_an_older_answer_counts(env: Environment, folder: Path) -> None:
    """Two answers to files written at one place: the first moves on, and the second's longer lease still opens."""
    env.write()
    session = over(env)
    usb_exchange.write(session, str(folder))
    carry(env, folder)
    old = next(folder.glob("*.phb-answer")).rename(folder / "a.phb-answer")
    usb_exchange.write(session, str(folder))
    carry_later(env, folder)
    old.rename(folder / f"0{session.device_id[:8]}.phb-answer")
    usb_exchange.read(session, str(folder))
    assert not is_lease_expired_only(session)


def test_an_answer_read_late_shortens_nothing(env: Environment, folder: Path) -> None:
    """An older answer does not take away time that a later exchange gave."""
    usb_exchange.write(laptop(env), str(folder))
    carry(env, folder)
    session = laptop(env)
    with pytest.MonkeyPatch.context() as patch:
        from phb_tui.central.exchange import sync_service  # noqa: PLC0415 - only how long it gives is moved

        patch.setattr(sync_service, "LEASE_DAYS", 100)
        env.sync()
    left = device_lock.days_left(session)
    usb_exchange.read(session, str(folder))
    assert device_lock.days_left(session) == left


@pytest.mark.parametrize("what", ["lock", "wipe"])
def test_a_remote_lock_is_not_opened_by_an_expired_lease(env: Environment, folder: Path, what: str) -> None:
    """A laptop that its team lead locked does not open with `allow_expired_lease` either, lease or no lease."""
    usb_exchange.write(laptop(env), str(folder))
    env.access.send_command(TEAM, "laptop-1", what)
    with pytest.raises(LaptopLocked):
        env.sync()
    env.passed = TOO_LONG
    with pytest.raises(LaptopLocked, match="Your team lead") as raised, nowhere():
        env.unlock(allow_expired_lease=True)
    assert not isinstance(raised.value, LeaseOver)


def test_an_order_in_an_answer_locks_a_laptop_with_an_expired_lease(env: Environment, folder: Path) -> None:
    """An answer that brings an order is obeyed: the laptop is locked by its team lead from then on."""
    session = over(env)
    usb_exchange.write(session, str(folder))
    env.access.send_command(TEAM, "laptop-1", "lock")
    carry_later(env, folder)
    with pytest.raises(LaptopLocked, match="Your team lead"):
        usb_exchange.read(session, str(folder))


def test_an_answer_on_a_stick_releases_a_locked_laptop(
    env: Environment, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stick that is in when the passphrase is typed, with an answer that releases, opens a locked laptop."""
    usb_exchange.write(laptop(env), str(folder))
    env.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        env.sync()
    env.access.send_command(TEAM, "laptop-1", "release")
    carry(env, folder)
    monkeypatch.setattr(removable_drives, "removable_drives", lambda: [folder])
    with nowhere():
        session = env.unlock()
    assert not device_lock.lock_reason(session, session.store.db)
