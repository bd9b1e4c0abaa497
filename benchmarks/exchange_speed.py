"""Benchmarks of the exchange against bare SQLCipher, PostgreSQL, HTTP and zstd in the same run."""

import asyncio
import gc
import sys
import time
from dataclasses import replace
from pathlib import Path

import httpx2
import psycopg

from benchmarks import central_process
from benchmarks.central_process import TEAM, Edits, Running
from benchmarks.report import difference, limit, ratio, ratio_in_turn
from phb_tui.domain.records.record_codec import Row
from phb_tui.keys.passphrase import FLOOR
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.start import unlocking
from phb_tui.store import key_values, migrations
from phb_tui.store.database import Database, create_database, open_database, transaction
from phb_tui.store.remote_writes import _INSERT, _VALUES, _values
from phb_tui.sync import engine
from phb_tui.sync.engine import LocalSide
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.protocol import PAGE_BYTES, SyncReply
from tests import factories
from tests.screens.app_harness import opened

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

KEY = bytes(32)
PASSPHRASE = "four plain words together"  # noqa: S105 - of a laptop that lives a minute


def store(path: Path) -> Database:
    """Create a new encrypted store."""
    path.unlink(missing_ok=True)
    create_database(path, bytearray(KEY), migrations.script())
    made = open_database(path, bytearray(KEY))
    key_values.put(made, {"central_key": factories.PUBLIC_KEY})
    return made


def here(db: Database, device: str) -> LocalSide:
    """The laptop's side of an exchange."""
    return LocalSide(db, TEAM, device, lambda: "2026-11-23T09:00:00.000Z")


def pull(central: Running, folder: Path) -> None:
    """Time of the first pull into the encrypted store, against inserting the same rows."""
    factories.admit(central.storage, TEAM, "new", factories.nurse("new"), central_process.PUBLIC)
    rows: list[Row] = []
    turns, down = [], 0
    for _ in range(5):
        db = store(folder / "ours.db")
        gc.collect()
        gc.freeze()  # what this benchmark itself holds is not the laptop's
        with central.line("new") as line:
            started = time.perf_counter()
            engine.run(here(db, "new"), line)
            ours = time.perf_counter() - started
            down = line.down
        if not rows:
            sql = "SELECT record_id, kind, person_id, seq, shown, origins, '', conflicts FROM record"
            rows = [Row(*row) for row in db.execute(sql).fetchall()]
        db.close()
        db = store(folder / "bare.db")
        values = [_values(TEAM, row) for row in rows]
        started = time.perf_counter()
        with transaction(db):
            db.conn.executemany(f"{_INSERT} {_VALUES}", values)
        turns.append((ours * 1000, (time.perf_counter() - started) * 1000))
        db.close()
    ratio_in_turn("first pull of 50,000 records, encrypted", [([ours], [bare]) for ours, bare in turns], 1.3)
    raw = b"".join(f"{r.record_id}{r.kind}{r.person_id}{r.seq}{r.values}{r.origins}".encode() for r in rows)
    squeezed = len(zstd.compress(raw, 3))
    ratio("bytes of the first pull over zstd of the rows", [down / 1e6], [squeezed / 1e6], 1.1, "MB")


def push(central: Running) -> None:
    """Time of a day's 500 edits in one request, against one bare transaction with the same rows."""
    laptop = Edits(central, "pusher")
    turns = []
    with central.line("pusher") as line, psycopg.connect(central.owner) as bare:
        bare.execute(f"SET phb.teams = '{TEAM},{central_process.OTHER}'")
        reply = caught_up(line, line.sync(laptop.request(1)), laptop.name)
        for _ in range(9):
            request = replace(laptop.request(500), cursor=reply.cursor, chain=reply.chain, page=PAGE_BYTES)
            started = time.perf_counter()
            reply = line.sync(request)
            ours = (time.perf_counter() - started) * 1000
            # The same answer brings the records back as they stand now, which the bare transaction does not.
            assert (reply.ack, reply.refused, len(reply.rows)) == (laptop.last, (), 500)
            log, rows = central_process.written(bare, 500)
            bare.commit()
            started = time.perf_counter()
            central_process.write(bare, log, rows)
            turns.append(([ours], [(time.perf_counter() - started) * 1000]))
    ratio_in_turn("push of 500 changes in one request", turns, 2.0)


def caught_up(line: HttpCentral, reply: SyncReply, name: str) -> SyncReply:
    """The reply with which a laptop has received everything."""
    while reply.more:
        reply = line.sync(
            replace(central_process.asking(name, []), cursor=reply.cursor, chain=reply.chain, page=PAGE_BYTES)
        )
    return reply


def no_change(central: Running) -> None:
    """Time of an exchange without news, against the smallest request to the same service."""
    laptop = Edits(central, "asker")
    with central.line("asker") as line, httpx2.Client() as client:
        reply = caught_up(line, line.sync(laptop.request(1)), laptop.name)
        knows = reply.colleagues.number if reply.colleagues else 0
        nothing = replace(
            central_process.asking("asker", []),
            cursor=reply.cursor,
            chain=reply.chain,
            page=PAGE_BYTES,
            roster_version=knows,
        )
        ours, bare = [], []
        for _ in range(200):
            started = time.perf_counter()
            reply = line.sync(nothing)
            ours.append((time.perf_counter() - started) * 1000)
            assert not reply.rows
            started = time.perf_counter()
            client.get(f"{central.address}/healthz")
            bare.append((time.perf_counter() - started) * 1000)
    difference("nothing new: one request, over a bare request", ours, bare, 3)


async def held_up(central: Running, folder: Path) -> None:
    """Longest delay of the event loop, and of saving a draft, while 50,000 records are received."""
    factories.invite(central.storage, TEAM, ("busy", factories.nurse("busy")))
    unlocking.set_up(folder / "stores", PASSPHRASE, factories.joining(central.address, TEAM, "busy"), FLOOR)
    session = unlocking.unlock(folder / "stores", PASSPHRASE)
    person_id = caseload.add(session).record_id
    gaps: list[float] = []
    async with opened(session) as (app, pilot):
        await pilot.pause()
        gc.collect()
        app.exchange()
        while app.background_sync._running:
            started = time.perf_counter()
            await asyncio.sleep(0.002)
            if len(gaps) % 10 == 0:
                record = editing.read(session, "person", person_id, person_id)
                editing.save(session, record, {"phone": str(len(gaps))})
            gaps.append((time.perf_counter() - started) * 1000)
        await pilot.pause(0.5)  # until it has been told how it ended
        people = caseload.count(session)
    session.close()
    assert people >= central_process.PEOPLE, people
    limit("screens held up by an exchange, at the longest", max(gaps), 100)
