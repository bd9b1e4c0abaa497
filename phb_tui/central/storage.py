"""What central keeps: one small interface over a DB-API connection, in SQL that SQLite and PostgreSQL both run."""

import hashlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from phb_tui.domain.changes import Change, RecordState, canonical
from phb_tui.domain.merge import Outcome
from phb_tui.domain.states import field_states, held_json


@dataclass(frozen=True, slots=True)
class Team:
    """A team's place in its own history; see `schema.sql`."""

    team_id: str
    name: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class Device:
    """A laptop as central knows it.

    Attributes:
        last_op: The number of its last change here; the next must be one more.
        head: That change's hash.
    """

    team_id: str
    device_id: str
    label: str
    last_op: int
    head: str


class Storage:
    """Central's tables over one connection; `transaction` lets in one thread at a time.

    Args:
        connection: An open connection in autocommit mode.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._turn = threading.RLock()

    @classmethod
    def on_sqlite(cls, path: Path | None) -> "Storage":
        """Central's embedded default: a file, or memory when `path` is None. The tables are made if there are none."""
        connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=10)
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;")
        if not connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'team'").fetchone()[0]:
            script = (resources.files("phb_tui.central") / "schema.sql").read_text(encoding="utf-8")
            connection.executescript(f"BEGIN IMMEDIATE;{script}COMMIT;")
        return cls(connection)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is inside, durably, or none."""
        with self._turn:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the database."""
        with self._turn:
            self._connection.close()

    def add_team(self, team_id: str, name: str) -> None:
        """Add a team."""
        self._run("INSERT INTO team (team_id, name) VALUES (?, ?)", team_id, name)

    def add_device(self, team_id: str, device_id: str, label: str, token_hash: str) -> None:
        """Add a laptop by the hash of its token."""
        sql = "INSERT INTO device (team_id, device_id, label, token_hash) VALUES (?, ?, ?, ?)"
        self._run(sql, team_id, device_id, label, token_hash)

    def device_by_token(self, token_hash: str) -> Device | None:
        """The laptop a token belongs to."""
        sql = "SELECT team_id, device_id, label, last_op, head FROM device WHERE token_hash = ?"
        rows = self._run(sql, token_hash)
        return Device(*rows[0]) if rows else None

    def team_for_update(self, team_id: str) -> Team:
        """The team's counter, held until the transaction ends, so that commits come in the order of the sequence."""
        self._run("UPDATE team SET seq = seq WHERE team_id = ?", team_id)
        sql = "SELECT team_id, name, epoch, seq FROM team WHERE team_id = ?"
        return Team(*self._run(sql, team_id)[0])

    def teams(self) -> list[Team]:
        """Every team."""
        return [Team(*row) for row in self._run("SELECT team_id, name, epoch, seq FROM team ORDER BY name")]

    def devices(self, team_id: str) -> list[Device]:
        """A team's laptops."""
        sql = "SELECT team_id, device_id, label, last_op, head FROM device WHERE team_id = ? ORDER BY label"
        return [Device(*row) for row in self._run(sql, team_id)]

    def save_team(self, team: Team) -> None:
        """Keep a team's counter and epoch."""
        sql = "UPDATE team SET epoch = ?, seq = ? WHERE team_id = ?"
        self._run(sql, team.epoch, team.seq, team.team_id)

    def save_device(self, device: Device) -> None:
        """Keep how far a laptop's changes have come."""
        sql = "UPDATE device SET last_op = ?, head = ? WHERE team_id = ? AND device_id = ?"
        self._run(sql, device.last_op, device.head, device.team_id, device.device_id)

    def device(self, team_id: str, device_id: str) -> Device | None:
        """One laptop."""
        sql = "SELECT team_id, device_id, label, last_op, head FROM device WHERE team_id = ? AND device_id = ?"
        rows = self._run(sql, team_id, device_id)
        return Device(*rows[0]) if rows else None

    def hash_of(self, team_id: str, device_id: str, op_no: int) -> str:
        """The hash of a change that is here already; "" when it is not."""
        sql = "SELECT hash FROM change WHERE team_id = ? AND device_id = ? AND op_no = ?"
        rows = self._run(sql, team_id, device_id, op_no)
        return str(rows[0][0]) if rows else ""

    def record(self, team_id: str, record_id: str) -> RecordState | None:
        """One record's latest picture."""
        sql = "SELECT team_id, kind, record_id, person_id, seq, fields FROM record WHERE team_id = ? AND record_id = ?"
        rows = self._run(sql, team_id, record_id)
        return _state(rows[0]) if rows else None

    def records_after(self, team_id: str, seq: int, most: int) -> list[RecordState]:
        """Records with news after a sequence, in sequence, at most `most`."""
        sql = (
            "SELECT team_id, kind, record_id, person_id, seq, fields FROM record"
            " WHERE team_id = ? AND seq > ? ORDER BY seq LIMIT ?"
        )
        return [_state(row) for row in self._run(sql, team_id, seq, most)]

    def records_of_kind(self, team_id: str, kind: str) -> list[RecordState]:
        """Every record of one kind."""
        sql = (
            "SELECT team_id, kind, record_id, person_id, seq, fields FROM record"
            " WHERE team_id = ? AND kind = ? ORDER BY record_id"
        )
        return [_state(row) for row in self._run(sql, team_id, kind)]

    def save_record(self, state: RecordState) -> None:
        """Keep a record's latest picture."""
        sql = (
            "INSERT INTO record (team_id, record_id, kind, person_id, seq, fields) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (team_id, record_id) DO UPDATE SET seq = excluded.seq, fields = excluded.fields"
        )
        fields = held_json(state.fields)
        self._run(sql, state.team_id, state.record_id, state.kind, state.person_id, state.seq, fields)

    def chain_at(self, team_id: str, seq: int) -> str:
        """Central's hash over everything up to a sequence; "" at 0 and where central has nothing."""
        rows = self._run("SELECT chain FROM change WHERE team_id = ? AND seq = ?", team_id, seq)
        return str(rows[0][0]) if rows else ""

    def append(self, change: Change, seq: int, outcome: Outcome, why: str, received_at: str) -> None:
        """Keep a change for good, with what became of it."""
        sql = (
            "INSERT INTO change (team_id, seq, device_id, op_no, kind, record_id, person_id, fields, before,"
            " seen_epoch, seen_seq, author, at, resolves, prev, hash, chain, outcome, why, received_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        )
        before = self.chain_at(change.team_id, seq - 1)
        chain = hashlib.sha256(f"{before}{change.hash}".encode()).hexdigest()
        self._run(
            sql, change.team_id, seq, change.device_id, change.op_no, change.kind, change.record_id, change.person_id,
            canonical(dict(change.fields)), canonical(dict(change.before)), change.seen.epoch, change.seen.seq,
            change.author, change.at, canonical(list(change.resolves)), change.prev, change.hash, chain,
            str(outcome), why, received_at,
        )  # fmt: skip

    def latest_changes(self, team_id: str, most: int) -> list[dict[str, Any]]:
        """The last changes that arrived, newest first."""
        names = (
            "seq",
            "received_at",
            "device_id",
            "op_no",
            "author",
            "kind",
            "record_id",
            "person_id",
            "fields",
            "outcome",
            "why",
        )
        sql = f"SELECT {', '.join(names)} FROM change WHERE team_id = ? ORDER BY seq DESC LIMIT ?"  # noqa: S608 - constants
        rows = self._run(sql, team_id, most)
        return [dict(zip(names, row, strict=True)) for row in rows]

    def _run(self, sql: str, *values: str | int | None) -> list[tuple[Any, ...]]:
        with self._turn:
            return self._connection.execute(sql, values).fetchall()


def _state(row: tuple[Any, ...]) -> RecordState:
    team_id, kind, record_id, person_id, seq, fields = row
    return RecordState(team_id, kind, record_id, person_id, seq, field_states(fields))
