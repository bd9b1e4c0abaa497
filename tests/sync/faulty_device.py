"""One laptop with the real encrypted store, and the bad line by which it reaches central."""

import contextlib
import itertools
import shutil
import time
from dataclasses import replace
from pathlib import Path

import httpx2
import sqlcipher3.dbapi2 as driver

from phb_tui.domain.records.changes import Authorship, Change, Record
from phb_tui.errors import CentralBusy, CentralUnreachable, PutBack, WouldRemove
from phb_tui.store import change_log, encrypted_store, key_values, local_writes, migrations, records, sync_state
from phb_tui.store.database import create_database, open_database, transaction
from phb_tui.sync import bundle, engine, restored_device, wire
from phb_tui.sync.bundle import Bundle
from phb_tui.sync.engine import LocalSide
from phb_tui.sync.http_client import HttpCentral, _Answer
from phb_tui.sync.protocol import PATH, SyncReply, SyncRequest
from phb_tui.sync.signing import Message, Signer, sealing_key
from tests import factories
from tests.sync import old_protocol
from tests.sync.faulty_central import FaultyCentral

KEY = bytes(range(32))
PEOPLE = {"r1": "p1", "r2": "p2", "p1": "p1", "p2": "p2"}
"""Records and whom they are about."""
DAY = 86_400
OLD = {"north-2", "south-1"}
"""Laptops of before: they ask and hear as phb-tui did at first."""


class Line(HttpCentral):
    """Central over real HTTP, by a bad line.

    Args:
        laptop: Who asks.
        fault: "", "request lost", "reply lost", "twice" or "late": it arrives only after other requests.
        after: Round trips that go well before the fault.
    """

    def __init__(self, laptop: "Laptop", fault: str, after: int, name: str = "") -> None:
        hub = laptop.hub
        signer = Signer(laptop.team, name or laptop.device, hub.keys[laptop.team, laptop.name])
        super().__init__(hub.address, signer, lambda: time.time() + laptop.skew)
        self._laptop, self._fault, self._after = laptop, fault, after
        self.ahead = laptop.ahead

    def sync(self, request: SyncRequest) -> SyncReply:
        """See `HttpCentral.sync`; a laptop of before says and hears no more than it knew."""
        if not self._laptop.old:
            return super().sync(request)
        headers = {"Content-Type": wire.TYPE, "Content-Encoding": "zstd", "Accept": wire.TYPE}
        answer = wire.decode_reply(self._ask(PATH, old_protocol.encode_request(request), headers, wire.TYPE))
        return replace(answer, head="")

    def _send(self, message: Message, body: bytes) -> _Answer:
        self._after -= 1
        fault = self._fault if self._after < 0 else ""
        if fault == "late":
            self._laptop.late.append((message, body))
        if fault in {"late", "request lost"}:
            raise CentralUnreachable("lost")
        answer = super()._send(message, body)
        if fault == "twice":
            super()._send(message, body)
        if fault == "reply lost":
            raise CentralUnreachable("lost")
        self._laptop.ahead = self.ahead
        return answer


