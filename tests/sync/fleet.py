"""Laptops and a central service with faults, and the model that knows what became of every value ever typed."""

import itertools
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from phb_tui.central.service import CentralService
from phb_tui.central.storage import Storage
from phb_tui.domain.changes import Change, Record, Seen, Stamp, Value, write
from phb_tui.errors import CentralUnreachable
from phb_tui.store import change_log, changes, exchange, opened, records, schema
from phb_tui.store.database import create_database, open_database
from phb_tui.sync import engine
from phb_tui.sync.engine import Here
from phb_tui.sync.protocol import SyncReply, SyncRequest

TEAM = "team"
KEY = bytes(range(32))


class Crashed(Exception):
    """The process ended here."""


class Wire:
    """Central behind a bad network.

    Args:
        fault: "", "request lost", "reply lost", "twice", "central crashes" or "laptop crashes".
        after: Round trips that go well before the fault.
    """

    def __init__(self, central: "Hub", fault: str, after: int) -> None:
        self.central, self.fault, self.after = central, fault, after

    def sync(self, request: SyncRequest) -> SyncReply:
        """One round trip with the fault in it."""
        self.after -= 1
        fault = self.fault if self.after < 0 else ""
        if fault == "request lost":
            raise CentralUnreachable("lost")
        if fault == "central crashes":
            with self.central.crashing():
                return self.central.service.sync(request)
        reply = self.central.service.sync(request)
        if fault == "reply lost":
            raise CentralUnreachable("lost")
        if fault == "twice":
            reply = self.central.service.sync(request)
        return reply


class Hub:
    """Central, with a backup it can be put back to."""

    def __init__(self) -> None:
        self.storage = Storage.on_sqlite(None)
        self.storage.add_team(TEAM, "Team")
        self.service = CentralService(self.storage, lambda: "2026-11-23T09:00:00Z")
        self.backup = sqlite3.connect(":memory:")
        self.take_backup()

    def take_backup(self) -> None:
        """Remember the present state."""
        self.storage._connection.backup(self.backup)

    def restore(self) -> None:
        """Go back to the remembered state."""
        self.backup.backup(self.storage._connection)

    @contextmanager
    def crashing(self) -> Iterator[None]:
        """End the request in the middle of its transaction."""
        real = self.storage.save_device
        self.storage.save_device = _crash  # type: ignore[method-assign]
        try:
            yield
        except Crashed:
            raise CentralUnreachable("crashed") from None
        finally:
            self.storage.save_device = real  # type: ignore[method-assign]

    def close(self) -> None:
        """Let go of both databases."""
        self.storage.close()
        self.backup.close()


class Laptop:
    """One device with the real encrypted store."""

    def __init__(self, name: str, folder: Path, template: Path, hub: Hub) -> None:
        self.name, self.hub = name, hub
        shutil.copy(template, folder / f"{name}.db")
        self.path = folder / f"{name}.db"
        self.ui = open_database(self.path, bytearray(KEY))
        self.other = open_database(self.path, bytearray(KEY))
        self.held: dict[str, Record] = {}
        hub.storage.add_device(TEAM, name, name, name)

    def read(self, record_id: str) -> Record:
        """The record as a screen would show it now."""
        found = records.get(self.ui, TEAM, record_id)
        return found or Record(TEAM, "answer", record_id, None, {}, exchange.cursor(self.ui, TEAM))

    def stamp(self) -> Stamp:
        """Who writes here; the clocks of this fleet stand still, for no clock may matter."""
        return Stamp(TEAM, self.name, self.name, "2026-11-23T09:00:00Z")

    def sync(self, fault: str, after: int, most: int) -> bool:
        """Exchange once; whether it ended well."""
        wire = Wire(self.hub, fault, after)
        here = Here(self.other, TEAM, self.name, lambda: "2026-11-23T09:00:00Z", most)
        real = exchange.move
        if fault == "laptop crashes":
            exchange.move = _crash
        try:
            engine.run(here, wire)
        except (CentralUnreachable, Crashed):
            return False
        finally:
            exchange.move = real
        return True

    def restart(self) -> None:
        """Stop as by `kill -9` and start again: what was being typed becomes changes."""
        self.ui.close()
        self.other.close()
        self.ui = open_database(self.path, bytearray(KEY))
        self.other = open_database(self.path, bytearray(KEY))
        self.held.clear()
        changes.record(self.ui, changes.drafts(self.ui, self.name))

    def close(self) -> None:
        """Let go of the store."""
        self.ui.close()
        self.other.close()


def _crash(*_args: object, **_kwargs: object) -> None:
    raise Crashed


