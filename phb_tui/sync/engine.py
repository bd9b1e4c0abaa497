"""One exchange from the device's side: send what waits, take what is new, until neither is left. No network in it."""

from collections.abc import Callable
from dataclasses import dataclass

from phb_tui.domain.changes import Seen
from phb_tui.errors import CentralNonsense
from phb_tui.store import change_log, changes, exchange
from phb_tui.store.database import Database, transaction
from phb_tui.sync.protocol import MOST_CHANGES, MOST_RECORDS, Central, SyncReply, SyncRequest


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exchange has come.

    Attributes:
        sent: Changes central has answered in this exchange.
        to_send: Changes still waiting.
        received: Records taken in this exchange.
        more: Whether central has more to send.
        total: How many changes central holds for the team.
    """

    sent: int
    to_send: int
    received: int
    more: bool
    total: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """This laptop's side of an exchange.

    Attributes:
        db: The store, by a connection of its own.
        team_id: The team.
        device_id: This laptop.
        now: The time, ISO 8601 UTC, for "last sent".
        most: Records a page.
    """

    db: Database
    team_id: str
    device_id: str
    now: Callable[[], str]
    most: int = MOST_RECORDS


def run(here: Here, central: Central, tell: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Exchange with central until nothing waits and nothing is new.

    Every round trip is kept in one transaction. If the next one fails, the next exchange goes on from there.

    Args:
        here: This laptop.
        central: Who to exchange with.
        tell: Called after each round trip.

    Returns:
        Where it ended.

    Raises:
        SyncProblem: It did not finish; what was done is kept.
        NotSaved: The disk refuses.
    """
    db, team_id = here.db, here.team_id
    sent = received = 0
    while True:
        offered = change_log.waiting(db, team_id, MOST_CHANGES)
        cursor = exchange.cursor(db, team_id)
        reply = central.sync(
            SyncRequest(team_id, here.device_id, cursor, exchange.chain(db, team_id), offered, here.most)
        )
        _check(reply, cursor, team_id)
        with transaction(db):
            keep(db, team_id, reply)
            if not reply.more:
                exchange.finished(db, team_id, here.now())
        sent += sum(1 for change in offered if change.op_no <= reply.ack)
        received += len(reply.records)
        left = change_log.how_many_wait(db, team_id)
        progress = Progress(sent, left, received, reply.more, reply.total)
        tell(progress)
        if offered and left and change_log.waiting(db, team_id, 1)[0].op_no == offered[0].op_no:
            raise CentralNonsense("Central did not take what was sent and did not say why. Nothing is lost; try later.")
        if not reply.more and not left:
            return progress


def keep(db: Database, team_id: str, reply: SyncReply) -> None:
    """Keep one reply: what central has of ours, what is new, and how far we are. Call inside `transaction`."""
    change_log.acknowledge(db, team_id, reply.ack, {refusal.op_no: refusal.why for refusal in reply.refused})
    changes.receive(db, reply.records, team_id)
    exchange.move(db, team_id, reply.cursor, reply.chain)


def _check(reply: SyncReply, cursor: Seen, team_id: str) -> None:
    """Refuse an answer that would move this laptop backwards or sideways."""
    seqs = [record.seq for record in reply.records]
    foreign = any(record.team_id != team_id for record in reply.records)
    backwards = reply.cursor.epoch == cursor.epoch and reply.cursor.seq < cursor.seq
    standing = reply.more and reply.cursor == cursor
    if standing or foreign or backwards or seqs != sorted(seqs) or reply.ack < 0 or reply.cursor.epoch < cursor.epoch:
        raise CentralNonsense(
            "Central's answer does not make sense, so none of it was taken. Nothing is lost; try later."
        )
