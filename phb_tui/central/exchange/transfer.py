"""Handing a person over to another team: whether it can be, and the move of everything about them."""

from collections.abc import Collection

from msgspec.structs import replace

from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.validation import IncomingChange
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.records.changes import PERSON, TO_TEAM, Change, RecordState
from phb_tui.domain.records.merge import may_meet, merge_transferred

HANDED_OVER, IN_PART = "handed over", "in part"
"""What became of a person who came with a handover, and of a change to a person whom the team did not have.

The second happens after central was put back to a backup: the handover that brought the person comes again later.
"""

UNCLEAR = "This handover does not say who goes to which other team, so central kept it aside."
NO_TEAM = "There is no team of that name at central, so this handover was kept aside."
NOBODY = "Central has no record of this person in your team, so this handover was kept aside. Tell your IT team."
ELSEWHERE = (
    "Another team has a record of this person already, so central kept this handover aside. Tell your team lead: one "
    "person must not have two records."
)


class MoreTeamsNeeded(Exception):
    """The work concerns teams that this transaction cannot use yet; it has to begin again with them.

    Attributes:
        locks: The teams whose records it changes.
        sees: The teams of which it only reads.
    """

    def __init__(self, locks: Collection[str] = (), sees: Collection[str] = ()) -> None:
        super().__init__()
        self.locks, self.sees = frozenset(locks), frozenset(sees)


class Transfer:
    """One request's handovers.

    Args:
        repository: The transaction.
        units: A unit of work for each team it has locked, the laptop's own among them.
        device: The laptop.
    """

    def __init__(self, repository: Repository, units: dict[str, TeamUnitOfWork], device: Device) -> None:
        self._repository, self._books, self._device = repository, units, device
        self._own = units[device.team_id]

    def begun(self, change: Change) -> str:
        """The outcome of a change that began a person's record whom its author had on the screen already; else ""."""
        shown = any(value not in {None, ""} for value in change.before.values())
        return IN_PART if change.kind == PERSON and shown else ""

    def reject_reason(self, change: Change) -> str:
        """Why a handover cannot be; "" when it can.

        Raises:
            MoreTeamsNeeded: Other teams have to be looked at first.
        """
        own, to, person_id = self._own.team_id, change.fields.get(TO_TEAM), change.person_id
        if not person_id or not isinstance(to, str) or not is_identifier(to) or to == own:
            return UNCLEAR
        others = {team_id for team_id, _name in self._repository.other_teams(own)}
        if to not in others:
            return NO_TEAM
        if to not in self._books or not others <= self._repository.teams:
            raise MoreTeamsNeeded({to}, others)
        person = self._own.state(person_id)
        if person is None or person.kind != PERSON:
            return NOBODY
        target = self._books[to]
        new = target.state(change.record_id) is None and not target.gone_to(change.record_id)
        if not new or not self._may_meet(target, person_id) or any(self._has(team_id, person_id) for team_id in others):
            return ELSEWHERE
        return ""

    def move(self, offered: IncomingChange, change: Change) -> None:
        """Move everything about a person into another team's book; here only the place it went to stays."""
        team_id, to = self._own.team_id, self._books[str(change.fields[TO_TEAM])]
        person_id = str(change.person_id)
        seq = to.append(f"{team_id}/{self._device.device_id}", offered, person_id, HANDED_OVER)
        for state in self._about(to, person_id):
            come, here = replace(state, team_id=to.team_id, seq=seq, transferred_to=""), to.state(state.record_id)
            to.stage(merge_transferred(here, come, seq) if here else come)
            self._own.stage(replace(state, seq=self._own.seq, fields={}, transferred_to=to.team_id))

    def _about(self, to: TeamUnitOfWork, person_id: str) -> list[RecordState]:
        """Everything about a person in the laptop's own team; the other book has read the same ids."""
        rows = self._repository.rows_of_person(self._own.team_id, person_id)
        ids = dict.fromkeys([row.record_id for row in rows if not row.transferred_to])
        ids |= dict.fromkeys(self._own.records_about(person_id))
        self._own.load(ids)
        to.load(ids)
        return [state for record_id in ids if (state := self._own.state(record_id))]

    def _may_meet(self, to: TeamUnitOfWork, person_id: str) -> bool:
        met = [(to.state(come.record_id), come) for come in self._about(to, person_id)]
        return all(here is None or may_meet(here, come) for here, come in met)

    def _has(self, team_id: str, person_id: str) -> bool:
        """Whether a team has a record of the person that is more than a part of one that is to come."""
        unit = self._books.get(team_id)
        if unit is not None:
            there = unit.state(person_id) is not None
        else:
            there = any(not row.transferred_to for row in self._repository.rows(team_id, [person_id]))
        return there and not self._repository.is_partial(team_id, person_id)
