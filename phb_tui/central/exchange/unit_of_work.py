"""Unit of work for one team: loads records once, applies changes in memory and flushes rows and log in batches.

A request with hundreds of changes costs the database a handful of statements. The merge rules are `domain.merge`.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter

from phb_tui.central.exchange.validation import IncomingChange
from phb_tui.central.storage.models import LogRow, Team
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records import checksum
from phb_tui.domain.records.changes import Change, RecordState, SyncPosition
from phb_tui.domain.records.merge import merge_record
from phb_tui.domain.records.record_codec import Row, row_of, rows_begun, state_of

_in_sequence = attrgetter("seq")


class TeamUnitOfWork:
    """Unit of work (with identity map) for one team.

    Attributes:
        team_id: The team.
        seq: The sequence number of its last change.
        at: The time for the log, ISO 8601 UTC.
        transferred: Loaded records that another team has now, each with that team's id.
        received: Records that came by a handover of this unit of work, by person.

    Args:
        repository: The transaction.
        team: The team, locked until the transaction ends.
        at: The time for the log, ISO 8601 UTC.
    """

    def __init__(self, repository: Repository, team: Team, at: str) -> None:
        self._repository, self._team, self.at = repository, team, at
        self.team_id, self.seq, self._chain = team.team_id, team.seq, team.chain
        self._before = SyncPosition(team.epoch, team.seq)
        """The team's position at the start of the unit of work."""
        self._rows: dict[str, Row | None] = {}
        """Records as the database has them; None for those that do not exist."""
        self.transferred: dict[str, str] = {}
        self.received: dict[str, list[RecordState]] = {}
        self._owners_loaded: set[str] = set()
        """Records of which only the owner has been read: whether another team has them."""
        self._expected: Counter[str] = Counter()
        """How many changes of each record are still to be staged."""
        self._states: dict[str, RecordState] = {}
        self._changed: dict[str, None] = {}
        """The ids of records whose state in `_states` is not flushed yet; a dict to keep their order."""
        self._new: dict[str, tuple[Change, int]] = {}
        """New records that consist of a single change with its sequence number, not flushed yet."""
        self._entries: list[LogRow] = []
        """Log rows that are not flushed yet."""
        self._written: dict[str, Row] = {}
        """Records flushed so far."""

    @property
    def team(self) -> Team:
        """The team with its current position."""
        return self._team

    def begin_epoch(self, epoch: int) -> None:
        """Start a new epoch of the team's history."""
        self._team = replace(self._team, epoch=epoch)
        self._repository.save_team(self._team)

    def expect(self, record_ids: Iterable[str]) -> None:
        """Hand in the records that changes are about, once for each change."""
        self._expected.update(record_ids)

    def load(self, record_ids: Iterable[str]) -> None:
        """Load records that are not loaded yet, in one statement."""
        self.start_load(record_ids)()

    def start_load(self, record_ids: Iterable[str]) -> Callable[[], None]:
        """Start to load them; returns what waits until they are, before which nothing else may be asked of the unit."""
        missing = [record_id for record_id in dict.fromkeys(record_ids) if record_id not in self._rows]
        wait = self._repository.start_rows(self.team_id, missing)

        def finish() -> None:
            found = {row.record_id: row for row in wait()}
            self._rows |= {record_id: found.get(record_id) for record_id in missing}
            self.transferred |= {row.record_id: row.transferred_to for row in found.values() if row.transferred_to}

        return finish

    def load_owners(self, record_ids: Iterable[str]) -> None:
        """Load only which of these records another team has now, which is cheaper than loading the records."""
        asked = [record_id for record_id in dict.fromkeys(record_ids) if record_id not in self._rows]
        self.transferred |= self._repository.transferred(
            self.team_id, [one for one in asked if one not in self._owners_loaded]
        )
        self._owners_loaded.update(asked)

    def team_of(self, record_id: str) -> str:
        """The id of the team a record was transferred to; "" while this team has it, or when it does not exist."""
        if record_id not in self._owners_loaded:
            self.load_owners([record_id])
        return self.transferred.get(record_id, "")

    def weight(self, record_id: str) -> int:
        """The approximate size of a record, in bytes, when it was last loaded or flushed; 0 when it does not exist."""
        row = self._rows.get(record_id)
        return len(row.values) + len(row.origins) if row else 0

    def transferred_at(self, record_id: str, person_id: str | None) -> int:
        """The sequence number at which a record, or its person, was transferred to another team; 0 if neither was."""
        self.load(ids := (record_id, person_id or record_id))
        found = [self._states.get(one) or self._rows[one] for one in ids]
        return min((one.seq for one in found if one and one.transferred_to), default=0)

    def state(self, record_id: str) -> RecordState | None:
        """A record's current state; None when it does not exist or another team has it."""
        found = self._states.get(record_id)
        if found is None:
            if begun := self._new.get(record_id):
                return merge_record(None, *begun)[0]
            if record_id not in self._rows:
                self.load([record_id])
            row = self._rows[record_id]
            if row is None or row.transferred_to:
                return None
            found = self._states[record_id] = state_of(self.team_id, row)
        return None if found.transferred_to else found

    def stored(self, record_id: str) -> Row | None:
        """A record as the database has it; None when it has none, or when it changed and is not flushed yet."""
        return None if record_id in self._states or record_id in self._new else self._rows.get(record_id)

    def records_about(self, person_id: str) -> list[str]:
        """The ids of a person's records that have changed and are not flushed yet."""
        found = [record_id for record_id, (change, _seq) in self._new.items() if change.person_id == person_id]
        return found + [record_id for record_id in self._changed if self._states[record_id].person_id == person_id]

    def stage(self, state: RecordState) -> None:
        """Set a record's new state, to be flushed later."""
        record_id = state.record_id
        if record_id not in self._rows:
            self.load([record_id])
        self._states[record_id] = state
        self._changed[record_id] = None
        self._new.pop(record_id, None)
        if state.transferred_to:
            self.transferred[record_id] = state.transferred_to
        else:
            self.transferred.pop(record_id, None)

    def stage_new(self, change: Change) -> None:
        """Create a record from its first change; `state` must have returned None for it."""
        self._new[change.record_id] = change, self.seq + 1
        self.transferred.pop(change.record_id, None)

    def append(self, device_id: str, incoming: IncomingChange, about: str, outcome: str, why: str = "") -> int:
        """Append a change to the log.

        Args:
            device_id: The laptop that sent it.
            incoming: The change as received.
            about: The id of the record it is about; "" when it cannot be parsed.
            outcome: Such as "applied" or "refused".
            why: Why it was quarantined; "" when it was not.

        Returns:
            Its sequence number in the team.
        """
        o, seq = incoming, self.seq + 1
        chain = hashlib.sha256(f"{self._chain}{o.hash}".encode()).hexdigest()
        body = o.text.decode("utf-8", "replace")
        self._entries.append((seq, device_id, o.op_no, about, o.hash, chain, outcome, why, self.at, body))
        self.seq, self._chain = seq, chain
        self._expected[about] -= 1
        return seq

    def flush_ready(self) -> None:
        """Flush the log and the records that no further change of this request is about."""
        expected = self._expected
        self._write_log()
        self._write_rows(
            [record_id for record_id in self._changed if expected[record_id] <= 0],
            [record_id for record_id in self._new if expected[record_id] <= 0],
        )

    def commit(self) -> None:
        """Flush everything that is not flushed yet, and the team's position."""
        self._write_log()
        self._write_rows(list(self._changed), list(self._new))
        if self.seq != self._before.seq:
            self._team = replace(self._team, seq=self.seq, chain=self._chain)
            self._repository.save_team(self._team)

    def rows_since(self, cursor: SyncPosition) -> list[Row] | None:
        """The records changed after a cursor, in sequence; None when they must be read from the database."""
        if cursor != self._before or cursor.epoch != self._team.epoch:
            return None
        return sorted(self._written.values(), key=_in_sequence)

    def _write_log(self) -> None:
        if self._entries:
            self._repository.append(self.team_id, self._entries)
            self._entries = []

    def _write_rows(self, changed: list[str], begun: list[str]) -> None:
        now = [row_of(self._states[record_id]) for record_id in changed]
        now += rows_begun([self._new[record_id] for record_id in begun])
        before = [row for record_id in (*changed, *begun) if (row := self._rows[record_id])]
        here = {row.record_id for row in before}
        self._repository.add_rows(self.team_id, [row for row in now if row.record_id not in here])
        self._repository.save_rows(self.team_id, [row for row in now if row.record_id in here])
        left = (checksum.record_hash(row.record_id, row.seq) for row in before)
        come = (checksum.record_hash(row.record_id, row.seq) for row in now)
        self._team = replace(self._team, checksum=checksum.updated(self._team.checksum, left, come))
        written = {row.record_id: row for row in now}
        self._rows |= written
        self._written |= written
        self._changed = {record_id: None for record_id in self._changed if record_id not in written}
        self._new = {record_id: one for record_id, one in self._new.items() if record_id not in written}
