"""Cost of central: changes ingested per processor second, and the effect of many laptops or a long history."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import psycopg

from benchmarks import central_process
from benchmarks.central_process import TEAM, Edits, Running
from benchmarks.report import ratio, share_in_turn
from phb_tui.central.storage.queries import INSERT_CHANGES, INSERT_RECORDS
from phb_tui.sync.http_client import HttpCentral
from tests import factories


def ingest(central: Running) -> None:
    """Measure changes ingested per processor second, against COPY of the same rows.

    A request is as large as a laptop's that has been away. Both figures count whoever hands the rows to the database:
    central with its HTTP, and the program that copies. COPY checks, merges and answers nothing, and cannot be used
    where rows are guarded. The second line leaves the copying program out: it is the limit of the database alone.
    """
    laptop = Edits(central, "writer")
    requests = [laptop.request(LARGE, new=True) for _ in range(41)]
    shares, shares_alone = [], []
    with central.line("writer") as line, psycopg.connect(central.root) as bare:
        for number, request in enumerate(requests):
            ours, _laptop = used(central, line.sync, request)
            log, rows = central_process.written(bare, LARGE)
            bare.commit()
            database, program = used(central, copy_in, bare, log, rows)
            if number:  # the first has connections to open and statements to plan
                shares.append((LARGE / ours, LARGE / (database + program)))
                shares_alone.append((LARGE / ours, LARGE / database))
    share_in_turn("changes taken a core-second, of COPY", shares, 0.6)
    share_in_turn("  of COPY without the program that copies", shares_alone)


LARGE = 1_900
"""Changes of about 550 bytes that fit one request; see `protocol.MOST_SENT`."""


def used(central: Running, work: Callable[..., object], *about: object) -> tuple[float, float]:
    """Processor seconds that some work used: by central with its database, and by this program."""
    before, here = processor_seconds(central), time.process_time()
    work(*about)
    return processor_seconds(central) - before, time.process_time() - here


def copy_in(database: psycopg.Connection[Any], log: list[Any], rows: list[Any]) -> None:
    """COPY rows into the tables and commit durably."""
    for bulk, found in ((INSERT_CHANGES, log), (INSERT_RECORDS, rows)):
        sql = f"COPY {bulk.table} ({', '.join(bulk.columns)}) FROM STDIN"
        with database.cursor() as cursor, cursor.copy(sql.encode()) as copy:
            for row in found:
                copy.write_row(row)
    database.commit()


def processor_seconds(central: Running) -> float:
    """Processor seconds used so far by central and its database."""
    master = psutil.Process(central.database_pid)
    return sum(_seconds(process) for process in (psutil.Process(central.pid), master, *master.children(recursive=True)))


def _seconds(process: psutil.Process) -> float:
    """Processor seconds of a process with all its threads, to the nanosecond where the system says so."""
    if exact := list(Path(f"/proc/{process.pid}/task").glob("*/schedstat")):
        return sum(int(thread.read_text(encoding="ascii").split()[0]) for thread in exact) / 1e9
    times = process.cpu_times()
    return float(times.user + times.system)


def flat(central: Running) -> None:
    """Time of an exchange of one edit with 10 laptops and 10,000 changes, and with a thousand times as many."""
    laptop = Edits(central, "daily")
    with central.line("daily") as line, psycopg.connect(central.root, autocommit=True) as database:
        for number in range(8):
            factories.admit(
                central.storage, TEAM, f"few{number}", factories.nurse(f"few{number}"), central_process.PUBLIC
            )
        central_process.analyse(central)
        first = _daily(laptop, line)
        database.execute(_MANY_LAPTOPS)
        central_process.analyse(central)
        ratio("an exchange with 10,000 laptops, to 10", _daily(laptop, line), first, 1.25)
        database.execute(_MANY_CHANGES)
        database.execute("UPDATE team SET seq = seq + 10000000 WHERE team_id = 'north'")
        central_process.analyse(central)
        ratio("an exchange with 10,000,000 changes, to 10,000", _daily(laptop, line), first, 1.25)


_MANY_LAPTOPS = """
INSERT INTO device (team_id, device_id, staff_id, label, public_key, state, last_op, head, enrolled_at, seen_at)
SELECT 'north', 'many' || n, 'nurse-daily', 'laptop', '', 'active', 0, '', '', '' FROM generate_series(1, 9990) n
"""
_MANY_CHANGES = """
INSERT INTO change (team_id, seq, device_id, op_no, record_id, hash, chain, outcome, why, received_at, body)
SELECT 'north', team.seq + n, 'many' || n % 9990, n, 'r' || n % 10000, md5(n::text), md5(n::text), 'applied', '',
    '2026-11-23T09:00:00.000Z', repeat('Rhys would like to go to choir. ', 6)
FROM team, generate_series(1, 10000000) n WHERE team.team_id = 'north'
"""


def _daily(laptop: Edits, line: HttpCentral) -> list[float]:
    """Milliseconds for each of many exchanges of one edit, after the first pull."""
    reply, times = line.sync(replace(laptop.request(1), page=4_000_000)), []
    while reply.more:
        reply = line.sync(
            replace(central_process.asking(laptop.name, []), cursor=reply.cursor, chain=reply.chain, page=4_000_000)
        )
    for _ in range(80):
        request = replace(laptop.request(1), cursor=reply.cursor, chain=reply.chain)
        started = time.perf_counter()
        reply = line.sync(request)
        times.append((time.perf_counter() - started) * 1000)
        assert len(reply.rows) == 1
    return times
