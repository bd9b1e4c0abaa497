"""History of the last 200 synchronisations."""

from dataclasses import asdict, dataclass

from sqlite_utils import Database

from phb_tui.store.database import transaction

KEPT = 200
"""How many exchanges are kept; older ones are deleted."""


@dataclass(frozen=True, slots=True)
class SyncRun:
    """One finished exchange with central.

    Attributes:
        at: When it ended, ISO 8601 UTC.
        sent: Changes that central acknowledged.
        received: Records received.
        bytes_up: Bytes sent.
        bytes_down: Bytes received.
        problem: The sentence it ended with; "" when it ended well.
    """

    at: str
    sent: int
    received: int
    bytes_up: int
    bytes_down: int
    problem: str


def note(db: Database, team_id: str, exchange: SyncRun) -> None:
    """Store a finished exchange; one that only repeats the last, such as no network again, replaces it.

    Raises:
        NotSaved: The disk refuses.
    """
    with transaction(db):
        last = db.execute(
            "SELECT number, problem, sent, received FROM exchanged ORDER BY number DESC LIMIT 1"
        ).fetchone()
        if last and last[1:] == (exchange.problem, 0, 0) and not exchange.sent and not exchange.received:
            db.execute("DELETE FROM exchanged WHERE number = ?", [last[0]])
        db.table("exchanged").insert({"team_id": team_id, **asdict(exchange)})
        db.execute("DELETE FROM exchanged WHERE number <= (SELECT max(number) FROM exchanged) - ?", [KEPT])


def latest(db: Database, team_id: str, most: int) -> list[SyncRun]:
    """The last exchanges, newest first, at most `most`."""
    rows = db.table("exchanged").rows_where(
        "team_id = ?", [team_id], order_by="number DESC", limit=most, select=", ".join(SyncRun.__slots__)
    )
    return [SyncRun(**row) for row in rows]
