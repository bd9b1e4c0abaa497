"""Transfers a person with all their records to another team: validation, then the move."""

from collections.abc import Collection, Sequence

from msgspec.structs import replace

from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.validation import IncomingChange
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.decision.contents import DECIDED_ABOUT
from phb_tui.domain.records.changes import PERSON, TO_TEAM, Change, RecordState, Value
from phb_tui.domain.records.merge import can_merge, merge_transferred

HANDED_OVER, IN_PART = "handed over", "in part"
"""Outcomes: a person received by a transfer, and a change to a person whom the team does not have.

The second happens after central was restored from a backup: the transfer of the person is sent again later.
"""

UNCLEAR = "This handover does not say who goes to which other team, so the team server could not accept it."
NO_TEAM = "The team server has no team of that name, so it could not accept this handover."
NOBODY = (
    "The team server has no record of this person in your team, so it could not accept this handover. "
    "Tell your IT team."
)
ELSEWHERE = (
    "Another team has a record of this person already, so the team server could not accept this handover. Tell your "
    "team lead: one person must not have two records."
)


class MoreTeamsNeeded(Exception):
    """The transaction needs further teams and must be started again with them.

    Attributes:
        locks: The teams whose records it writes.
        sees: The teams whose records it only reads.
    """

    def __init__(self, locks: Collection[str] = (), sees: Collection[str] = ()) -> None:
        super().__init__()
        self.locks, self.sees = frozenset(locks), frozenset(sees)


class Transfer:
    """Validates and carries out the transfers in one request.

    Args:
        repository: The transaction.
        units: A unit of work for each locked team, including the laptop's own.
        device: The laptop that sent the request.
    """

    def __init__(self, repository: Repository, units: dict[str, TeamUnitOfWork], device: Device) -> None:
        self._repository, self._units, self._device = repository, units, device
        self._own = units[device.team_id]

    def partial_mark(self, change: Change) -> str:
        """`IN_PART` for a change that creates a person whose earlier values its author had seen; else ""."""
        shown = any(value not in {None, ""} for value in change.before.values())
        return IN_PART if change.kind == PERSON and shown else ""

    def reject_reason(self, change: Change) -> str:
        """Why a transfer is rejected, as a sentence; "" when it is valid.

        Raises:
            MoreTeamsNeeded: Other teams have to be read first.
        """
        own, to, person_id = self._own.team_id, change.fields.get(TO_TEAM), change.person_id
        if not person_id or not isinstance(to, str) or not is_identifier(to) or to == own:
            return UNCLEAR
        others = {team_id for team_id, _name in self._repository.other_teams(own)}
        if to not in others:
            return NO_TEAM
        if to not in self._units or not others <= self._repository.teams:
            raise MoreTeamsNeeded({to}, others)
        person = self._own.state(person_id)
        if person is None or person.kind != PERSON:
            return NOBODY
        target = self._units[to]
        new = target.state(change.record_id) is None and not target.team_of(change.record_id)
        if (
            not new
            or not self._can_merge(target, person_id)
            or any(self._has(team_id, person_id) for team_id in others)
        ):
            return ELSEWHERE
        return ""

    def move(self, incoming: IncomingChange, change: Change) -> None:
        """Move all records of a person to another team; this team keeps only the id of that team for each record."""
        team_id, to = self._own.team_id, self._units[str(change.fields[TO_TEAM])]
        person_id = str(change.person_id)
        seq = to.append(f"{team_id}/{self._device.device_id}", incoming, person_id, HANDED_OVER)
        for state in self._about(to, person_id):
            come, here = replace(state, team_id=to.team_id, seq=seq, transferred_to=""), to.state(state.record_id)
            to.stage(merge_transferred(here, come, seq) if here else come)
            to.received.setdefault(person_id, []).append(come)
            self._own.stage(replace(state, seq=self._own.seq, fields={}, transferred_to=to.team_id))

    def _about(self, to: TeamUnitOfWork, person_id: str) -> list[RecordState]:
        """All records of a person in the laptop's own team; loads the same ids in the other team too.

        One that stands where the other team's policy belongs stays: that place is central's.
        """
        rows = self._repository.rows_of_person(self._own.team_id, person_id)
        ids = dict.fromkeys([row.record_id for row in rows if not row.transferred_to])
        ids |= dict.fromkeys(self._own.records_about(person_id))
        centrals = own_changes.places(to.team_id)
        self._own.load(ids)
        to.load(ids)
        return [state for record_id in ids if record_id not in centrals and (state := self._own.state(record_id))]

    def _can_merge(self, to: TeamUnitOfWork, person_id: str) -> bool:
        met = [(to.state(come.record_id), come) for come in self._about(to, person_id)]
        return all(here is None or can_merge(here, come) for here, come in met) and _agree_on_what_was_decided(met)

    def _has(self, team_id: str, person_id: str) -> bool:
        """Whether a team has a record of the person that is not only part of one still to be transferred."""
        unit = self._units.get(team_id)
        if unit is not None:
            there = unit.state(person_id) is not None
        else:
            there = any(not row.transferred_to for row in self._repository.rows(team_id, [person_id]))
        return there and not self._repository.is_partial(team_id, person_id)


def _agree_on_what_was_decided(met: Sequence[tuple[RecordState | None, RecordState]]) -> bool:
    """Whether both teams hold the same of each request that was decided, so that no decision comes to be about another.

    Args:
        met: Each record that comes, with what the other team has of it.
    """
    decided = {_held(come, "request_id") for _here, come in met if come.kind == "decision" and _held(come, "outcome")}
    asked = ((here, come) for here, come in met if here is not None and come.record_id in decided)
    return all(_held(here, name) == _held(come, name) for here, come in asked for name in DECIDED_ABOUT)


def _held(state: RecordState, name: str) -> Value:
    """What a record holds in a field; None for nothing."""
    return (state.fields[name].value or None) if name in state.fields else None
