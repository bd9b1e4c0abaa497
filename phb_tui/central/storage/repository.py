"""Repository of central's tables and the transactions it works in, the same for SQLite and PostgreSQL."""

import re
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from phb_tui.central.storage import queries
from phb_tui.central.storage.change_repository import ChangeRepository
from phb_tui.central.storage.engine import Engine, Transaction, Value
from phb_tui.central.storage.models import Device, EnrolmentCode, Team
from phb_tui.central.storage.queries import BulkInsert
from phb_tui.central.storage.sqlite import SqliteEngine
from phb_tui.central.storage.staff_repository import StaffRepository
from phb_tui.domain.records.checksum import NOTHING
from phb_tui.domain.records.record_codec import Row

T = TypeVar("T")
IDENTIFIER = "[A-Za-z0-9._:-]{1,100}"
"""Regular expression for the id of a team, a device, a person or a record."""


_is_name = re.compile(IDENTIFIER).fullmatch


def is_identifier(text: str) -> bool:
    """Whether a text can be the id of a team, a device, a person or a record."""
    return _is_name(text) is not None


class Repository(StaffRepository, ChangeRepository):
    """Reads and writes central's tables within one transaction.

    Args:
        run: The transaction.
        teams: The ids of the teams whose rows the transaction may read and write.
    """

    def __init__(self, run: Transaction, teams: frozenset[str]) -> None:
        super().__init__(run)
        self.teams = teams

    # -- teams

    def team(self, team_id: str) -> Team | None:
        """One team; None when there is none of this id."""
        rows = self._tx.fetch(queries.SELECT_TEAM, team_id)
        return Team(*rows[0]) if rows else None

    def lock_team(self, team_id: str) -> Team | None:
        """One team, its row locked until the transaction ends, so that commits follow the order of `Team.seq`."""
        rows = self._tx.fetch_for_update(queries.SELECT_TEAM, team_id)
        return Team(*rows[0]) if rows else None

    def save_team(self, team: Team) -> None:
        """Write a team's epoch, sequence number, hash chain and checksum."""
        self._tx.fetch(queries.UPDATE_TEAM, team.epoch, team.seq, team.chain, team.checksum, team.team_id)

    def increment_epoch(self, team_id: str) -> None:
        """Start a new epoch: every laptop reads all records again and sends the changes that are missing here."""
        self._tx.fetch(queries.INCREMENT_EPOCH, team_id)

    def add_team(self, team_id: str, name: str) -> None:
        """Insert a team in its first epoch, without changes."""
        self._tx.fetch(queries.INSERT_TEAM, team_id, name, NOTHING)

    def other_teams(self, team_id: str) -> list[tuple[str, str]]:
        """The id and name of every team but this one, by name."""
        found = (Team(*row) for row in self._tx.fetch(queries.SELECT_TEAMS))
        return [(team.team_id, team.name) for team in found if team.team_id != team_id]

    # -- devices

    def device(self, team_id: str, device_id: str) -> Device | None:
        """One device of a team; None when there is none of this id."""
        rows = self._tx.fetch(queries.SELECT_DEVICE, team_id, device_id)
        return Device(*rows[0]) if rows else None

    def devices(self, team_id: str) -> list[Device]:
        """Every device of a team, by label."""
        return [Device(*row) for row in self._tx.fetch(queries.SELECT_DEVICES, team_id)]

    def add_device(self, device: Device) -> None:
        """Insert a newly enrolled device, in the state "active"."""
        d = device
        self._tx.fetch(queries.INSERT_DEVICE, d.team_id, d.device_id, d.staff_id, d.label, d.public_key, d.enrolled_at)

    def replace_key(self, team_id: str, device_id: str, public_key: str) -> None:
        """Replace a device's public key (hex) and set its state to "active"."""
        self._tx.fetch(queries.UPDATE_DEVICE_KEY, public_key, team_id, device_id)

    def save_device(self, device: Device) -> None:
        """Write the number and hash of a device's last change, and when it last exchanged."""
        d = device
        self._tx.fetch(queries.UPDATE_DEVICE, d.last_op, d.head, d.seen_at, d.team_id, d.device_id)

    def save_device_state(self, team_id: str, device_id: str, state: str) -> None:
        """Write a device's state; see `Device.state`."""
        self._tx.fetch(queries.UPDATE_DEVICE_STATE, state, team_id, device_id)

    def add_code(self, team_id: str, code_hash: str, code: EnrolmentCode, made_by: str) -> None:
        """Insert an enrolment code by its hash, with the staff id of who made it."""
        self._tx.fetch(queries.INSERT_CODE, team_id, code_hash, code.staff_id, code.device_id, made_by, code.expires_at)

    def code(self, team_id: str, code_hash: str) -> EnrolmentCode | None:
        """One enrolment code by its hash, its row locked; None when it is not known."""
        rows = self._tx.fetch_for_update(queries.SELECT_CODE, team_id, code_hash)
        return EnrolmentCode(*rows[0]) if rows else None

    def mark_code_used(self, team_id: str, code_hash: str, at: str) -> None:
        """Mark an enrolment code as used at a time (ISO 8601 UTC), so that it cannot be used again."""
        self._tx.fetch(queries.UPDATE_CODE_USED, at, team_id, code_hash)

    def remember_nonce(self, team_id: str, device_id: str, nonce: str, at: int) -> bool:
        """Store a request's nonce; False when the same device sent it before (a replay).

        Args:
            team_id: The team.
            device_id: The device.
            nonce: The nonce of the request's signature.
            at: Now, in seconds since 1970.
        """
        return bool(self._tx.fetch(queries.INSERT_NONCE, team_id, device_id, nonce, at))

    def purge_nonces(self, team_id: str, before: int, limit: int) -> int:
        """Delete the oldest nonces, of requests that would be refused by their age alone; how many it deleted.

        Args:
            team_id: The team.
            before: Deletes those older than this, in seconds since 1970.
            limit: How many at most, and all others of the same second.
        """
        found = self._tx.fetch(queries.SELECT_OLD_NONCES, team_id, before, limit)
        if found:
            self._tx.fetch(queries.DELETE_NONCES, team_id, found[-1][0])
        return len(found)

    def mark_staff_codes_used(self, team_id: str, staff_id: str, at: str) -> None:
        """Mark every unused enrolment code of a staff member as used."""
        self._tx.fetch(queries.UPDATE_STAFF_CODES_USED, at, team_id, staff_id)

    # -- remote commands

    def add_command(self, team_id: str, device_id: str, order_id: str, what: str, at: str, by: str) -> None:  # noqa: PLR0913, PLR0917
        """Store a remote command ("lock", "release" or "wipe") for a device until the device confirms it."""
        self._tx.fetch(queries.INSERT_COMMAND, team_id, device_id, order_id, what, at, by)

    def pending_commands(self, team_id: str, device_id: str) -> list[tuple[str, str, str]]:
        """The commands that a device has not confirmed, oldest first: id, command, when (ISO 8601 UTC)."""
        return [
            (str(order_id), str(what), str(at))
            for order_id, what, at in self._tx.fetch(queries.SELECT_PENDING_COMMANDS, team_id, device_id)
        ]

    def confirm_command(self, team_id: str, device_id: str, order_id: str, at: str) -> None:
        """Mark a command as carried out by the device."""
        self._tx.fetch(queries.UPDATE_COMMAND_DONE, at, team_id, device_id, order_id)

    # -- records

    def rows(self, team_id: str, record_ids: list[str]) -> list[Row]:
        """Records by their ids."""
        return self.start_rows(team_id, record_ids)()

    def start_rows(self, team_id: str, record_ids: list[str]) -> Callable[[], list[Row]]:
        """The same as `rows`, read while other work goes on: returns what waits for them."""
        wait = self._tx.start(queries.SELECT_RECORDS, record_ids, team_id) if record_ids else list
        return lambda: list(map(Row._make, wait()))

    def transferred(self, team_id: str, record_ids: list[str]) -> dict[str, str]:
        """Which of these records were transferred, each with the id of the team that has it now."""
        return dict(self._tx.fetch(queries.SELECT_TRANSFERRED, record_ids, team_id)) if record_ids else {}

    def rows_after(self, team_id: str, seq: int, limit: int) -> list[Row]:
        """Records changed after a sequence number, in sequence, at most `limit`."""
        return self._rows(queries.SELECT_RECORDS_AFTER, team_id, seq, limit)

    def rows_at(self, team_id: str, seq: int) -> list[Row]:
        """Records last changed at one sequence number; a transfer changes many at once."""
        return self._rows(queries.SELECT_RECORDS_AT, team_id, seq)

    def rows_of_person(self, team_id: str, person_id: str) -> list[Row]:
        """Every record about a person."""
        return self._rows(queries.SELECT_RECORDS_OF_PERSON, team_id, person_id)

    def ids_of_people(
        self, team_id: str, person_ids: list[str], kinds: tuple[str, str]
    ) -> list[tuple[str, str, str, int]]:
        """The records of two kinds about some people: person id, kind, record id, and at which sequence it changed.

        Their contents, which may be long, are not read.
        """
        return self.start_ids_of_people(team_id, person_ids, kinds)()

    def start_ids_of_people(
        self, team_id: str, person_ids: list[str], kinds: tuple[str, str]
    ) -> Callable[[], list[tuple[str, str, str, int]]]:
        """The same, read while other work goes on: returns what waits for them."""
        return self._tx.start(queries.SELECT_IDS_OF_PEOPLE, person_ids, team_id, *kinds) if person_ids else list

    def rows_of_kind(self, team_id: str, kind: str) -> list[Row]:
        """Every record of one kind that the team has, without those transferred away."""
        return self._rows(queries.SELECT_RECORDS_OF_KIND, team_id, kind)

    def rows_in_conflict(self, team_id: str) -> list[Row]:
        """Every record of the team with an open conflict."""
        return self._rows(queries.SELECT_RECORDS_IN_CONFLICT, team_id)

    def count_of_kind(self, team_id: str, kind: str) -> int:
        """How many records of one kind the team has, without those transferred away."""
        return int(self._tx.fetch(queries.COUNT_RECORDS_OF_KIND, team_id, kind)[0][0])

    def count_of_people(self, team_id: str, kind: str) -> int:
        """How many people of the team have a record of one kind."""
        return int(self._tx.fetch(queries.COUNT_PEOPLE_WITH_KIND, team_id, kind)[0][0])

    def add_rows(self, team_id: str, rows: Sequence[Row]) -> None:
        """Insert records; one that exists already is an error."""
        self._put(queries.INSERT_RECORDS, team_id, rows)

    def save_rows(self, team_id: str, rows: Sequence[Row]) -> None:
        """Insert or overwrite records with their latest state."""
        self._put(queries.UPSERT_RECORDS, team_id, rows)

    def _put(self, bulk: BulkInsert, team_id: str, rows: Sequence[Row]) -> None:
        if rows:
            self._tx.insert_many(bulk, team_id, rows)

    def _rows(self, statement: str, *values: Value | list[str]) -> list[Row]:
        return list(map(Row._make, self._tx.fetch(statement, *values)))

    # -- audit log

    def last_audit(self, team_id: str) -> tuple[int, str]:
        """The number and the hash of the audit log's last line; 0 and "" before the first."""
        rows = self._tx.fetch(queries.SELECT_LAST_AUDIT, team_id)
        return rows[0] if rows else (0, "")

    def add_audit(self, team_id: str, number: int, line: tuple[str, str, str, str], line_hash: str) -> None:
        """Append a line to the audit log: when, who, what, about what; see `audit_log.append`."""
        self._tx.fetch(queries.INSERT_AUDIT, team_id, number, *line, line_hash)

    def audit(self, team_id: str) -> list[tuple[int, str, str, str, str, str]]:
        """Every line of a team's audit log, oldest first: number, when, who, what, about what, hash."""
        return self._tx.fetch(queries.SELECT_AUDIT, team_id)


class Storage:
    """Runs work on a `Repository` in transactions of one database.

    Args:
        engine: The database engine.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def on_sqlite(cls, path: Path | None) -> "Storage":
        """Storage on SQLite: in a file, or in memory when `path` is None; creates or migrates the tables."""
        return cls(SqliteEngine(path))

    def write(self, teams: Collection[str], work: Callable[[Repository], T]) -> T:
        """Run work on some teams in one read-write transaction and return its result; see `Engine.write`."""
        named = frozenset(team_id for team_id in teams if is_identifier(team_id))
        return self.engine.write(named, lambda run: work(Repository(run, named)))

    def read(self, teams: Collection[str], work: Callable[[Repository], T]) -> T:
        """Run work on one snapshot of some teams and return its result; see `Engine.read`."""
        named = frozenset(team_id for team_id in teams if is_identifier(team_id))
        return self.engine.read(named, lambda run: work(Repository(run, named)))

    def teams(self) -> list[Team]:
        """Every team, by name."""
        return self.engine.read((), lambda run: [Team(*row) for row in run.fetch(queries.SELECT_TEAMS)])

    def close(self) -> None:
        """Close the database."""
        self.engine.close()
