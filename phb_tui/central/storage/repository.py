"""What central keeps, in its own words, over either database."""

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from phb_tui.central.storage import queries
from phb_tui.central.storage.engine import Engine, Transaction, Value
from phb_tui.central.storage.models import Device, EnrolmentCode, LogRow, ReceivedChange, Team
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.central.storage.sqlite import SqliteEngine
from phb_tui.central.storage.staff_repository import StaffRepository
from phb_tui.domain.records.checksum import NOTHING
from phb_tui.domain.records.record_codec import Row

T = TypeVar("T")
IDENTIFIER = "[A-Za-z0-9._:-]{1,100}"
"""What the id of a team, a laptop, a person or a record is made of."""


_is_name = re.compile(IDENTIFIER).fullmatch


def is_identifier(text: str) -> bool:
    """Whether something can be the id of a team, a laptop, a person or a record."""
    return _is_name(text) is not None


class Repository(StaffRepository):
    """Central's tables within one transaction.

    Args:
        run: The transaction.
        teams: The teams it may see.
    """

    def __init__(self, run: Transaction, teams: frozenset[str]) -> None:
        super().__init__(run)
        self.teams = teams

    # -- teams

    def team(self, team_id: str) -> Team | None:
        """A team."""
        rows = self._tx.fetch(queries.SELECT_TEAM, team_id)
        return Team(*rows[0]) if rows else None

    def lock_team(self, team_id: str) -> Team | None:
        """A team, held until the transaction ends, so that commits come in the order of the sequence."""
        rows = self._tx.fetch_for_update(queries.SELECT_TEAM, team_id)
        return Team(*rows[0]) if rows else None

    def save_team(self, team: Team) -> None:
        """Keep a team's place in its history."""
        self._tx.fetch(queries.UPDATE_TEAM, team.epoch, team.seq, team.chain, team.checksum, team.team_id)

    def increment_epoch(self, team_id: str) -> None:
        """Begin another life of a team's history: laptops start again, and send what is missing here."""
        self._tx.fetch(queries.INCREMENT_EPOCH, team_id)

    def add_team(self, team_id: str, name: str) -> None:
        """Add a team."""
        self._tx.fetch(queries.INSERT_TEAM, team_id, name, NOTHING)

    def other_teams(self, team_id: str) -> list[tuple[str, str]]:
        """The id and name of every team but this one."""
        found = (Team(*row) for row in self._tx.fetch(queries.SELECT_TEAMS))
        return [(team.team_id, team.name) for team in found if team.team_id != team_id]

    # -- laptops

    def device(self, team_id: str, device_id: str) -> Device | None:
        """One laptop."""
        rows = self._tx.fetch(queries.SELECT_DEVICE, team_id, device_id)
        return Device(*rows[0]) if rows else None

    def devices(self, team_id: str) -> list[Device]:
        """A team's laptops."""
        return [Device(*row) for row in self._tx.fetch(queries.SELECT_DEVICES, team_id)]

    def add_device(self, device: Device) -> None:
        """Add a laptop."""
        d = device
        self._tx.fetch(queries.INSERT_DEVICE, d.team_id, d.device_id, d.staff_id, d.label, d.public_key, d.enrolled_at)

    def replace_key(self, team_id: str, device_id: str, public_key: str) -> None:
        """Give a laptop another key, with which it is let in again."""
        self._tx.fetch(queries.UPDATE_DEVICE_KEY, public_key, team_id, device_id)

    def save_device(self, device: Device) -> None:
        """Keep how far a laptop's changes have come, and when it was here."""
        d = device
        self._tx.fetch(queries.UPDATE_DEVICE, d.last_op, d.head, d.seen_at, d.team_id, d.device_id)

    def save_device_state(self, team_id: str, device_id: str, state: str) -> None:
        """Let a laptop in or keep it out."""
        self._tx.fetch(queries.UPDATE_DEVICE_STATE, state, team_id, device_id)

    def add_code(self, team_id: str, code_hash: str, code: EnrolmentCode, made_by: str) -> None:
        """Keep a one-time code's hash."""
        self._tx.fetch(queries.INSERT_CODE, team_id, code_hash, code.staff_id, code.device_id, made_by, code.expires_at)

    def code(self, team_id: str, code_hash: str) -> EnrolmentCode | None:
        """A one-time code by its hash."""
        rows = self._tx.fetch_for_update(queries.SELECT_CODE, team_id, code_hash)
        return EnrolmentCode(*rows[0]) if rows else None

    def mark_code_used(self, team_id: str, code_hash: str, at: str) -> None:
        """Note that a code was used; it is not good again."""
        self._tx.fetch(queries.UPDATE_CODE_USED, at, team_id, code_hash)

    def remember_nonce(self, team_id: str, device_id: str, nonce: str, at: int) -> bool:
        """Note a request's mark; False when the same request was here before.

        Args:
            team_id: The team.
            device_id: The laptop.
            nonce: The mark.
            at: Now, in seconds since 1970.
        """
        return bool(self._tx.fetch(queries.INSERT_NONCE, team_id, device_id, nonce, at))

    def purge_nonces(self, team_id: str, before: int, limit: int) -> int:
        """Forget the oldest marks of requests that are too old to be answered anyway; how many it forgot.

        Args:
            team_id: The team.
            before: Older than this, in seconds since 1970.
            limit: How many at most, and beyond it those of the same second.
        """
        found = self._tx.fetch(queries.SELECT_OLD_NONCES, team_id, before, limit)
        if found:
            self._tx.fetch(queries.DELETE_NONCES, team_id, found[-1][0])
        return len(found)

    def mark_staff_codes_used(self, team_id: str, staff_id: str, at: str) -> None:
        """Note that somebody's codes are not good any more."""
        self._tx.fetch(queries.UPDATE_STAFF_CODES_USED, at, team_id, staff_id)

    # -- orders to laptops

    def add_command(self, team_id: str, device_id: str, order_id: str, what: str, at: str, by: str) -> None:  # noqa: PLR0913, PLR0917
        """Keep an order for a laptop until it is confirmed."""
        self._tx.fetch(queries.INSERT_COMMAND, team_id, device_id, order_id, what, at, by)

    def pending_commands(self, team_id: str, device_id: str) -> list[tuple[str, str, str]]:
        """A laptop's orders that are not confirmed, oldest first: id, what, when."""
        return [
            (str(order_id), str(what), str(at))
            for order_id, what, at in self._tx.fetch(queries.SELECT_PENDING_COMMANDS, team_id, device_id)
        ]

    def confirm_command(self, team_id: str, device_id: str, order_id: str, at: str) -> None:
        """Note that a laptop did what it was told."""
        self._tx.fetch(queries.UPDATE_COMMAND_DONE, at, team_id, device_id, order_id)

    # -- changes

    def hashes(self, team_id: str, device_id: str, first: int, last: int) -> dict[int, tuple[str, str, str]]:
        """A laptop's changes that are here, by number: the hash, what became of it and why."""
        rows = self._tx.fetch(queries.SELECT_HASHES, team_id, device_id, first, last)
        return {op_no: (str(found), str(outcome), str(why)) for op_no, found, outcome, why in rows}

    def chain_at(self, team_id: str, seq: int) -> str:
        """Central's hash over everything up to a sequence; "" at 0 and where central has nothing."""
        rows = self._tx.fetch(queries.SELECT_CHAIN, team_id, seq)
        return str(rows[0][0]) if rows else ""

    def append(self, team_id: str, entries: Sequence[LogRow]) -> None:
        """Keep changes for good, with what became of them."""
        self._tx.insert_many(queries.INSERT_CHANGES, team_id, entries)

    def latest_changes(self, team_id: str, limit: int) -> list[ReceivedChange]:
        """The last changes that arrived, newest first."""
        return [ReceivedChange(*row) for row in self._tx.fetch(queries.SELECT_LATEST_CHANGES, team_id, limit)]

    def quarantined(self, team_id: str, limit: int) -> list[ReceivedChange]:
        """The last changes that were kept aside, newest first."""
        return [ReceivedChange(*row) for row in self._tx.fetch(queries.SELECT_QUARANTINED_CHANGES, team_id, limit)]

    def is_partial(self, team_id: str, person_id: str) -> bool:
        """Whether a team began a person's record with a change to one it did not have, and it did not come since."""
        return self._tx.fetch(queries.SELECT_LAST_TRANSFER_OUTCOME, team_id, person_id) == [("in part",)]

    def confirmed_seq(self, team_id: str, device_id: str) -> int:
        """How far a laptop had come when it last said that nothing was left on it to send; 0 if it never did."""
        rows = self._tx.fetch(queries.SELECT_CONFIRMED_SEQ, team_id, device_id)
        return int(rows[0][0]) if rows else 0

    def save_confirmed_seq(self, team_id: str, device_id: str, seq: int) -> None:
        """Keep how far a laptop has come; it does not go back."""
        self._tx.fetch(queries.UPSERT_CONFIRMED_SEQ, team_id, device_id, seq)

    # -- records

    def rows(self, team_id: str, record_ids: list[str]) -> list[Row]:
        """Records by their ids."""
        return self._rows(queries.SELECT_RECORDS, record_ids, team_id) if record_ids else []

    def transferred(self, team_id: str, record_ids: list[str]) -> dict[str, str]:
        """Which of some records were handed over, each with the team that has it."""
        return dict(self._tx.fetch(queries.SELECT_TRANSFERRED, record_ids, team_id)) if record_ids else {}

    def rows_after(self, team_id: str, seq: int, limit: int) -> list[Row]:
        """Records with news after a sequence, in sequence, at most `most`."""
        return self._rows(queries.SELECT_RECORDS_AFTER, team_id, seq, limit)

    def rows_at(self, team_id: str, seq: int) -> list[Row]:
        """The records whose last news is at one sequence; a handover moves many at once."""
        return self._rows(queries.SELECT_RECORDS_AT, team_id, seq)

    def rows_of_person(self, team_id: str, person_id: str) -> list[Row]:
        """Every record about a person."""
        return self._rows(queries.SELECT_RECORDS_OF_PERSON, team_id, person_id)

    def rows_of_kind(self, team_id: str, kind: str) -> list[Row]:
        """Every record of one kind that is the team's."""
        return self._rows(queries.SELECT_RECORDS_OF_KIND, team_id, kind)

    def rows_in_conflict(self, team_id: str) -> list[Row]:
        """Every record with an open conflict."""
        return self._rows(queries.SELECT_RECORDS_IN_CONFLICT, team_id)

    def count_of_kind(self, team_id: str, kind: str) -> int:
        """How many records of one kind are the team's."""
        return int(self._tx.fetch(queries.COUNT_RECORDS_OF_KIND, team_id, kind)[0][0])

    def count_of_people(self, team_id: str, kind: str) -> int:
        """How many people of the team have a record of one kind."""
        return int(self._tx.fetch(queries.COUNT_PEOPLE_WITH_KIND, team_id, kind)[0][0])

    def add_rows(self, team_id: str, rows: Sequence[Row]) -> None:
        """Keep records that were not there before."""
        self._put(queries.INSERT_RECORDS, team_id, rows)

    def save_rows(self, team_id: str, rows: Sequence[Row]) -> None:
        """Keep records' latest pictures in the place of the ones before."""
        self._put(queries.UPSERT_RECORDS, team_id, rows)

    def _put(self, bulk: BulkInsert, team_id: str, rows: Sequence[Row]) -> None:
        if rows:
            self._tx.insert_many(bulk, team_id, rows)

    def _rows(self, statement: str, *values: Value | list[str]) -> list[Row]:
        return list(map(Row._make, self._tx.fetch(statement, *values)))

    # -- the audit

    def last_audit(self, team_id: str) -> tuple[int, str]:
        """The number and the hash of the audit's last line; 0 and "" before the first."""
        rows = self._tx.fetch(queries.SELECT_LAST_AUDIT, team_id)
        return rows[0] if rows else (0, "")

    def add_audit(self, team_id: str, number: int, line: tuple[str, str, str, str], line_hash: str) -> None:
        """Add a line to the audit: when, who, what, about what."""
        self._tx.fetch(queries.INSERT_AUDIT, team_id, number, *line, line_hash)

    def audit(self, team_id: str) -> list[tuple[int, str, str, str, str, str]]:
        """The audit's lines: number, when, who, what, about what, hash."""
        return self._tx.fetch(queries.SELECT_AUDIT, team_id)


class Storage:
    """Central's storage.

    Args:
        engine: The database.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def on_sqlite(cls, path: Path | None) -> "Storage":
        """Central's embedded default: a file, or memory when `path` is None. The tables are made if there are none."""
        return cls(SqliteEngine(path))

    def write(self, teams: Collection[str], work: Callable[[Repository], T]) -> T:
        """Do work on some teams in one transaction; see `Engine.write`."""
        named = frozenset(team_id for team_id in teams if is_identifier(team_id))
        return self.engine.write(named, lambda run: work(Repository(run, named)))

    def read(self, teams: Collection[str], work: Callable[[Repository], T]) -> T:
        """Do work that sees one moment of some teams; see `Engine.read`."""
        named = frozenset(team_id for team_id in teams if is_identifier(team_id))
        return self.engine.read(named, lambda run: work(Repository(run, named)))

    def teams(self) -> list[Team]:
        """Every team."""
        return self.engine.read((), lambda run: [Team(*row) for row in run.fetch(queries.SELECT_TEAMS)])

    def close(self) -> None:
        """Let go of the database."""
        self.engine.close()
