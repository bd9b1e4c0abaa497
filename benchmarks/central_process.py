"""Starts a real central on a real PostgreSQL, with a team of 50,000 records."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from msgspec.structs import replace
from psycopg import conninfo

from phb_tui.central.storage.migrations import columns
from phb_tui.central.storage.postgres import PostgresEngine
from phb_tui.central.storage.queries import INSERT_CHANGES, UPSERT_RECORDS, BulkInsert
from phb_tui.central.storage.repository import Storage
from phb_tui.central.storage.sqlite import on_conflict
from phb_tui.domain.records.changes import Change, SyncPosition
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.protocol import MOST_CHANGES, SyncRequest
from phb_tui.sync.signing import Signer, new_key
from tests import factories, postgres

TEAM, OTHER, PEOPLE, EACH = "north", "south", 1_000, 50
"""The measured team, a team for the bare baseline, number of people, records of each."""
KEY, PUBLIC = new_key()
"""Key pair of every laptop here."""
WORDS = """
Rhys would like to go back to choir on Thursdays and needs somebody to drive him there and stay for the whole evening
because the steps are steep and he tires quickly after six his sister can help every other week but not in school
holidays we agreed to ask the day centre about a lift and to look again at the money in March
"""
_WORDS = WORDS.split()


@dataclass(frozen=True, slots=True)
class Running:
    """A running central.

    Attributes:
        address: Where it listens.
        database: Where its tables are, as central itself reaches them.
        owner: The same, as their owner.
        root: The same, as whoever the guards do not bind.
        storage: Its tables, for filling them.
        pid: Its process.
        database_pid: The database's first process.
        people: How many people the team has.
    """

    address: str
    database: str
    owner: str
    root: str
    storage: Storage
    pid: int
    database_pid: int
    people: int

    def line(self, device: str) -> HttpCentral:
        """A laptop's HTTP client."""
        return HttpCentral(self.address, Signer(TEAM, device, KEY))


@contextmanager
def running(folder: Path, people: int = PEOPLE) -> Iterator[Running]:
    """Start central with a team of a number of people with 50 records each; stop it at the end of the block."""
    key_file = folder / "central.key"
    key_file.write_text(factories.KEY, encoding="utf-8")
    key_file.chmod(0o600)
    with postgres.database("18") as (owner, database):
        storage = Storage(PostgresEngine(database))
        factories.admit(storage, TEAM, "filler", factories.nurse("filler"), PUBLIC)
        command = [sys.executable, "-m", "phb_tui.central", "serve", "--port", "0"]
        command += ["--database", database, "--key-file", str(key_file)]
        central = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            assert central.stdout
            address = central.stdout.readline().split()[-1]
            pid_file = Path(os.environ[postgres.SHARED]) / "18" / "data" / "postmaster.pid"
            database_pid = int(pid_file.read_text(encoding="utf-8").splitlines()[0])
            root = conninfo.make_conninfo(postgres.server("18"), dbname=conninfo.conninfo_to_dict(owner)["dbname"])
            made = Running(address, database, owner, root, storage, central.pid, database_pid, people)
            fill(made)
            make_durable(root)
            yield made
        finally:
            central.terminate()
            central.wait(30)
            storage.close()


def make_durable(root: str) -> None:
    """Switch synchronous commit and fsync on, as in production."""
    with psycopg.connect(root, autocommit=True) as database:
        database.execute("ALTER SYSTEM SET fsync = on")
        database.execute("SELECT pg_reload_conf()")
        while database.execute("SHOW fsync").fetchone() != ("on",):
            time.sleep(0.05)
        database.execute("CHECKPOINT")


def fill(central: Running) -> None:
    """Send all records of all people through a laptop's exchange."""
    with central.line("filler") as line:
        numbered, prev = 0, ""
        for first in range(0, central.people * EACH, MOST_CHANGES):
            batch = [_first(number) for number in range(first, first + MOST_CHANGES)]
            made, prev = in_order(batch, numbered, prev)
            numbered += len(made)
            line.sync(asking("filler", made))
    with psycopg.connect(central.root) as database:
        for table in ("team", "change", "record"):
            names = [name for name in columns()[table] if name != "team_id"]
            listed = ", ".join(names)
            sql = f"INSERT INTO {table} (team_id, {listed}) SELECT '{OTHER}', {listed} FROM {table}"  # noqa: S608
            database.execute(sql.encode())
    analyse(central)


