"""One exchange from the device's side: send what waits, take what is new, until neither is left. No network in it."""

from collections.abc import Callable
from dataclasses import dataclass

from phb_tui.domain.changes import Seen
from phb_tui.errors import CentralNonsense, WouldRemove
from phb_tui.store import change_log, exchange, receiving, repair
from phb_tui.store.database import Database, transaction
from phb_tui.sync.protocol import MOST_CHANGES, MOST_SENT, PAGE_BYTES, Central, SyncReply, SyncRequest

MOST_REMOVED, MOST_OF_ALL = 50, 10
"""An exchange that would take more people than this off the laptop, or more than one in this many, asks first."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an exchange has come.

    Attributes:
        sent: Changes central has answered in this exchange.
        to_send: Changes still waiting.
        received: Records taken in this exchange.
        more: Whether central has more to send.
        total: How many changes central holds for the team.
        repaired: Records that differed from central's without a reason and were put right.
    """

    sent: int
    to_send: int
    received: int
    more: bool
    total: int = 0
    repaired: int = 0


@dataclass(frozen=True, slots=True)
class Here:
    """This laptop's side of an exchange.

    Attributes:
        db: The store, by a connection of its own.
        team_id: The team.
        device_id: This laptop.
        now: The time, ISO 8601 UTC, for "last sent".
        page: About how many bytes of records a page has.
    """

    db: Database
    team_id: str
    device_id: str
    now: Callable[[], str]
    page: int = PAGE_BYTES


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
        WouldRemove: Going on would take many people off this laptop; nothing of that was done.
        NotSaved: The disk refuses.
    """
    progress = Progress(0, 0, 0, more=True)
    while True:
        progress, again = _turn(here, central, progress)
        tell(progress)
        if not again:
            return progress


def _turn(here: Here, central: Central, so_far: Progress) -> tuple[Progress, bool]:
    """One round trip; how far it came, and whether there is more to do."""
    db, team_id = here.db, here.team_id
    mending = repair.needed(db, team_id)
    offered = change_log.waiting(db, team_id, MOST_CHANGES, MOST_SENT)
    cursor, chain = exchange.cursor(db, team_id), exchange.chain(db, team_id)
    asked = cursor
    if mending is not None:
        asked, chain, offered = Seen(cursor.epoch, mending[0]), mending[1], ()
    first = offered[0].op_no if offered else 1
    texts = tuple(change.text.encode() for change in offered)
    reply = central.sync(SyncRequest(team_id, here.device_id, asked, chain, first, texts, here.page))
    _check(reply, asked)
    repaired = 0
    with transaction(db):
        aside = {refusal.op_no: refusal.why for refusal in reply.refused}
        change_log.acknowledge(db, team_id, reply.ack, aside)
        receiving.put_aside(db, team_id, aside)
        repaired = _mend(db, team_id, reply) if mending is not None else _keep(db, team_id, cursor, reply)
        left = change_log.how_many_wait(db, team_id)
        more = reply.more or repair.needed(db, team_id) is not None
        if not more and not left:
            exchange.finished(db, team_id, here.now())
    if offered and left and change_log.waiting(db, team_id, 1)[0].op_no == offered[0].op_no:
        raise CentralNonsense("Central did not take what was sent and did not say why. Nothing is lost; try later.")
    sent = so_far.sent + sum(1 for change in offered if change.op_no <= reply.ack)
    received = so_far.received + len(reply.rows)
    done = Progress(sent, left, received, reply.more, reply.total, so_far.repaired + repaired)
    return done, more or bool(left)


def _keep(db: Database, team_id: str, cursor: Seen, reply: SyncReply) -> int:
    """Keep one reply: what is new, and how far we are. In a transaction."""
    if reply.cursor.epoch != cursor.epoch:
        exchange.start_again(db, team_id)
    _ask_before_removing(db, team_id, reply)
    receiving.receive(db, reply.rows, team_id)
    exchange.move(db, team_id, reply.cursor, reply.chain)
    if not reply.more and reply.checksum != exchange.checksum(db, team_id):
        repair.begin(db, team_id)
    return 0


def _mend(db: Database, team_id: str, reply: SyncReply) -> int:
    """Keep one page of a repair; at its end, how many records were put right. In a transaction."""
    here = exchange.cursor(db, team_id)
    if reply.cursor.epoch != here.epoch:
        repair.begin(db, team_id)
        exchange.move(db, team_id, Seen(reply.cursor.epoch, 0), "")
        exchange.start_again(db, team_id)
        return 0
    repair.gather(db, team_id, reply.rows, reply.cursor.seq, reply.chain)
    if reply.more:
        return 0
    mended = repair.finish(db, team_id)
    exchange.move(db, team_id, reply.cursor, reply.chain)
    if reply.checksum != exchange.checksum(db, team_id):
        raise CentralNonsense(
            "What central sent does not add up, also when all of it is sent again. Nothing is lost. Tell your IT team."
        )
    return mended


def _ask_before_removing(db: Database, team_id: str, reply: SyncReply) -> None:
    """Stop before an exchange takes many people off this laptop, unless the nurse said yes to so many."""
    removed = receiving.removes(db, reply.rows, team_id)
    if not removed:
        return
    allowed, people = exchange.may_remove(db, team_id), receiving.people(db, team_id)
    before = exchange.removed(db, team_id)
    asks = before + removed > MOST_REMOVED or (before + removed) * MOST_OF_ALL > before + people
    if asks and before + removed > allowed:
        raise WouldRemove(before + removed, people + before)
    exchange.note_removed(db, team_id, before + removed)


def _check(reply: SyncReply, cursor: Seen) -> None:
    """Refuse an answer that would move this laptop backwards or sideways."""
    seqs = [row.seq for row in reply.rows]
    backwards = reply.cursor.epoch == cursor.epoch and reply.cursor.seq < cursor.seq
    standing = reply.more and reply.cursor == cursor
    beyond = bool(seqs) and seqs[-1] > reply.cursor.seq
    if standing or beyond or backwards or seqs != sorted(seqs) or reply.ack < 0 or reply.cursor.epoch < cursor.epoch:
        raise CentralNonsense(
            "Central's answer does not make sense, so none of it was taken. Nothing is lost; try later."
        )
