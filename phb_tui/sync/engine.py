"""Sync engine of the device: sends pending changes and applies changed records, without any network code."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.domain.records.limits import to_send
from phb_tui.errors import CentralNonsense, WouldRemove
from phb_tui.store import change_log, device_status, remote_writes, repair, sync_state
from phb_tui.store.database import Database, transaction
from phb_tui.store.sync_state import SyncState
from phb_tui.sync import remote_commands, reply_checks
from phb_tui.sync.prefetch import Prefetcher
from phb_tui.sync.protocol import MOST_CHANGES, MOST_SENT, PAGE_BYTES, Central, DeviceBlocked, SyncReply, SyncRequest

FIRST_PAGE, SMALLEST_PAGE = 512 * 1024, 64 * 1024
"""The first page size of an exchange and the smallest, in bytes."""
MOST_CARRIED, MOST_CARRIED_BYTES = 50_000, 16 * 1024 * 1024
"""How many changes, and bytes of changes, one bundle holds at most."""
AIM = 0.04
"""How many seconds storing a page should take; a key press may have to wait that long for the write lock."""

MOST_REMOVED, MOST_OF_ALL = 50, 10
"""An exchange asks first if it would remove more people than this, or more than one in this many, from the laptop."""


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of an exchange.

    Attributes:
        sent: Changes that central has acknowledged in this exchange.
        to_send: Pending changes left, of those that existed when it began.
        received: Records received in this exchange.
        more: Whether central has more to send.
        total: How many changes central holds for the team.
        repaired: Records that differed from central's and were repaired.
        up: Bytes sent.
        down: Bytes received.
    """

    sent: int
    to_send: int
    received: int
    more: bool
    total: int = 0
    repaired: int = 0
    up: int = 0
    down: int = 0


@dataclass(frozen=True, slots=True)
class LocalSide:
    """This laptop's side of an exchange.

    Attributes:
        db: The store, on the connection for the exchange.
        team_id: The team.
        device_id: This laptop.
        now: Returns the current time, ISO 8601 UTC, for "last sent".
        page: The largest page size, in bytes.
    """

    db: Database
    team_id: str
    device_id: str
    now: Callable[[], str]
    page: int = PAGE_BYTES