def analyse(central: Running) -> None:
    """Run ANALYZE, as autovacuum does within a minute."""
    with psycopg.connect(central.owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def asking(device: str, changes: list[Change], knows: int = 0) -> SyncRequest:
    """A sync request with changes, from a laptop that has the roster up to a sequence."""
    texts = tuple(change.text.encode() for change in changes)
    first = changes[0].op_no if changes else 1
    return SyncRequest(TEAM, device, SyncPosition(), "", first, texts, 1, roster_version=knows)


def in_order(changes: list[Change], last: int, prev: str) -> tuple[list[Change], str]:
    """Number and chain changes; return them and the hash for the next one."""
    made = []
    for number, change in enumerate(changes, start=last + 1):
        made.append(change.numbered(number, prev))
        prev = made[-1].hash
    return made, prev


def words(number: int, count: int) -> str:
    """Pseudo-random words, always the same for a number."""
    chance = random.Random(number)
    return " ".join(chance.choice(_WORDS) for _ in range(count))


def change(device: str, number: int, fields: dict[str, str], before: dict[str, str]) -> Change:
    """A change of one of the team's records, by its number."""
    is_person = number % EACH == 0
    person = f"p{number // EACH:05d}"
    kind, record_id = ("person", person) if is_person else ("answer", f"r{number:06d}-a1b2c3d4e5f6")
    at = "2026-11-23T09:00:00.000Z"
    return Change(TEAM, device, kind, record_id, person, {**fields}, {**before}, SyncPosition(), f"nurse-{device}", at)


def _first(number: int) -> Change:
    if number % EACH == 0:
        names = {"given_name": f"Person{number}", "family_name": words(number, 1).title(), "next_visit": "2026-12-01"}
        return change("filler", number, names, {})
    fields = {
        "statement": f"1.{number % EACH}",
        "words": words(number, 40),
        "answer": "partly",
        "said_by": "the person",
    }
    return change("filler", number, dict(fields), {})


def latest(database: psycopg.Connection[Any], bulk: BulkInsert, count: int) -> list[list[Any]]:
    """The newest rows of one of the team's tables, rewritten for the other team."""
    sql = f"SELECT {', '.join(bulk.columns)} FROM {bulk.table}"  # noqa: S608 - constants
    where = f" WHERE team_id = '{TEAM}' ORDER BY seq DESC LIMIT {count}"
    return [[OTHER, *row[1:]] for row in database.execute((sql + where).encode()).fetchall()]


class Edits:
    """A laptop that edits the team's records.

    Args:
        central: Central.
        name: The laptop.
    """

    def __init__(self, central: Running, name: str) -> None:
        factories.admit(central.storage, TEAM, name, factories.nurse(name), PUBLIC)
        self.name, self.last, self._prev, self._turn = name, 0, "", 0
        self._storage = central.storage
        self._held: dict[int, dict[str, str]] = {}
        self._numbers = [number for number in range(central.people * EACH) if number % EACH]

    def request(self, count: int, *, new: bool = False) -> SyncRequest:
        """So many edits of records, each of two fields, or new records, in one request."""
        self._turn += 1
        (staffing,) = (team.staffing for team in self._storage.teams() if team.team_id == TEAM)
        chance = random.Random(f"{self.name}{self._turn}")
        numbers = chance.sample(self._numbers, count)
        made = [self._new(number) if new else self._edit(number) for number in numbers]
        made, self._prev = in_order(made, self.last, self._prev)
        self.last += count
        return asking(self.name, made, staffing)

    def _new(self, number: int) -> Change:
        said = {"words": words(self.last * 50_000 + number, 40), "answer": "partly", "said_by": "the person"}
        made = change(self.name, number, {"statement": f"1.{number % EACH}", **said}, {})
        return replace(made, record_id=f"{self.name}-{self._turn}-{number}")

    def _edit(self, number: int) -> Change:
        before = self._held.get(number) or {"words": words(number, 40), "answer": "partly"}
        now = self._held[number] = {"words": words(self.last * 50_000 + number, 40), "answer": f"yes {self._turn}"}
        return change(self.name, number, now, before)


def written(database: psycopg.Connection[Any], count: int) -> tuple[list[Any], list[Any]]:
    """Log and record rows that central wrote last, rewritten for the other team."""
    return latest(database, INSERT_CHANGES, count), latest(database, UPSERT_RECORDS, count)


def write(database: psycopg.Connection[Any], log: list[Any], rows: list[Any]) -> None:
    """Insert log and record rows in one transaction, each by one statement with one JSON parameter."""
    for bulk, found in ((INSERT_CHANGES, log), (UPSERT_RECORDS, rows)):
        names = ", ".join(bulk.columns)
        typed = ", ".join(f"{name} {'bigint' if number else 'text'}" for name, number in bulk.columns.items())
        sql = f"INSERT INTO {bulk.table} ({names}) SELECT {names} FROM json_to_recordset(%s::json) AS one ({typed})"  # noqa: S608
        words = msgspec.json.encode([dict(zip(bulk.columns, row, strict=True)) for row in found]).decode()
        database.execute(f"{sql}{on_conflict(bulk)}".encode(), [words])
    database.commit()
