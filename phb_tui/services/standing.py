"""Whether this laptop may be used: its team lead's orders, and how long it may be without central."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from phb_tui.errors import LaptopLocked, LeaseOver, SyncProblem
from phb_tui.services.session import Session, utc
from phb_tui.store import standing
from phb_tui.store.database import Database, transaction
from phb_tui.store.standing import Standing

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
TOO_LONG = (
    "This laptop has been without central for too long, so it is locked. Nothing on it is lost. Type your passphrase "
    "to get in touch with central, by a network or by a USB stick."
)


def why_locked(session: Session, db: Database) -> str:
    """Why the laptop may not be used now, as a sentence; "" when it may.

    Args:
        session: The session.
        db: Its connection that the asking thread uses.
    """
    found = standing.read(db)
    if found.locked:
        return LOCKED.get(found.locked, LOCKED["lock"])
    return TOO_LONG if _is_over(session, found) else ""


def only_over(session: Session, db: Database) -> bool:
    """Whether the laptop was without central for too long and nothing else keeps it locked.

    Whoever knows the passphrase then gets the way back to central, and nothing else.
    """
    found = standing.read(db)
    return not found.locked and _is_over(session, found)


def refuse(session: Session, db: Database, hindered: SyncProblem | None = None) -> None:
    """Do nothing when the laptop may be used.

    Args:
        session: The session.
        db: Its connection that the asking thread uses.
        hindered: Why central could not be asked just now, if it could not.

    Raises:
        LeaseOver: It was without central for too long.
        LaptopLocked: Its team lead locked it.
    """
    if only_over(session, db):
        raise LeaseOver(TOO_LONG, hindered) from hindered
    if why := why_locked(session, db):
        raise LaptopLocked(why) from hindered


def days_left(session: Session) -> int | None:
    """How many whole days the laptop may still be without central; None when nobody said."""
    found = standing.read(session.store.db)
    if not found.lease:
        return None
    return max((datetime.fromisoformat(found.lease) - _now(session, found)).days, 0)


def clock_ahead(db: Database) -> int:
    """By how many seconds this laptop's clock is ahead of central's, as last noticed; negative when behind."""
    return standing.read(db).ahead


def spoke(session: Session, ahead: int) -> None:
    """Note what central's clock says, so that setting the laptop's back gives no more time.

    Raises:
        NotSaved: The disk refuses.
    """
    db = session.store.exchange_db
    now = utc(session.now() - timedelta(seconds=ahead))
    before = standing.read(db)
    if before.ahead != ahead or before.latest[:13] != now[:13]:  # the hour is enough, and saves a write
        with transaction(db):
            standing.save(db, replace(standing.read(db), ahead=ahead, latest=now))


def _is_over(session: Session, found: Standing) -> bool:
    return bool(found.lease) and _now(session, found) > datetime.fromisoformat(found.lease)


def _now(session: Session, found: Standing) -> datetime:
    """The time by central's clock, as well as it is known here; never earlier than it is known to have been."""
    now = session.now().astimezone(UTC) - timedelta(seconds=found.ahead)
    return max(now, datetime.fromisoformat(found.latest)) if found.latest else now
