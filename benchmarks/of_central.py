"""What central costs itself: changes taken for each core, and whether many laptops or a long history cost more."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psutil
import psycopg

from benchmarks import central as c
from benchmarks.central import BARE, TEAM, Edits, Running, json_of
from benchmarks.report import ratio, share
from phb_tui.central.postgres import _bulk
from phb_tui.central.statements import APPEND, SAVE_ROWS
from phb_tui.sync.http import HttpCentral
from tests import centrals


def ingest(central: Running) -> None:
    """Changes central takes in a second of one processor, against COPY of the same rows into the same tables.

    COPY checks and merges nothing and cannot be used where rows are guarded: it is the limit of the database alone.
    The second figure is what the database needs to write those rows under its guards, without any of our code.
    """
    laptop = Edits(central, "writer")
    requests = [laptop.request(500, new=True) for _ in range(40)]
    count = laptop.last
    with central.line("writer") as line:
        ours = [used(central, line.sync, request) for request in requests]
    with psycopg.connect(central.root) as bare:
        log, rows = laptop.written(bare, count)
        copied = [used(central, copy_in, bare, _part(log, turn), _part(rows, turn, "copy")) for turn in range(40)]
        with psycopg.connect(central.database) as guarded:
            for line_ in log:
                line_[2] = "guarded"
                line_[1] += BARE
            alone = [
                used(central, write, guarded, _part(log, turn), _part(rows, turn, "guarded")) for turn in range(40)
            ]
    share("changes taken a core-second, of COPY", count / sum(ours), count / sum(copied), 0.6)
    share("  only written by the guarded database, of COPY", count / sum(alone), count / sum(copied), 0.6)


def used(central: Running, work: Callable[..., object], *about: object) -> float:
    """Processor seconds that central and its database used for some work."""
    before = processor_seconds(central)
    work(*about)
    return processor_seconds(central) - before


def _part(rows: list[list[Any]], turn: int, name: str = "") -> list[list[Any]]:
    """One request's rows of many; records under names of their own."""
    part = rows[turn * 500 : turn * 500 + 500]
    return [[row[0], f"{name}{row[1]}", *row[2:]] for row in part] if name else part


def write(database: psycopg.Connection[Any], log: list[Any], rows: list[Any]) -> None:
    """Write rows as central does, and nothing else."""
    database.execute("SET LOCAL phb.teams = 'north'")
    database.execute(_bulk(APPEND), [json_of(APPEND, log)])
    database.execute(_bulk(SAVE_ROWS), [json_of(SAVE_ROWS, rows)])
    database.commit()


def copy_in(database: psycopg.Connection[Any], log: list[Any], rows: list[Any]) -> None:
    """Copy rows in, durably."""
    for bulk, found in ((APPEND, log), (SAVE_ROWS, rows)):
        sql = f"COPY {bulk.table} ({', '.join(bulk.columns)}) FROM STDIN"
        with database.cursor() as cursor, cursor.copy(sql.encode()) as copy:
            for row in found:
                copy.write_row(row)
    database.commit()


def processor_seconds(central: Running) -> float:
    """What central and its database have used of the processors so far."""
    master = psutil.Process(central.database_pid)
    gone = master.cpu_times()
    alive = [process.cpu_times() for process in (psutil.Process(central.pid), master, *master.children(recursive=True))]
    found = sum(times.user + times.system for times in alive) + gone.children_user + gone.children_system
    return float(found)


def flat(central: Running) -> None:
    """One exchange of a single edit with 10 laptops and 10,000 changes, and with a thousand times as many."""
    laptop = Edits(central, "daily")
    with central.line("daily") as line, psycopg.connect(central.root, autocommit=True) as database:
        for number in range(8):
            centrals.admit(central.storage, TEAM, f"few{number}", centrals.nurse(f"few{number}"), c.PUBLIC)
        c.analyse(central)
        first = _daily(laptop, line)
        database.execute(_MANY_LAPTOPS)
        c.analyse(central)
        ratio("an exchange with 10,000 laptops, to 10", _daily(laptop, line), first, 1.25)
        database.execute(_MANY_CHANGES)
        database.execute("UPDATE team SET seq = seq + 10000000 WHERE team_id = 'north'")
        c.analyse(central)
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
    """Milliseconds for each of many exchanges of one edit, once what was new has been fetched."""
    reply, times = line.sync(replace(laptop.request(1), page=4_000_000)), []
    while reply.more:
        reply = line.sync(replace(c.asking(laptop.name, []), cursor=reply.cursor, chain=reply.chain, page=4_000_000))
    for _ in range(80):
        request = replace(laptop.request(1), cursor=reply.cursor, chain=reply.chain)
        started = time.perf_counter()
        reply = line.sync(request)
        times.append((time.perf_counter() - started) * 1000)
        assert len(reply.rows) == 1
    return times
