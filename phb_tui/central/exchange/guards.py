"""What central keeps aside by a record's kind, whatever else is right about the change; other kinds cost nothing."""

from collections.abc import Callable, Mapping

from phb_tui.central.exchange import own_changes
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change

NOT_FROM_A_LAPTOP = (
    "The team's policy and the figures of the law come from the team server only, so it could not accept this change."
)

Guard = Callable[[Change], str]
"""Why a change is kept aside, as a sentence; "" when it is not."""


class Guards:
    """Says which changes of one laptop are kept aside because of their kind.

    Args:
        team_id: The laptop's team.
    """

    def __init__(self, team_id: str) -> None:
        self._guards: Mapping[str, Guard] = dict.fromkeys(own_changes.KINDS, _from_central_only)
        self._centrals = {record_ids.single_id(team_id, kind) for kind in own_changes.KINDS}

    def reject_reason(self, change: Change) -> str:
        """Why a change is kept aside, as a sentence; "" when it is not."""
        if guard := self._guards.get(change.kind):
            return guard(change)
        return NOT_FROM_A_LAPTOP if change.record_id in self._centrals else ""


def _from_central_only(_change: Change) -> str:
    return NOT_FROM_A_LAPTOP
