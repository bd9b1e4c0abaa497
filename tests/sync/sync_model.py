"""Laptops, a network and a central service that fail in every way, and the model that knows what became of values.

What "lost" means: a value somebody typed is none of these, in any team. What a record holds. A side of an open
conflict. In a change that central keeps aside with its reason. Replaced by a value whose author had it on the screen,
and so on until one that is held, open or aside. And a record that is off its list holds nothing whose author did not
know that.
"""

import itertools
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from sqlite_utils import Database

from phb_tui.domain.records import checksum
from phb_tui.domain.records.changes import HANDOVER, REMOVED, TO_TEAM, YES, Change, Record, Value, hash_of, write
from phb_tui.domain.records.record_codec import field_states
from phb_tui.store import change_log, local_writes, records, repair, sync_state
from phb_tui.sync import wire
from tests.sync.faulty_central import TEAMS, FaultyCentral
from tests.sync.faulty_device import Laptop

Key = tuple[str, str]
"""A record and a field of it."""


class SyncModel:
    """Laptops of two teams, one central, and the model."""

    def __init__(self, folder: Path, template: Path, hub: FaultyCentral) -> None:
        self.hub = hub
        hub.reset()
        self.laptops = [
            Laptop(team, f"{team}-{number}", folder, template, hub)
            for team, size in TEAMS.items()
            for number in range(size)
        ]
        self.replaced: dict[tuple[Key, Value], set[Value]] = defaultdict(set)
        self.typed: set[tuple[Key, Value]] = set()
        self.known_off: set[tuple[Key, Value]] = set()
        """Values that whoever took the record off its list had on the screen, or that were written in it after."""
        self.fresh = itertools.count()
        self.elsewhere: list[tuple[str, Change]] = []
        """What was written on laptops that were put back since, each with its team: only central can have it."""
        self._note_what_was_written_before()

    def open(self, laptop: int, record_id: str) -> None:
        """A screen shows the record and keeps showing it, whatever arrives meanwhile."""
        self.laptops[laptop].held[record_id] = self.laptops[laptop].read(record_id)

    def edit(self, laptop: int, record_id: str, name: str, *, stale: bool, draft: bool = False) -> None:
        """Type a new value over what the screen shows."""
        device, record = self._shown(laptop, record_id, stale=stale)
        value = f"v{next(self.fresh)}"
        change = write(record, {name: value}, device.stamp())
        assert change
        self._note((record_id, name), value, [record.fields.get(name)])
        if record.fields.get(REMOVED) == YES:
            self.known_off.add(((record_id, name), value))
        if draft:
            local_writes.save_draft(device.ui, change)
            device.restart()
        else:
            local_writes.commit_changes(device.ui, [change])

    def take_off(self, laptop: int, record_id: str, *, stale: bool) -> None:
        """Take a record off its list, having seen what the screen shows."""
        device, record = self._shown(laptop, record_id, stale=stale)
        change = write(record, {REMOVED: YES}, device.stamp())
        if change and record.fields:
            self.known_off |= {((record_id, name), value) for name, value in record.fields.items()}
            local_writes.commit_changes(device.ui, [change])

    def nonsense(self, laptop: int, record_id: str) -> None:
        """A change that central cannot take: the record is of another kind there."""
        device, record = self._shown(laptop, record_id, stale=False)
        value = f"v{next(self.fresh)}"
        wrong = Record(record.team_id, "nonsense", record.record_id, record.person_id, record.fields, record.seen)
        change = write(wrong, {"words": value}, device.stamp())
        if change and records.get(device.ui, device.team, record_id):
            self._note((record_id, "words"), value, [])
            local_writes.commit_changes(device.ui, [change])

    def put_back(self, laptop: int) -> None:
        """Put a laptop back to the copy of it; what had not reached central is lost with its disk, and nothing else."""
        device = self.laptops[laptop]
        self.elsewhere += [(device.team, change) for change in device.put_back()]
        self._forget_what_nobody_has()

    def restore(self) -> None:
        """Put central back to its backup; what laptops still have they send again."""
        self.hub.restore()
        self._forget_what_nobody_has()

    def _forget_what_nobody_has(self) -> None:
        for team, change in self.elsewhere:
            here = self.hub.storage.read({team}, lambda t: t.latest_changes(team, 10_000))  # noqa: B023
            if change.hash not in {hash_of(arrived.body.encode()) for arrived in here}:
                for name, value in change.fields.items():
                    self.typed.discard(((change.record_id, name), value))

    def hand_over(self, laptop: int, person_id: str, which: int = 0) -> None:
        """Hand a person over to another team."""
        device = self.laptops[laptop]
        to = [team for team in TEAMS if team != device.team][which]
        record = Record(device.team, HANDOVER, f"handover-{next(self.fresh)}", person_id, {})
        change = write(record, {TO_TEAM: to}, device.stamp())
        if change and records.get(device.ui, device.team, person_id):
            local_writes.commit_changes(device.ui, [change])

    def decide(self, laptop: int, pick: int, *, refused: bool = False) -> None:
        """Settle the first open conflict this laptop knows of by one of its values; perhaps as central refuses it."""
        device = self.laptops[laptop]
        for record in records.in_conflict(device.ui, device.team):
            name, sides = next(iter(record.open.items()))
            values = [record.fields.get(name), *(side.value for side in sides)]
            value = values[pick % len(values)]
            stamp = replace(device.stamp(), author="nobody") if refused else device.stamp()
            self._note((record.record_id, name), value, [] if refused else [v for v in values if v != value])
            change = write(record, {name: value}, stamp, tuple(side.id for side in sides))
            assert change
            if REMOVED in (name, *record.fields):
                self.known_off |= {((record.record_id, n), v) for n, v in record.fields.items()}
            local_writes.commit_changes(device.ui, [change])
            return

    def _shown(self, laptop: int, record_id: str, *, stale: bool) -> tuple[Laptop, Record]:
        device = self.laptops[laptop]
        held = device.held.pop(record_id, None)
        return device, (held if stale and held else device.read(record_id))

    def _note(self, key: Key, value: Value, over: list[Value]) -> None:
        self.typed.add((key, value))
        for old in over:
            self.replaced[key, old].add(value)

    def _note_what_was_written_before(self) -> None:
        """What an earlier program left at central, or waiting on a laptop, is lost as little as what is typed here."""
        for team in TEAMS if self.hub.stores else ():
            arrived = self.hub.storage.read({team}, lambda t: t.latest_changes(team, 10_000))  # noqa: B023
            waiting = [change_log.pending(one.ui, team, 10_000) for one in self.laptops if one.team == team]
            for change in (*(wire.decode_change(one.body.encode()) for one in arrived), *itertools.chain(*waiting)):
                for name, value in change.fields.items():
                    self._note((change.record_id, name), value, [change.before.get(name)])

    def settle(self) -> None:
        """What is on its way arrives, and everybody exchanges without faults until nothing moves."""
        for laptop in self.laptops:
            laptop.deliver_late()
        for _ in range(4):
            for laptop in self.laptops:
                assert laptop.sync() or laptop.sync() or laptop.sync()

    def check(self) -> None:
        """Nothing lost, nothing twice, nothing diverged, every chain whole."""
        final: dict[Key, set[Value]] = defaultdict(set)
        for team in TEAMS:
            self._gather(team, final)
        for key, value in self.typed:
            if key[1] != REMOVED:
                assert self._accounted(key, value, final, set()), f"lost: {key} {value}"
        for laptop in self.laptops:
            self._check_laptop(laptop)

    def _gather(self, team_id: str, final: dict[Key, set[Value]]) -> None:
        storage = self.hub.storage
        team = storage.read({team_id}, lambda t: t.team(team_id))
        rows = storage.read({team_id}, lambda t: t.rows_after(team_id, 0, 10_000))
        assert team
        assert team.checksum == checksum.updated(
            checksum.NOTHING, (), (checksum.record_hash(r.record_id, r.seq) for r in rows)
        )
        for row in rows:
            fields = field_states(row.values, row.origins)
            off = fields.get(REMOVED)
            for name, held in fields.items():
                key = row.record_id, name
                final[key] |= {held.value, *(side.value for side in held.sides)}
                if off and off.value == YES and not off.sides and name != REMOVED:
                    assert (key, held.value) in self.known_off, f"gone with its record: {key} {held.value}"
        for arrived in storage.read({team_id}, lambda t: t.quarantined(team_id, 10_000)):
            change = wire.decode_change(arrived.body.encode())
            for name, value in change.fields.items():
                final[change.record_id, name].add(value)

    def _check_laptop(self, laptop: Laptop) -> None:
        db: Database = laptop.ui
        storage, team_id = self.hub.storage, laptop.team
        team = storage.read({team_id}, lambda t: t.team(team_id))
        rows = storage.read({team_id}, lambda t: t.rows_after(team_id, 0, 10_000))
        assert team
        assert change_log.count_pending(db, team_id) == 0
        assert change_log.verify(db, team_id) == 0
        assert sync_state.read(db, team_id).position.seq == team.seq
        sums = sync_state.read(db, team_id).checksum, team.checksum, repair.counted(db, team_id)
        assert len(set(sums)) == 1, f"checksums kept here, at central, counted here: {sums}"
        there = {row.record_id for row in rows if not row.transferred_to}
        here = {row["record_id"] for row in db.query("SELECT record_id FROM record WHERE team_id = ?", [team_id])}
        assert there <= here, "records that central has and a laptop has not"
        assert here - there <= self._only_on_laptops(db, team_id), "records that a laptop has and central has not"
        for row in rows:
            if not row.transferred_to:
                fields = field_states(row.values, row.origins)
                record = laptop.read(row.record_id)
                assert dict(record.fields) == {name: held.value for name, held in fields.items()}
                assert dict(record.open) == {name: held.sides for name, held in fields.items() if held.sides}
        arrived = storage.read({team_id}, lambda t: t.latest_changes(team_id, 10_000))
        mine = {(one.op_no, hash_of(one.body.encode())): one for one in arrived if one.device_id in laptop.names}
        assert len(mine) == sum(one.device_id in laptop.names for one in arrived), "twice at central"
        written = change_log.sent_hashes(db, team_id, 1, 10_000)
        assert [number for number, _hash in written] == list(range(1, len(written) + 1))
        assert set(written) <= set(mine), "missing at central"
        aside = {number for number, _hash in written if mine[number, _hash].outcome == "refused"}
        assert {change.op_no for change, _why in change_log.quarantined(db, team_id)} == aside

    def _only_on_laptops(self, db: Database, team_id: str) -> set[str]:
        """Records from before central was put back that a laptop had received, and that are not its team's there now.

        They stay where they are. Whatever made them is at central, in another team or aside; or it was written on a
        laptop that was put back too, to a time before it.
        """
        made = {(change.device_id, change.op_no) for _team, change in self.elsewhere}
        for team in TEAMS:
            arrived = self.hub.storage.read({team}, lambda t: t.latest_changes(team, 10_000))  # noqa: B023
            made |= {(one.device_id, one.op_no) for one in arrived}
        found = db.query("SELECT record_id, origins FROM record WHERE team_id = ? AND seq = 0", [team_id])
        states = {row["record_id"]: field_states("{}", row["origins"]).values() for row in found}
        by = {
            name: {(one.device_id, one.op_no) for one in held}
            | {(side.device_id, side.op_no) for one in held for side in one.sides}
            for name, held in states.items()
        }
        return {name for name, changes_of in by.items() if changes_of and changes_of <= made}

    def _accounted(self, key: Key, value: Value, final: dict[Key, set[Value]], met: set[Value]) -> bool:
        if value in final[key]:
            return True
        met.add(value)
        heirs = self.replaced[key, value] - met
        return any(self._accounted(key, heir, final, met) for heir in heirs)

    def close(self) -> None:
        """Let go of everything."""
        for laptop in self.laptops:
            laptop.close()
