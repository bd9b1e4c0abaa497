"""Sync use case: status, history of exchanges, and running an exchange."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from phb_tui.domain.calendar.timestamps import utc
from phb_tui.errors import PutBack, SyncProblem, WouldRemove
from phb_tui.services.session import Session
from phb_tui.services.sync import device_lock, enrolment
from phb_tui.store import change_log, key_values, records, sync_history, sync_state
from phb_tui.store.database import transaction
from phb_tui.store.sync_history import SyncRun
from phb_tui.sync import engine
from phb_tui.sync.engine import LocalSide, Progress
from phb_tui.sync.protocol import Central

__all__ = ["Progress", "Status", "SyncRun", "address", "allow_removals", "history", "status", "sync_now"]


@dataclass(frozen=True, slots=True)
class Status:
    """Sync status shown in the badge.

    Attributes:
        waiting: Changes central has not answered yet.
        last_at: When an exchange last ended well, ISO 8601 UTC; "" if never.
        conflicts: Records with an open conflict.
        quarantined: Quarantined changes that nobody has handled.
        days_left: Whole days until the offline lease expires; None without a lease.
    """

    waiting: int
    last_at: str
    conflicts: int
    quarantined: int
    days_left: int | None = None


def status(session: Session) -> Status:
    """Read the sync status."""
    db = session.store.db
    return Status(
        waiting=change_log.count_pending(db, session.team_id),
        last_at=sync_state.read(db, session.team_id).last_at,
        conflicts=records.count_in_conflict(db, session.team_id),
        quarantined=change_log.count_quarantined(db, session.team_id),
        days_left=device_lock.days_left(session),
    )


def address(session: Session) -> str:
    """Address of the central service."""
    return key_values.get(session.store.db, "central")


def history(session: Session, most: int) -> list[SyncRun]:
    """History of exchanges, newest first."""
    return sync_history.latest(session.store.db, session.team_id, most)


def allow_removals(session: Session, people: int) -> None:
    """Allow the next exchange to remove a number of people from this laptop.

    Raises:
        NotSaved: The disk refuses.
    """
    with transaction(session.store.db):
        sync_state.allow_removals(session.store.db, session.team_id, people)


def sync_now(session: Session, on_progress: Callable[[Progress], None], central: Central | None = None) -> Progress:
    """Exchange with central until nothing is left to send or receive; call it on a thread of its own.

    Args:
        session: The session; only its second connection is used.
        on_progress: Called with the progress after each round trip, on the same thread.
        central: Who to exchange with; the laptop's own central by HTTP unless a test brings another.

    Raises:
        LaptopLocked: It ended with an order to lock this laptop, or it still is without central for too long.
        SyncProblem: It did not finish; what was done is kept.
        NotSaved: The disk refuses.
    """
    with session.store.sync_lock:
        here = LocalSide(
            session.store.sync_db, session.team_id, enrolment.device_id(session), lambda: utc(session.now())
        )
        done = (
            _with_own_central(session, here, on_progress) if central is None else engine.run(here, central, on_progress)
        )
    if central is None:
        device_lock.require_unlocked(session, session.store.sync_db)
    return done


def _with_own_central(session: Session, here: LocalSide, on_progress: Callable[[Progress], None]) -> Progress:
    """Exchange over HTTP and save the result; repair the state first if the store was restored from an older copy."""
    from phb_tui.sync import restored_device  # noqa: PLC0415 - only needed when there is something to exchange
    from phb_tui.sync.http_client import HttpCentral  # noqa: PLC0415
    from phb_tui.sync.signing import Signer  # noqa: PLC0415

    db, key, problem = here.db, enrolment.device_key(session), ""
    done, before = Progress(0, 0, 0, more=True), Progress(0, 0, 0, more=True)

    def line(name: str) -> HttpCentral:
        signer = Signer(session.team_id, name, key)
        made = HttpCentral(key_values.get(db, "central"), signer, lambda: session.now().timestamp())
        made.ahead = device_lock.clock_ahead(db)
        return made

    def run(client: HttpCentral) -> None:
        nonlocal done

        def told(progress: Progress) -> None:
            nonlocal done
            done = replace(progress, up=before.up + client.up, down=before.down + client.down)
            on_progress(done)

        try:
            enrolment.join(session, client, key)
            engine.run(here, client, told)
            device_lock.note_server_time(session, client.ahead)
        finally:
            done = replace(done, up=before.up + client.up, down=before.down + client.down)

    try:
        try:
            with line(here.device_id) as client:
                run(client)
        except PutBack as back:
            here, before = restored_device.adopt_new_device_id(here, line, back, session.new_id), done
            with line(here.device_id) as client:
                run(client)
    except (SyncProblem, WouldRemove) as error:
        problem = error.sentence
        device_lock.require_unlocked(session, db, error)
        raise
    finally:
        at = utc(session.now())
        sync_history.note(db, session.team_id, SyncRun(at, done.sent, done.received, done.up, done.down, problem))
    return done
