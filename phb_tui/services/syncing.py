"""Sending and getting: what waits, when it last went well, and doing it now."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from phb_tui.services.session import Session, utc
from phb_tui.store import change_log, exchange, meta, records
from phb_tui.sync import engine
from phb_tui.sync.engine import Here, Progress
from phb_tui.sync.protocol import Central

if TYPE_CHECKING:
    from phb_tui.sync.http import HttpCentral

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
        from phb_tui.sync.signing import Signer  # noqa: PLC0415

        key = meta.get(db, "device_key")
        signer = Signer(session.team_id, session.device_id, key)
        with HttpCentral(meta.get(db, "central"), signer, lambda: session.now().timestamp()) as client:
            _join(session, client, key)
            return engine.run(here, client, tell)


def _join(session: Session, client: "HttpCentral", key: str) -> None:
    """Join with the team lead's code, unless that was done before."""
    db = session.store.exchange_db
    code = meta.get(db, "code")
    if not code:
        return
    from phb_tui.sync.protocol import Enrolment  # noqa: PLC0415
    from phb_tui.sync.signing import private_key  # noqa: PLC0415

    public = private_key(key).public_key().public_bytes_raw().hex()
    client.enrol(Enrolment(session.team_id, session.device_id, public, code, f"{session.nurse.name}'s laptop"))
    meta.put(db, {"code": ""})
