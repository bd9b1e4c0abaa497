"""A team's records and log while changes are taken: read once, changed in memory, written once.

The rules are `domain.merge`; here is only the keeping of books, so that a request with hundreds of changes costs the
database a handful of statements.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from phb_tui.central.kept import Entry, Team
from phb_tui.central.storage import Tables
from phb_tui.domain import checksum
from phb_tui.domain.changes import RecordState
from phb_tui.domain.states import Row, row_of, state_of


class Book:
    """One team's book.

    Attributes:
        team_id: The team.
        seq: How far its log has come.

    Args:
        tables: The transaction.
        team: The team, locked until the transaction ends.
        at: The time, for the log.
    """

    def __init__(self, tables: Tables, team: Team, at: str) -> None:
        self._tables, self._team, self._at = tables, team, at
        self.team_id, self.seq, self._chain = team.team_id, team.seq, team.chain
        self._rows: dict[str, Row | None] = {}
        self._states: dict[str, RecordState] = {}
        self._parts: dict[str, int] = {}
        self._entries: list[Entry] = []

    @property
    def team(self) -> Team:
        """The team as it is written."""
        return self._team

    def begin_epoch(self, epoch: int) -> None:
        """Begin another life of the team's history."""
        self._team = replace(self._team, epoch=epoch)
        self._tables.save_team(self._team)

    def load(self, record_ids: Iterable[str]) -> None:
        """Read records that will be asked for."""
        missing = [record_id for record_id in dict.fromkeys(record_ids) if record_id not in self._rows]
        found = {row.record_id: row for row in self._tables.rows(self.team_id, missing)}
        self._rows |= {record_id: found.get(record_id) for record_id in missing}

    def gone_to(self, record_id: str | None) -> str:
        """The team a record was handed over to; "" while it is this team's, or when there is none."""
        if record_id in self._states:
            return self._states[record_id].gone
        row = self._row(record_id) if record_id else None
        return row.gone if row else ""

    def state(self, record_id: str) -> RecordState | None:
        """A record as it stands now; None when there is none here, or another team has it."""
        if record_id not in self._states:
            row = self._row(record_id)
            if row is None or row.gone:
                return None
            self._states[record_id] = state_of(self.team_id, row)
        found = self._states[record_id]
        return None if found.gone else found

    def records_about(self, person_id: str) -> list[str]:
        """The records about a person that changed since the book was opened."""
        return [record_id for record_id, state in self._states.items() if state.person_id == person_id]

    def put(self, state: RecordState) -> None:
        """Change a record."""
        row = self._row(state.record_id)
        self._parts.setdefault(state.record_id, checksum.of(state.record_id, row.seq) if row else 0)
        self._states[state.record_id] = state

    def enter(self, device_id: str, op_no: int, record_id: str, line: tuple[str, str, str, bytes]) -> int:
        """Enter a change into the log.

        Args:
            device_id: The laptop it came from.
            op_no: Its number there.
            record_id: The record it is about; "" when that cannot be read.
            line: The change's hash, what became of it, why, and its text.

        Returns:
            The team sequence it got.
        """
        change_hash, outcome, why, text = line
        seq = self.seq = self.seq + 1
        chain = self._chain = hashlib.sha256(f"{self._chain}{change_hash}".encode()).hexdigest()
        body = text.decode(errors="replace")
        self._entries.append(Entry(seq, device_id, op_no, record_id, change_hash, chain, outcome, why, self._at, body))
        return seq

    def write(self) -> None:
        """Write everything that changed."""
        if not self._entries:
            return
        team_id = self.team_id
        changed = [self._states[record_id] for record_id in self._parts]
        come = (checksum.of(state.record_id, state.seq) for state in changed)
        now = checksum.moved(self._team.checksum, self._parts.values(), come)
        self._team = replace(self._team, seq=self.seq, chain=self._chain, checksum=now)
        with self._tables.together():
            self._tables.append(team_id, self._entries)
            if changed:
                self._tables.save_rows(team_id, [row_of(state) for state in changed])
            self._tables.save_team(self._team)

    def _row(self, record_id: str) -> Row | None:
        if record_id not in self._rows:
            self.load([record_id])
        return self._rows[record_id]
