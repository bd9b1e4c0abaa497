"""Whether this laptop may be used: its team lead's orders, and how long it may be without central."""

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
        "put in a stick with central's answer, and type your passphrase again."
    ),
    "wipe": (
        "Your team lead has ended the use of this laptop, so it does not open any more. Bring it to them or to your "
        "IT team."
    ),
}
"""What the nurse is told, by order."""
MOVED = timedelta(minutes=10)
"""From how much on a clock counts as moved; the difference from central's is known to 5 minutes."""
TOO_LONG = (
    "This laptop has been without central for too long, so it is locked. Nothing on it is lost. Type your passphrase "
    "to get in touch with central, by a network or by a USB stick."
)


def lock_reason(session: Session, db: Database) -> str:
    """Why the laptop may not be used now, as a sentence; "" when it may.

    Args:
        session: The session.
        db: Its connection that the asking thread uses.
    """
    found = device_status.read(db)
    if found.locked:
        return LOCKED.get(found.locked, LOCKED["lock"])
    return TOO_LONG if _is_over(session, found) else ""


def is_lease_expired_only(session: Session, db: Database) -> bool:
    """Whether the laptop was without central for too long and nothing else keeps it locked.

    Whoever knows the passphrase then gets the way back to central, and nothing else.
    """
    found = device_status.read(db)
    return not found.locked and _is_over(session, found)


def require_unlocked(session: Session, db: Database, hindered: SyncProblem | None = None) -> None:
    """Do nothing when the laptop may be used.

    Args:
        session: The session.
        db: Its connection that the asking thread uses.
        hindered: Why central could not be asked just now, if it could not.

    Raises:
        LeaseOver: It was without central for too long.
        LaptopLocked: Its team lead locked it.
    """
    if is_lease_expired_only(session, db):
        raise LeaseOver(TOO_LONG, hindered) from hindered
    if why := lock_reason(session, db):
        raise LaptopLocked(why) from hindered


def days_left(session: Session) -> int | None:
    """How many whole days the laptop may still be without central; None when nobody said."""
    found = device_status.read(session.store.db)
    if not found.lease:
        return None
    return max((datetime.fromisoformat(found.lease) - _now(session, found)).days, 0)


def clock_ahead(db: Database) -> int:
    """By how many seconds this laptop's clock is ahead of central's, as last noticed; negative when behind."""
    return device_status.read(db).ahead


def note_server_time(session: Session, ahead: int) -> None:
    """Note what central's clock says and how long the machine has been on, so that the clock alone decides nothing.

    Raises:
        NotSaved: The disk refuses.
    """
    db = session.store.sync_db
    now, on = utc(session.now() - timedelta(seconds=ahead)), session.uptime()
    before = device_status.read(db)
    known = (before.ahead, before.latest[:13], before.boot)
    if known != (ahead, now[:13], on.boot) or _is_moved(session, before):  # the hour is enough, and saves a write
        with transaction(db):
            noted = replace(device_status.read(db), ahead=ahead, latest=now, boot=on.boot, uptime=on.seconds)
            device_status.save(db, noted)


def _is_over(session: Session, found: DeviceStatus) -> bool:
    return bool(found.lease) and _now(session, found) > datetime.fromisoformat(found.lease)


def _now(session: Session, found: DeviceStatus) -> datetime:
    """The time by central's clock, as well as it is known here; never earlier than it is known to have been.

    As long as the machine was on since central last spoke, and its clock was not moved, the time goes by how long it
    was on. A clock that was moved is believed, but not back beyond that. After a restart the clock is all there is; if
    it is behind the time that is known to have been, that time goes on from there.
    """
    wall = session.now().astimezone(UTC)
    if not found.latest:
        return wall
    if (passed := _passed(session, found)) is not None:
        return max(wall, passed) if _is_moved(session, found) else passed
    known = datetime.fromisoformat(found.latest)
    then = known + timedelta(seconds=found.ahead)
    return wall if wall >= known else known + max(wall - then, timedelta(0))


def _passed(session: Session, found: DeviceStatus) -> datetime | None:
    """The time by how long the machine has been on since central spoke; None when it was started anew since."""
    on = session.uptime()
    if not found.latest or not on.boot or on.boot != found.boot or on.seconds < found.uptime:
        return None
    return datetime.fromisoformat(found.latest) + timedelta(seconds=on.seconds - found.uptime)


def _is_moved(session: Session, found: DeviceStatus) -> bool:
    """Whether somebody moved the machine's clock since central spoke; not known after a restart, and then False."""
    passed = _passed(session, found)
    if passed is None:
        return False
    wall = session.now().astimezone(UTC)
    return abs(wall - timedelta(seconds=found.ahead) - passed) > MOVED