class Fleet:
    """Three laptops, one central, and the model.

    What "lost" means: a value somebody typed is neither what the record holds, nor a side of an open conflict, nor
    replaced by a value whose author had it on the screen (and so on, until one that is held or open).
    """

    def __init__(self, folder: Path, template: Path, size: int = 3) -> None:
        self.hub = Hub()
        self.laptops = [Laptop(f"d{n}", folder, template, self.hub) for n in range(size)]
        self.hub.take_backup()
        self.replaced: dict[tuple[str, str, Value], set[Value]] = defaultdict(set)
        self.typed: set[tuple[str, str, Value]] = set()
        self.fresh = itertools.count()

    def open(self, laptop: int, record_id: str) -> None:
        """A screen shows the record and keeps showing it, whatever arrives meanwhile."""
        self.laptops[laptop].held[record_id] = self.laptops[laptop].read(record_id)

    def edit(self, laptop: int, record_id: str, name: str, *, stale: bool, draft: bool = False) -> None:
        """Type a new value over what the screen shows."""
        device = self.laptops[laptop]
        record = device.held.get(record_id) if stale else None
        record = record or device.read(record_id)
        value = f"v{next(self.fresh)}"
        change = write(record, {name: value}, device.stamp())
        assert change
        self._note(record_id, name, value, [record.fields.get(name)])
        if draft:
            changes.keep_draft(device.ui, change)
            device.restart()
        else:
            changes.record(device.ui, [change])
        device.held.pop(record_id, None)

    def decide(self, laptop: int, pick: int) -> None:
        """Settle the first open conflict this laptop knows of by one of its values."""
        device = self.laptops[laptop]
        for record in records.in_conflict(device.ui, TEAM):
            name, sides = next(iter(record.open.items()))
            values = [record.fields.get(name), *(side.value for side in sides)]
            value = values[pick % len(values)]
            self._note(record.record_id, name, value, [v for v in values if v != value])
            change = write(record, {name: value}, device.stamp(), tuple(side.id for side in sides))
            assert change
            changes.record(device.ui, [change])
            return

    def _note(self, record_id: str, name: str, value: Value, over: list[Value]) -> None:
        self.typed.add((record_id, name, value))
        for old in over:
            self.replaced[record_id, name, old].add(value)

    def settle(self) -> None:
        """Everybody exchanges without faults until nothing moves."""
        for _ in range(3):
            for laptop in self.laptops:
                assert laptop.sync("", 0, 500)

    def check(self) -> None:
        """Nothing lost, nothing twice, nothing diverged, every chain whole."""
        team = self.hub.storage.team_for_update(TEAM)
        final = {
            (state.record_id, name): {held.value, *(side.value for side in held.sides)}
            for state in self.hub.storage.records_after(TEAM, 0, 10_000)
            for name, held in state.fields.items()
        }
        for record_id, name, value in self.typed:
            assert self._accounted(record_id, name, value, final.get((record_id, name), set()), set()), (
                f"lost: {record_id}.{name} {value}"
            )
        for laptop in self.laptops:
            self._check_laptop(laptop, team.seq)

    def _check_laptop(self, laptop: Laptop, seq: int) -> None:
        db: Database = laptop.ui
        assert change_log.how_many_wait(db, TEAM) == 0
        assert change_log.refused(db, TEAM) == []
        assert change_log.verify(db, TEAM) == 0
        assert exchange.cursor(db, TEAM).seq == seq
        for state in self.hub.storage.records_after(TEAM, 0, 10_000):
            record = laptop.read(state.record_id)
            assert dict(record.fields) == {name: held.value for name, held in state.fields.items()}
            assert dict(record.open) == {name: held.sides for name, held in state.fields.items() if held.sides}
        logged = self.hub.storage._run("SELECT count(*), max(op_no) FROM change WHERE device_id = ?", laptop.name)[0]
        assert logged[0] == (logged[1] or 0), "a change is missing or twice at central"

    def _accounted(self, record_id: str, name: str, value: Value, final: set[Value], met: set[Value]) -> bool:
        if value in final:
            return True
        met.add(value)
        heirs = self.replaced[record_id, name, value] - met
        return any(self._accounted(record_id, name, heir, final, met) for heir in heirs)

    def close(self) -> None:
        """Let go of everything."""
        for laptop in self.laptops:
            laptop.close()
        self.hub.close()


def make_template(folder: Path) -> Path:
    """An empty store to copy, for making one takes longer than a whole history."""
    path = folder / opened.FILE
    create_database(path, bytearray(KEY), schema.script())
    return path


def change_of(device: Laptop, record_id: str, fields: dict[str, Value]) -> Change:
    """A change as a rule would return it."""
    record = device.read(record_id)
    change = write(record, fields, device.stamp())
    assert change
    assert isinstance(change.seen, Seen)
    return change
