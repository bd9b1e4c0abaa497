"""Sending and getting: what waits, how it went before, and doing it now."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from phb_tui.errors import SyncProblem, WouldRemove
from phb_tui.services import joining, standing
from phb_tui.services.session import Session, utc
from phb_tui.store import change_log, exchange, exchanges, meta, records
from phb_tui.store.database import transaction
from phb_tui.store.exchanges import Exchange
from phb_tui.sync import engine
from phb_tui.sync.engine import Here, Progress
from phb_tui.sync.protocol import Central

__all__ = ["Exchange", "Progress", "Status", "address", "earlier", "may_remove", "status", "sync_now"]


@dataclass(frozen=True, slots=True)
class Status:
    """What the badge says.

    Attributes:
        waiting: Changes central has not answered yet.
        last_at: When an exchange last ended well, ISO 8601 UTC; "" if never.
        conflicts: Records with an open conflict.
        refused: Changes central kept aside that nobody has seen to.
        days_left: Whole days the laptop may still be without central; None when nobody said.
    """

    waiting: int
    last_at: str
    conflicts: int
    refused: int
    days_left: int | None = None


def status(session: Session) -> Status:
    """What waits and when it last went well."""
    db = session.store.db
    return Status(
        waiting=change_log.how_many_wait(db, session.team_id),
        last_at=exchange.last_at(db, session.team_id),
        conflicts=records.how_many_in_conflict(db, session.team_id),
        refused=change_log.how_many_refused(db, session.team_id),
        days_left=standing.days_left(session),
    )


def address(session: Session) -> str:
    """Where central is."""
    return meta.get(session.store.db, "central")


def earlier(session: Session, most: int) -> list[Exchange]:
    """The last exchanges, newest first."""
    return exchanges.latest(session.store.db, session.team_id, most)


def may_remove(session: Session, people: int) -> None:
    """Say that the next exchange may take so many people off this laptop.

    Raises:
        NotSaved: The disk refuses.
    """
    with transaction(session.store.db):
        exchange.allow_removing(session.store.db, session.team_id, people)


def sync_now(session: Session, tell: Callable[[Progress], None], central: Central | None = None) -> Progress:
    """Exchange with central until nothing waits and nothing is new. Call it on a thread of its own.

    Args:
        session: The session; only its second connection is used.
        tell: Called after each round trip, on this thread.
        central: Who to exchange with; the laptop's own central by HTTP unless a test brings another.

    Raises:
        LaptopLocked: It ended with an order to lock this laptop, or it still is without central for too long.
        SyncProblem: It did not finish; what was done is kept.
        NotSaved: The disk refuses.
    """
    db = session.store.exchange_db
    here = Here(db, session.team_id, session.device_id, lambda: utc(session.now()))
    with session.store.exchanging:
        if central is not None:
            return engine.run(here, central, tell)
        from phb_tui.sync.http import HttpCentral  # noqa: PLC0415 - only needed when there is something to exchange
        from phb_tui.sync.signing import Signer  # noqa: PLC0415

        key = joining.device_key(session)
        signer = Signer(session.team_id, session.device_id, key)
        with HttpCentral(meta.get(db, "central"), signer, lambda: session.now().timestamp()) as client:
            client.ahead = standing.clock_ahead(db)
            done, problem = Progress(0, 0, 0, more=True), ""

            def told(progress: Progress) -> None:
                nonlocal done
                done = replace(progress, up=client.up, down=client.down)
                tell(done)

            try:
                joining.join(session, client, key)
                engine.run(here, client, told)
                standing.spoke(session, client.ahead)
            except (SyncProblem, WouldRemove) as error:
                problem = error.sentence
                standing.refuse(session, db, error)
                raise
            finally:
                at = utc(session.now())
                exchanges.note(
                    db, session.team_id, Exchange(at, done.sent, done.received, client.up, client.down, problem)
                )
    standing.refuse(session, db)
    return done
