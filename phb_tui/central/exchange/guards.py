"""What central keeps aside by a record's kind, whatever else is right about the change; other kinds cost nothing."""

from collections.abc import Mapping, Sequence

from phb_tui.central.exchange import own_changes, version_guard
from phb_tui.central.exchange.money import team_records
from phb_tui.central.exchange.money.decision_guard import NOT_ALONE
from phb_tui.central.exchange.money.money_guards import KINDS, Guard, MoneyGuards
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.version_guard import LawFigures, VersionGuard
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records.changes import Change, RecordState
from phb_tui.i18n import N_

NOT_FROM_A_LAPTOP = N_(
    "The team's policy and the figures of the law come from the team server only, so it could not accept this change."
)
SEALED = N_("What was agreed is never changed, so the team server could not accept this change. Make a new version.")


class Guards:
    """Says which changes of one request are kept aside because of their kind.

    Args:
        repository: The transaction.
        unit: The unit of work of the laptop's team.
        law: The figures of the law, with which versions of budgets are worked out again.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork, law: LawFigures) -> None:
        self._repository, self._unit = repository, unit
        self._together: Sequence[Change] = ()
        self._versions = VersionGuard(repository, unit, law)
        self._of_teams: dict[str, MoneyGuards] = {}
        self._guards: Mapping[str, Guard] = {
            **dict.fromkeys(own_changes.KINDS, _from_central_only),
            version_guard.KIND: self._versions.reject_reason,
        }
        self._centrals = own_changes.places(unit.team_id)

    def start(self, together: Sequence[Change]) -> list[str]:
        """Hand in every change of the request, and start to load what they are about.

        Returns:
            The ids of records that are to be loaded with those that the changes are about.
        """
        self._together = together
        if all(change.kind not in KINDS for change in together):
            return []
        found = self._of_teams[self._unit.team_id] = MoneyGuards(self._repository, self._unit, together)
        return found.start()

    def wait(self) -> None:
        """Wait for what was started."""
        for found in self._of_teams.values():
            found.wait()

    def reject_reason(self, change: Change, state: RecordState | None, unit: TeamUnitOfWork) -> str:
        """Why a change is kept aside, as a sentence; "" when it is not.

        Args:
            change: The change.
            state: The record as the team that has the person holds it.
            unit: That team's unit of work; its policy, staff and records count.
        """
        if change.record_id in self._centrals or change.record_id in own_changes.places(unit.team_id):
            return NOT_FROM_A_LAPTOP
        if change.kind in KINDS:
            return self._money(unit).reject_reason(change, state)
        guard = self._guards.get(change.kind)
        return guard(change, state) if guard else ""

    def sealed_reason(self, change: Change, state: RecordState | None, unit: TeamUnitOfWork) -> str:
        """Why a change that would alter an immutable record is kept aside, as a sentence."""
        if change.kind != team_records.DECISION:
            return SEALED
        return self._money(unit).decisions.sealed_reason(state) if state else NOT_ALONE

    @property
    def have_enough(self) -> bool:
        """Whether so much was worked out again that the rest of the request is left to the next one."""
        return self._versions.records >= version_guard.MOST_RECORDS

    def _money(self, unit: TeamUnitOfWork) -> MoneyGuards:
        if unit.team_id not in self._of_teams:
            found = self._of_teams[unit.team_id] = MoneyGuards(self._repository, unit, self._together)
            unit.load(found.start())
        return self._of_teams[unit.team_id]


def _from_central_only(_change: Change, _state: RecordState | None) -> str:
    return NOT_FROM_A_LAPTOP
