"""Central's own changes: the team's policy for money and the law's figures, written under a device id of its own.

They are changes like any other, in the team's log and in its chain of hashes, so laptops get them by the ordinary
exchange. The log keeps every version, which is how central works out again what was worked out with an earlier one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.validation import IncomingChange
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import ADMINISTRATOR, CENTRAL
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, RecordState, SyncPosition, Value
from phb_tui.domain.records.merge import Outcome, merge_record
from phb_tui.errors import SettingsProblem
from phb_tui.sync import wire

POLICY, RATES = "policy", "rates"
KINDS = (POLICY, RATES)
"""Kinds of record that only central writes; a team has one of each."""
VERSION, FROM_DATE, TEXT = "version", "from_date", "text"
OCCUPIED = "This team has something else where its {kind} belongs. Tell who looks after phb-tui."


@dataclass(frozen=True, slots=True)
class Figures:
    """One version of a team's policy or of the law's figures.

    Attributes:
        version: Its number; 0 for none.
        text: Canonical JSON; "" for none.
        from_date: The day it holds from, ISO 8601; "" for figures that carry their own days.
    """

    version: int = 0
    text: str = ""
    from_date: str = ""


@lru_cache(maxsize=1_000)
def places(team_id: str) -> frozenset[str]:
    """Ids of a team's records that only central writes."""
    return frozenset(record_ids.single_id(team_id, kind) for kind in KINDS)


def in_force(repository: Repository, team_id: str, kind: str) -> Figures:
    """A team's newest policy or figures of the law."""
    return next(every_version(repository, team_id, kind), Figures())


def every_version(repository: Repository, team_id: str, kind: str) -> Iterator[Figures]:
    """Each version that central ever wrote for a team, the newest first."""
    for text in repository.texts_about(team_id, CENTRAL, record_ids.single_id(team_id, kind)):
        values = wire.decode_change(text.encode()).fields
        yield Figures(int(values[VERSION] or 0), str(values[TEXT]), str(values.get(FROM_DATE) or ""))


def append(repository: Repository, unit: TeamUnitOfWork, change: Change) -> None:
    """Add a change of central's own to the team's log and its record, under central's next number.

    Args:
        repository: The transaction.
        unit: The team's unit of work; this flushes it.
        change: The change, without its number.
    """
    last, head = repository.last_change(unit.team_id, CENTRAL)
    numbered = change.numbered(last + 1, head)
    incoming = IncomingChange(numbered.op_no, numbered.text.encode(), numbered.hash, numbered, "", numbered.hash)
    merged, _outcome = merge_record(unit.state(change.record_id), numbered, unit.seq + 1)
    unit.append(CENTRAL, incoming, change.record_id, Outcome.APPLIED)
    unit.stage(merged)
    unit.commit()


class OwnChanges:
    """Writes central's own changes.

    Args:
        storage: Central's storage.
        now: Returns the current time.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage, self._now = storage, now

    def write_policy(self, team_id: str, text: str, from_date: str, after: int) -> int:
        """Give a team another policy.

        Args:
            team_id: The team.
            text: The policy as canonical JSON.
            from_date: The day it holds from, ISO 8601.
            after: The version that it takes the place of, 0 for none; another one may have come meanwhile.

        Returns:
            Its version.

        Raises:
            SettingsProblem: There is no such team, or its policy is another one by now.
        """

        def work(repository: Repository) -> int:
            unit = self._unit(repository, team_id)
            if in_force(repository, team_id, POLICY).version != after:
                raise SettingsProblem("Another policy was written meanwhile, so nothing was written now. Look again.")
            self._write(repository, unit, POLICY, Figures(after + 1, text, from_date))
            return after + 1

        return self._storage.write({team_id}, work)

    def write_rates(self, version: int, text: str) -> None:
        """Give every team that has an older table of the law's figures this one.

        Args:
            version: Its version.
            text: The table as canonical JSON.
        """
        for team in self._storage.teams():
            self._storage.write({team.team_id}, partial(self._write_newer, team.team_id, Figures(version, text)))

    def _write_newer(self, team_id: str, figures: Figures, repository: Repository) -> None:
        unit = self._unit(repository, team_id)
        if in_force(repository, team_id, RATES).version < figures.version:
            self._write(repository, unit, RATES, figures)

    def _unit(self, repository: Repository, team_id: str) -> TeamUnitOfWork:
        """The team's unit of work, so that no exchange runs meanwhile and no two processes write one version."""
        team = repository.lock_team(team_id)
        if team is None:
            raise SettingsProblem("There is no team with this id. Add it first: phb-central add-team")
        return TeamUnitOfWork(repository, team, utc(self._now()))

    def _write(self, repository: Repository, unit: TeamUnitOfWork, kind: str, figures: Figures) -> None:
        team_id, at = unit.team_id, utc(self._now())
        fields: dict[str, Value] = {VERSION: figures.version, TEXT: figures.text}
        if figures.from_date:
            fields[FROM_DATE] = figures.from_date
        record_id = record_ids.single_id(team_id, kind)
        state = unit.state(record_id)
        if (state and state.kind != kind) or unit.team_of(record_id) or repository.device(team_id, CENTRAL):
            raise SettingsProblem(OCCUPIED.format(kind=kind))
        change = Change(
            team_id, CENTRAL, kind, record_id, None, fields, held_before(state, fields),
            SyncPosition(unit.team.epoch, unit.seq), ADMINISTRATOR, at,
        )  # fmt: skip
        append(repository, unit, change)
        audit_log.append(repository, team_id, at, ADMINISTRATOR, f"wrote {kind} {figures.version}")


def held_before(state: RecordState | None, fields: Mapping[str, Value]) -> dict[str, Value]:
    """What a record holds in some fields, for `Change.before`."""
    held = state.fields if state else {}
    return {name: held[name].value if name in held else None for name in fields}
