"""Device lock: remote lock/wipe and the offline lease."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import LaptopLocked, LeaseOver, SyncProblem
from phb_tui.services.session import Session
from phb_tui.store import device_status
from phb_tui.store.database import Database, transaction
from phb_tui.store.device_status import DeviceStatus

LOCKED = {
    "lock": (
        "Your team lead locked this laptop. Nothing on it is lost. Ask them to release it, connect to a network or "
        "put in a stick with the team server's answer, and type your passphrase again."
    ),
    "wipe": (
        "Your team lead has ended the use of this laptop, so it does not open any more. Bring it to them or to your "
        "IT team."
    ),
}
"""The message about a locked laptop, by remote command."""
MOVED = timedelta(minutes=10)
"""Deviation from which the clock counts as changed; central's time is known to within 5 minutes."""
TOO_LONG = (
    "This laptop has not synced for too long, so it is locked. Nothing on it is lost. Type your passphrase "
    "to sync with the team server, by a network or by a USB stick."
)


def lock_reason(session: Session, db: Database) -> str:
    """The reason why the laptop may not be used now, as a sentence; "" when it may.

    Args:
        session: The session.
        db: Its connection that the asking thread uses.
    """
    found = device_status.read(db)
    if found.locked:
        return LOCKED.get(found.locked, LOCKED["lock"])
    return TOO_LONG if _is_expired(session, found) else ""


def is_lease_expired_only(session: Session, db: Database) -> bool:
    """Return whether the offline lease has expired and no remote command locks the laptop.

    After unlocking, only the overdue screen is then shown, from which an exchange is possible.
    """
    found = device_status.read(db)
    return not found.locked and _is_expired(session, found)


def require_unlocked(session: Session, db: Database, hindered: SyncProblem | None = None) -> None:
    """Raise an error unless the laptop may be used.

    Args:
        session: The session.
        db: Its connection that the asking thread uses.
        hindered: The error of the last attempt to reach central, for the message; None if there was none.

    Raises:
        LeaseOver: The offline lease has expired.
        LaptopLocked: Its team lead locked it.
    """
    if is_lease_expired_only(session, db):
        raise LeaseOver(TOO_LONG, hindered) from hindered
    if why := lock_reason(session, db):
        raise LaptopLocked(why) from hindered


def days_left(session: Session) -> int | None:
    """Whole days until the offline lease expires; None without a lease."""
    found = device_status.read(session.store.db)
    if not found.lease:
        return None
    return max((datetime.fromisoformat(found.lease) - _now(session, found)).days, 0)


def clock_ahead(db: Database) -> int:
    """Seconds by which this laptop's clock is ahead of central's, as last measured; negative when behind."""
    return device_status.read(db).ahead


def note_server_time(session: Session, ahead: int) -> None:
    """Save central's time and the machine's uptime, so that changing the clock does not extend the lease.

    Raises:
        NotSaved: The disk refuses.
    """
    db = session.store.sync_db
    now, on = utc(session.now() - timedelta(seconds=ahead)), session.uptime()
    before = device_status.read(db)
    known = (before.ahead, before.latest[:13], before.boot)
    if known != (ahead, now[:13], on.boot) or _clock_was_changed(
        session, before
    ):  # the hour is enough, and saves a write
        with transaction(db):
            noted = replace(device_status.read(db), ahead=ahead, latest=now, boot=on.boot, uptime=on.seconds)
            device_status.save(db, noted)


def _is_expired(session: Session, found: DeviceStatus) -> bool:
    return bool(found.lease) and _now(session, found) > datetime.fromisoformat(found.lease)


def _now(session: Session, found: DeviceStatus) -> datetime:
    """The current time by central's clock, as well as it can be estimated; never earlier than a time seen before.

    As long as the machine was on since central last spoke, and its clock was not moved, the time goes by how long it
    was on. A clock that was moved is believed, but not back beyond that. After a restart the clock is all there is; if
    it is behind the time that is known to have been, that time goes on from there.
    """
    wall = session.now().astimezone(UTC)
    if not found.latest:
        return wall
    if (passed := _central_time(session, found)) is not None:
        return max(wall, passed) if _clock_was_changed(session, found) else passed
    known = datetime.fromisoformat(found.latest)
    then = known + timedelta(seconds=found.ahead)
    return wall if wall >= known else known + max(wall - then, timedelta(0))


def _central_time(session: Session, found: DeviceStatus) -> datetime | None:
    """Central's time plus the uptime that passed since; None after a restart."""
    on = session.uptime()
    if not found.latest or not on.boot or on.boot != found.boot or on.seconds < found.uptime:
        return None
    return datetime.fromisoformat(found.latest) + timedelta(seconds=on.seconds - found.uptime)


def _clock_was_changed(session: Session, found: DeviceStatus) -> bool:
    """Whether the machine's clock was changed since central's time was noted; False after a restart, when unknown."""
    passed = _central_time(session, found)
    if passed is None:
        return False
    wall = session.now().astimezone(UTC)
    return abs(wall - timedelta(seconds=found.ahead) - passed) > MOVED