def run(here: LocalSide, central: Central, on_progress: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Exchange with central until every change that is pending now is sent and every record received.

    Each round trip is stored in one transaction. If one fails, the next exchange continues from there.

    Args:
        here: This laptop.
        central: The connection to central.
        on_progress: Called after each round trip.

    Returns:
        The progress at the end.

    Raises:
        SyncProblem: It did not finish; completed round trips are stored.
        DeviceBlocked: Central has blocked this laptop; its commands were carried out and confirmed.
        WouldRemove: The next page would remove many people from this laptop; it was not applied.
        NotSaved: The disk refuses.
    """
    progress, page = Progress(0, 0, 0, more=True), min(FIRST_PAGE, here.page)
    # Changes written from now on are left to the next exchange, or this one would not end while somebody types.
    last = change_log.last(here.db, here.team_id)
    with Prefetcher(central) as ahead:
        while True:
            progress, again, seconds = _round_trip(here, ahead, progress, page, last)
            page = _next_page(page, seconds, here.page)
            on_progress(progress)
            if not again:
                return progress


def _next_page(page: int, seconds: float, most: int) -> int:
    """The next page size in bytes, adapted so that storing a page takes about `AIM` seconds."""
    right = int(page * min(max(AIM / max(seconds, 0.001), 0.5), 2.0))
    return min(max(right, SMALLEST_PAGE), most)


def _round_trip(
    here: LocalSide, central: Prefetcher, so_far: Progress, page: int, last: int
) -> tuple[Progress, bool, float]:
    """One round trip; returns the progress, whether there is more to do, and the seconds that storing took."""
    db, team_id = here.db, here.team_id
    state = sync_state.read(db, team_id)
    mending = state.repair_seq is not None
    offered = () if mending else change_log.pending(db, team_id, MOST_CHANGES, MOST_SENT)
    asked, chain = state.request_start
    first = offered[0].op_no if offered else 1
    texts = tuple(to_send(change) for change in offered)
    done, knows = remote_commands.to_confirm(db), _roster(db)
    unsent = change_log.count_pending(db, team_id) - len(offered)
    request = SyncRequest(team_id, here.device_id, asked, chain, first, texts, page, done, knows, unsent)
    try:
        reply = central.sync(request)
    except DeviceBlocked as out:
        if _run_commands(here, done, out):
            return so_far, True, 0.0  # once more, to confirm them to central
        raise
    reply_checks.check(reply, asked)
    reply_checks.check_history(here.db, here.team_id, reply)
    if reply.more and not offered and not done and not mending:
        knows = reply.colleagues.number if reply.colleagues else knows
        central.ask(replace(request, cursor=reply.cursor, chain=reply.chain, roster_version=knows))
    start = time.perf_counter()
    with transaction(db):
        remote_commands.confirmed(db, done)
        state, repaired, to_tell = _apply_reply(here, reply)
        left = change_log.count_pending(db, team_id, last)
        more = reply.more or state.repair_seq is not None
        sync_state.write(db, state if more or left else state.finished(here.now()))
    seconds = time.perf_counter() - start
    if offered and left and change_log.pending(db, team_id, 1)[0].op_no == offered[0].op_no:
        raise CentralNonsense(
            "The team server did not take what was sent and did not say why. Nothing is lost; try later."
        )
    sent = so_far.sent + sum(1 for change in offered if change.op_no <= reply.ack)
    received = so_far.received + len(reply.rows)
    progress = Progress(sent, left, received, reply.more, reply.total, so_far.repaired + repaired)
    return progress, more or bool(left) or to_tell, seconds


def _apply_reply(here: LocalSide, reply: SyncReply) -> tuple[SyncState, int, bool]:
    """Store one reply, but for the state. Call inside the transaction that then writes the state.

    Returns:
        The state then, how many records were put right, and whether there is a command to confirm.
    """
    db, team_id = here.db, here.team_id
    state = sync_state.read(db, team_id)
    aside = {refusal.op_no: refusal.why for refusal in reply.refused}
    change_log.acknowledge(db, team_id, reply.ack, aside)
    remote_writes.hide_rejected(db, team_id, aside)
    if state.repair_seq is None:
        state, repaired = _apply_page(db, state, reply), 0
    else:
        state, repaired = _apply_repair_page(db, state, reply)
    remote_commands.save_lease(db, team_id, here.device_id, reply.lease)
    remote_commands.save_roster(db, reply.colleagues)
    return state, repaired, remote_commands.carry_out(db, team_id, here.device_id, reply.orders)


def requests(here: LocalSide) -> list[SyncRequest]:
    """All pending changes as requests for a bundle; only the last one asks for records."""
    db, team_id = here.db, here.team_id
    state = sync_state.read(db, team_id)
    done, knows = remote_commands.to_confirm(db), _roster(db)
    made: list[SyncRequest] = []
    waits = list(change_log.pending(db, team_id, MOST_CARRIED, MOST_CARRIED_BYTES))
    left = change_log.count_pending(db, team_id)
    while waits or not made:
        some, waits = waits[:MOST_CHANGES], waits[MOST_CHANGES:]
        first = some[0].op_no if some else 1
        texts = tuple(to_send(change) for change in some)
        page = 1 if waits else here.page
        left -= len(some)
        made.append(
            SyncRequest(team_id, here.device_id, state.position, state.chain, first, texts, page, done, knows, left)
        )
    return made


def apply_answer(here: LocalSide, answer: list[tuple[SyncPosition, SyncReply]]) -> Progress:
    """Apply the replies of a bundle's answer, page by page.

    Pages that another exchange has overtaken are skipped: their records are here already or come with the next
    exchange. Their remote commands and lease are applied all the same.

    Args:
        here: This laptop.
        answer: Each reply with the cursor it answers.

    Raises:
        CentralNonsense, WouldRemove: The page was not applied.
        NotSaved: The disk refuses.
    """
    db, before = here.db, change_log.count_pending(here.db, here.team_id)
    received = total = 0
    for cursor, reply in answer:
        if sync_state.read(db, here.team_id).position != cursor:
            with transaction(db):
                _apply_device_orders(here, reply)
            continue
        reply_checks.check(reply, cursor)
        reply_checks.check_history(here.db, here.team_id, reply)
        with transaction(db):
            later = device_status.read(db).lease
            state, *_ = _apply_reply(here, reply)
            if reply.lease is not None and reply.lease.until < later:  # a late answer must not shorten the lease
                device_status.save(db, replace(device_status.read(db), lease=later))
            ended = not reply.more and not change_log.count_pending(db, here.team_id)
            sync_state.write(db, state.finished(here.now()) if ended else state)
        received, total = received + len(reply.rows), reply.total
    left = change_log.count_pending(db, here.team_id)
    return Progress(max(before - left, 0), left, received, more=False, total=total)


def _apply_device_orders(here: LocalSide, reply: SyncReply) -> None:
    """Apply only the remote commands of a reply, and its lease if it is longer. In a transaction."""
    db, team_id = here.db, here.team_id
    if reply.lease is not None and reply.lease.until > device_status.read(db).lease:
        remote_commands.save_lease(db, team_id, here.device_id, reply.lease)
    remote_commands.carry_out(db, team_id, here.device_id, reply.orders)


def _run_commands(here: LocalSide, done: tuple[str, ...], out: DeviceBlocked) -> bool:
    """Carry out the commands of a blocked laptop; returns whether there are commands to confirm."""
    with transaction(here.db):
        remote_commands.confirmed(here.db, done)
        return remote_commands.carry_out(here.db, here.team_id, here.device_id, out.orders)


def _roster(db: Database) -> int:
    number = device_status.roster(db).get("number", 0)
    return number if isinstance(number, int) else 0


def _apply_page(db: Database, state: SyncState, reply: SyncReply) -> SyncState:
    """Apply a page of changed records; returns the new state. In a transaction."""
    if reply.cursor.epoch != state.epoch:
        state = sync_state.start_epoch(db, state)
    state = _ask_before_removing(db, state, reply)
    found = remote_writes.apply_rows(db, reply.rows, state.team_id, state.checksum)
    state = replace(state, checksum=found).advanced(reply.cursor, reply.chain)
    if not reply.more and reply.checksum != state.checksum:
        return repair.begin(db, state)
    return state


def _apply_repair_page(db: Database, state: SyncState, reply: SyncReply) -> tuple[SyncState, int]:
    """Store one page of a repair; returns the new state and, at its end, how many were repaired. In a transaction."""
    if reply.cursor.epoch != state.epoch:
        state = repair.begin(db, state).advanced(SyncPosition(reply.cursor.epoch, 0), "")
        return sync_state.start_epoch(db, state), 0
    state = repair.gather(db, state, reply.rows, reply.cursor.seq, reply.chain)
    if reply.more:
        return state, 0
    state, repaired = repair.finish(db, state)
    if reply.checksum != state.checksum:
        raise CentralNonsense(
            "What the team server sent does not add up, also when all of it is sent again. Nothing is lost. "
            "Tell your IT team."
        )
    return state.advanced(reply.cursor, reply.chain), repaired


def _ask_before_removing(db: Database, state: SyncState, reply: SyncReply) -> SyncState:
    """Stop before an exchange takes many people off this laptop, unless the nurse allowed so many; the state then.

    Raises:
        WouldRemove: It has to be allowed first.
    """
    removed = remote_writes.count_removals(db, reply.rows, state.team_id)
    if not removed:
        return state
    people, after = remote_writes.people(db, state.team_id), state.removed + removed
    asks = after > MOST_REMOVED or after * MOST_OF_ALL > state.removed + people
    if asks and after > state.may_remove:
        raise WouldRemove(after, people + state.removed)
    return replace(state, removed=after)