class Laptop:
    """One device with the real encrypted store: a new one, or a copy of the one that an earlier program left."""

    def __init__(self, team: str, name: str, folder: Path, template: Path, hub: FaultyCentral) -> None:
        self.team, self.name, self.hub = team, name, hub
        self.old = name in OLD
        self._copy: Path | None = None
        self._names = itertools.count(1)
        earlier = hub.stores.get(name)
        self.path = folder / f"{name}.db"
        shutil.copy(earlier.path if earlier else template, self.path)
        self._database_key = earlier.key if earlier else KEY
        self._open()
        if earlier:  # central's key of this run; by the one it was joined with, no lease of another day would be good
            key_values.put(self.ui, {"central_key": factories.PUBLIC_KEY})
        self._joined_as = self.device
        self.held: dict[str, Record] = {}
        self.late: list[tuple[Message, bytes]] = []
        self.files: list[bytes] = []
        """Files that were written to sticks."""
        self.answers: list[bytes] = []
        """Central's answers to them."""
        self.skew = self.ahead = 0

    def read(self, record_id: str) -> Record:
        """The record as a screen would show it now."""
        found = records.get(self.ui, self.team, record_id)
        kind = "person" if record_id.startswith("p") else "answer"
        person = PEOPLE.get(record_id)
        return found or Record(self.team, kind, record_id, person, {}, sync_state.read(self.ui, self.team).position)

    @property
    def device(self) -> str:
        """What the laptop is called at central now."""
        return key_values.get(self.ui, "device_id") or self.name

    @property
    def names(self) -> set[str]:
        """Everything that any copy of it was ever called."""
        return {self._joined_as, *(f"{self.name}.{number}" for number in range(1, 100))}

    def take_copy(self) -> None:
        """Somebody copies the disk."""
        self.other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._copy = self.path.with_suffix(".copy")
        shutil.copy(self.path, self._copy)

    def put_back(self) -> list[Change]:
        """The laptop is put back to the copy; what was written on it since then and is gone with that."""
        if self._copy is None or self.old:
            return []
        rows = "SELECT * FROM change_log WHERE team_id = ? ORDER BY op_no"
        written = {row["hash"]: change_log._change(row) for row in self.ui.query(rows, [self.team])}
        self.close()
        for end in ("-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        shutil.copy(self._copy, self.path)
        self._open()
        self.held.clear()
        for row in self.ui.query(rows, [self.team]):
            written.pop(row["hash"], None)
        return list(written.values())

    def stamp(self) -> Authorship:
        """Who writes here, by a clock that may be days off."""
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + self.skew))
        return Authorship(self.team, self.device, key_values.get(self.ui, "nurse_id") or self.name, at)

    def sync(self, fault: str = "", after: int = 0, page: int = 1_000_000) -> bool:
        """Exchange once; whether it ended well."""
        here = LocalSide(self.other, self.team, self.device, lambda: "2026-11-23T09:00:00Z", page)
        if fault == "laptop crashes":
            return self._crash(here, after)
        if fault == "central crashes":
            self.hub.crash_at(after)
            fault = ""
        try:
            self._run(here, fault, after)
        except WouldRemove as error:
            self._may_go(error)
            return False
        except (CentralUnreachable, CentralBusy):
            return False
        finally:
            self.hub.crash_at(-1)
        return True

    def _run(self, here: LocalSide, fault: str, after: int) -> None:
        """Exchange; a laptop that was put back is put right on the way."""
        try:
            with Line(self, fault, after) as line:
                engine.run(here, line)
        except PutBack as why:
            here = restored_device.adopt_new_device_id(
                here, lambda name: Line(self, fault, after, name), why, lambda: f"{self.name}.{next(self._names)}"
            )
            with Line(self, fault, after) as line:
                engine.run(here, line)

    def _crash(self, here: LocalSide, after: int) -> bool:
        """End in the middle of whatever the database does, and start again."""
        left = itertools.count(after * 40, -1)
        self.other.conn.set_progress_handler(lambda: next(left) <= 0, 7)
        try:
            self._run(here, "", 0)
        except (driver.OperationalError, WouldRemove):  # the driver's word for a statement that was cut short
            self.restart()
            return False
        self.other.conn.set_progress_handler(None, 0)
        return True

    def deliver_late(self) -> None:
        """What was on its way arrives now, after everything that was asked since."""
        for message, body in self.late:
            httpx2.request(message.method, message.url, content=body, headers=message.headers, trust_env=False)
        self.late.clear()

    def stick(self, what: str, pick: int) -> None:
        """Write a file for central, have one carried there, or take an answer; perhaps again, or a later one first."""
        match what:
            case "write":
                self._write_stick()
            case "carry" if self.files:
                self.answers.append(self.hub.bundles.answer(self.files[pick % len(self.files)]))
            case "read" if self.answers:
                self._read_stick(self.answers[pick % len(self.answers)])

    def _write_stick(self) -> None:
        here = LocalSide(self.other, self.team, self.device, lambda: "2026-11-23T09:00:00Z")
        encode = old_protocol.encode_request if self.old else wire.encode_request
        requests = tuple(encode(request) for request in engine.requests(here))
        reply_to = sealing_key(self._key).public_key().public_bytes_raw().hex()
        made = Bundle(self.team, self.device, factories.PUBLIC_KEY, reply_to, None, requests)
        self.files.append(bundle.seal_bundle(made, self._key))

    def _read_stick(self, words: bytes) -> None:
        answer = bundle.open_answer(words, sealing_key(self._key), factories.PUBLIC_KEY)
        assert not answer.problem or self._copy, answer.problem
        if answer.device_id != self.device:
            return
        replies = [wire.decode_reply(reply) for reply in answer.replies]
        here = LocalSide(self.other, self.team, self.device, lambda: "2026-11-23T09:00:00Z")
        try:
            with contextlib.suppress(PutBack):  # it has to be put right by a network first
                engine.apply_answer(here, list(zip(answer.asked, replies, strict=True)))
        except WouldRemove as error:
            self._may_go(error)

    @property
    def _key(self) -> str:
        return self.hub.keys[self.team, self.name]

    def _may_go(self, error: WouldRemove) -> None:
        """The nurse asks her team lead; it is right, and she tries again."""
        with transaction(self.other):
            sync_state.allow_removals(self.other, self.team, error.people)

    def restart(self) -> None:
        """Stop as by `kill -9` and start again: what was being typed becomes changes."""
        self.close()
        self._open()
        self.held.clear()
        local_writes.commit_changes(self.ui, local_writes.drafts(self.ui, self.device))

    def _open(self) -> None:
        self.ui = open_database(self.path, bytearray(self._database_key))
        self.other = open_database(self.path, bytearray(self._database_key))

    def close(self) -> None:
        """Let go of the store."""
        self.ui.close()
        self.other.close()


def make_template(folder: Path) -> Path:
    """An empty store to copy, for making one takes longer than a whole history."""
    path = folder / encrypted_store.FILE
    create_database(path, bytearray(KEY), migrations.script())
    made = open_database(path, bytearray(KEY))
    key_values.put(made, {"central_key": factories.PUBLIC_KEY})
    made.close()
    return path
