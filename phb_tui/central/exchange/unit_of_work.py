"""A team's records and log while changes are taken: read once, changed in memory, written when no more is expected.

The rules are `domain.merge`; here is only the keeping of books, so that a request with hundreds of changes costs the
database a handful of statements.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable
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
    """One team's book.

    Attributes:
        team_id: The team.
        seq: How far its log has come.
        gone: Records that were read and that another team has now, each with that team.

    Args:
        repository: The transaction.
        team: The team, locked until the transaction ends.
        at: The time, for the log.
    """

    def __init__(self, repository: Repository, team: Team, at: str) -> None:
        self._repository, self._team, self._at = repository, team, at
        self.team_id, self.seq, self._chain = team.team_id, team.seq, team.chain
        self._before = SyncPosition(team.epoch, team.seq)
        """How far the team had come when the book was opened."""
        self._rows: dict[str, Row | None] = {}
        """Records as the database has them; None for those that are not there."""
        self.gone: dict[str, str] = {}
        self._asked: set[str] = set()
        """Records of which only this is known: whether another team has them."""
        self._to_come: Counter[str] = Counter()
        """How many changes of each record are expected."""
        self._states: dict[str, RecordState] = {}
        self._changed: dict[str, None] = {}
        """Records that are not written yet as they are now in `_states`."""
        self._begun: dict[str, tuple[Change, int]] = {}
        """Records that are not written yet either, while one change is all that there ever was of them."""
        self._entries: list[LogRow] = []
        """What is not in the log yet."""
        self._written: dict[str, Row] = {}
        """What has been written since the book was opened."""

    @property
    def team(self) -> Team:
        """The team as it is written."""
        return self._team

    def begin_epoch(self, epoch: int) -> None:
        """Begin another life of the team's history."""
        self._team = replace(self._team, epoch=epoch)
        self._repository.save_team(self._team)

    def prefetch(self, record_ids: Collection[str]) -> None:
        """Read the records that changes will be about, each named as often as there are changes."""
        self.load(record_ids)
        self._to_come.update(record_ids)

    def load(self, record_ids: Iterable[str]) -> None:
        """Read records that will be asked for."""
        missing = [record_id for record_id in dict.fromkeys(record_ids) if record_id not in self._rows]
        found = {row.record_id: row for row in self._repository.rows(self.team_id, missing)}
        self._rows |= {record_id: found.get(record_id) for record_id in missing}
        self.gone |= {row.record_id: row.transferred_to for row in found.values() if row.transferred_to}

    def load_owners(self, record_ids: Iterable[str]) -> None:
        """Find out which of some records another team has now, which costs less than to read them."""
        asked = [record_id for record_id in dict.fromkeys(record_ids) if record_id not in self._rows]
        self.gone |= self._repository.transferred(self.team_id, [one for one in asked if one not in self._asked])
        self._asked.update(asked)

    def gone_to(self, record_id: str) -> str:
        """The team a record was handed over to; "" while it is this team's, or when there is none."""
        if record_id not in self._asked:
            self.load_owners([record_id])
        return self.gone.get(record_id, "")

    def weight(self, record_id: str) -> int:
        """About how many bytes a record had when it was last read or written; 0 for none."""
        row = self._rows.get(record_id)
        return len(row.values) + len(row.origins) if row else 0

    def gone_at(self, record_id: str, person_id: str | None) -> int:
        """The team sequence at which a record, or the person it is about, went to another team; 0 if neither did."""
        self.load(ids := (record_id, person_id or record_id))
        found = [self._states.get(one) or self._rows[one] for one in ids]
        return min((one.seq for one in found if one and one.transferred_to), default=0)

    def state(self, record_id: str) -> RecordState | None:
        """A record as it stands now; None when there is none here, or another team has it."""
        found = self._states.get(record_id)
        if found is None:
            if begun := self._begun.get(record_id):
                return merge_record(None, *begun)[0]
            if record_id not in self._rows:
                self.load([record_id])
            row = self._rows[record_id]
            if row is None or row.transferred_to:
                return None
            found = self._states[record_id] = state_of(self.team_id, row)
        return None if found.transferred_to else found

    def records_about(self, person_id: str) -> list[str]:
        """The records about a person that changed and are not written yet."""
        found = [record_id for record_id, (change, _seq) in self._begun.items() if change.person_id == person_id]
        return found + [record_id for record_id in self._changed if self._states[record_id].person_id == person_id]

    def stage(self, state: RecordState) -> None:
        """Change a record."""
        record_id = state.record_id
        if record_id not in self._rows:
            self.load([record_id])
        self._states[record_id] = state
        self._changed[record_id] = None
        self._begun.pop(record_id, None)
        if state.transferred_to:
            self.gone[record_id] = state.transferred_to
        else:
            self.gone.pop(record_id, None)

    def stage_new(self, change: Change) -> None:
        """Begin a record that nobody wrote in before with a change; the book was asked for its state."""
        self._begun[change.record_id] = change, self.seq + 1
        self.gone.pop(change.record_id, None)

    def append(self, device_id: str, offered: IncomingChange, about: str, outcome: str, why: str = "") -> int:
        """Enter a change into the log.

        Args:
            device_id: The laptop it came from.
            offered: The change as it came.
            about: The record it is about; "" when that cannot be read.
            outcome: What became of it.
            why: Why it was kept aside; "" when it was not.

        Returns:
            The team sequence it got.
        """
        o, seq = offered, self.seq + 1
        chain = hashlib.sha256(f"{self._chain}{o.hash}".encode()).hexdigest()
        body = o.text.decode("utf-8", "replace")
        self._entries.append((seq, device_id, o.op_no, about, o.hash, chain, outcome, why, self._at, body))
        self.seq, self._chain = seq, chain
        self._to_come[about] -= 1
        return seq

    def flush_ready(self) -> None:
        """Write what no change is expected of any more, so that the database is at work while others are taken."""
        to_come = self._to_come
        self._write_log()
        self._write_rows(
            [record_id for record_id in self._changed if to_come[record_id] <= 0],
            [record_id for record_id in self._begun if to_come[record_id] <= 0],
        )

    def commit(self) -> None:
        """Write everything that changed and is not written yet."""
        self._write_log()
        self._write_rows(list(self._changed), list(self._begun))
        if self.seq != self._before.seq:
            self._team = replace(self._team, seq=self.seq, chain=self._chain)
            self._repository.save_team(self._team)

    def rows_since(self, cursor: SyncPosition) -> list[Row] | None:
        """The records with news after a cursor, in sequence; None when the database has to be asked."""
        if cursor != self._before or cursor.epoch != self._team.epoch:
            return None
        return sorted(self._written.values(), key=_in_sequence)

    def _write_log(self) -> None:
        if self._entries:
            self._repository.append(self.team_id, self._entries)
            self._entries = []

    def _write_rows(self, changed: list[str], begun: list[str]) -> None:
        now = [row_of(self._states[record_id]) for record_id in changed]
        now += rows_begun([self._begun[record_id] for record_id in begun])
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
        self._begun = {record_id: one for record_id, one in self._begun.items() if record_id not in written}
