"""Sending and getting: what waits, when it last went well, and doing it now."""

from collections.abc import Callable
from dataclasses import dataclass

from phb_tui.services.session import Session, utc
from phb_tui.store import change_log, exchange, meta, records
from phb_tui.sync import engine
from phb_tui.sync.engine import Here, Progress
from phb_tui.sync.protocol import Central

__all__ = ["Progress", "Status", "address", "refused", "status", "sync_now"]


@dataclass(frozen=True, slots=True)
class Status:
    """What the badge says.

    Attributes:
        waiting: Changes central has not answered yet.
        last_at: When an exchange last ended well, ISO 8601 UTC; "" if never.
        conflicts: Records with an open conflict.
        refused: Changes central kept aside.
    """

    waiting: int
    last_at: str
    conflicts: int
    refused: int


def status(session: Session) -> Status:
    """What waits and when it last went well."""
    db = session.store.db
    return Status(
        waiting=change_log.how_many_wait(db, session.team_id),
        last_at=exchange.last_at(db, session.team_id),
        conflicts=records.how_many_in_conflict(db, session.team_id),
        refused=len(change_log.refused(db, session.team_id)),
    )


def address(session: Session) -> str:
    """Where central is."""
    return meta.get(session.store.db, "central")


def refused(session: Session) -> list[str]:
    """The sentences of changes central kept aside."""
    return [why for _, why in change_log.refused(session.store.db, session.team_id)]


def sync_now(session: Session, tell: Callable[[Progress], None], central: Central | None = None) -> Progress:
    """Exchange with central until nothing waits and nothing is new. Call it on a thread of its own.

    Args:
        session: The session; only its second connection is used.
        tell: Called after each round trip, on this thread.
        central: Who to exchange with; the laptop's own central by HTTP unless a test brings another.

    Raises:
        SyncProblem: It did not finish; what was done is kept.
        NotSaved: The disk refuses.
    """
    db = session.store.exchange_db
    here = Here(db, session.team_id, session.device_id, lambda: utc(session.now()))
    with session.store.exchanging:
        if central is not None:
            return engine.run(here, central, tell)
        from phb_tui.sync.http import HttpCentral  # noqa: PLC0415 - only needed when there is something to exchange

        with HttpCentral(meta.get(db, "central"), meta.get(db, "token")) as client:
            return engine.run(here, client, tell)
