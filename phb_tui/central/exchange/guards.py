"""What central keeps aside by a record's kind, whatever else is right about the change; other kinds cost nothing."""

from collections.abc import Callable, Mapping

from phb_tui.central.exchange import own_changes, version_guard
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.version_guard import LawFigures, VersionGuard
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, RecordState
from phb_tui.i18n import N_

NOT_FROM_A_LAPTOP = N_(
    "The team's policy and the figures of the law come from the team server only, so it could not accept this change."
)

Guard = Callable[[Change, RecordState | None], str]
"""Why a change to a record, as central holds it, is kept aside, as a sentence; "" when it is not."""


class Guards:
    """Says which changes of one request are kept aside because of their kind.

    Args:
        repository: The transaction.
        unit: The unit of work of the laptop's team.
        law: The figures of the law, with which versions of budgets are worked out again.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork, law: LawFigures) -> None:
        self._versions = VersionGuard(repository, unit, law)
        self._guards: Mapping[str, Guard] = {
            **dict.fromkeys(own_changes.KINDS, _from_central_only),
            version_guard.KIND: self._versions.reject_reason,
        }
        self._centrals = {record_ids.single_id(unit.team_id, kind) for kind in own_changes.KINDS}

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a change is kept aside, as a sentence; "" when it is not."""
        if guard := self._guards.get(change.kind):
            return guard(change, state)
        return NOT_FROM_A_LAPTOP if change.record_id in self._centrals else ""

    @property
    def have_enough(self) -> bool:
        """Whether so much was worked out again that the rest of the request is left to the next one."""
        return self._versions.records >= version_guard.MOST_RECORDS


def _from_central_only(_change: Change, _state: RecordState | None) -> str:
    return NOT_FROM_A_LAPTOP
