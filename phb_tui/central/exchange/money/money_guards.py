"""The guards of requests, decisions and payments, which judge by what one team holds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from phb_tui.central.exchange.money import sealed_versions, team_records
from phb_tui.central.exchange.money.decision_guard import DecisionGuard
from phb_tui.central.exchange.money.payment_guard import PaymentGuard
from phb_tui.central.exchange.money.request_guard import RequestGuard
from phb_tui.central.exchange.money.team_records import TeamRecords
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.exchange.version_guard import FAULTS
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records.changes import Change, RecordState
from phb_tui.i18n import N_

KINDS = frozenset({sealed_versions.REQUEST, team_records.DECISION, team_records.PAYMENT})
NOT_JUDGED = N_(
    "The team server cannot judge this decision, request or payment, so it could not accept it. Tell your IT team. "
    "Nothing is lost."
)

Guard = Callable[[Change, RecordState | None], str]
"""Why a change to a record, as central holds it, is kept aside, as a sentence; "" when it is not."""


class MoneyGuards:
    """Judges requests, decisions and payments by what one team holds.

    Args:
        repository: The transaction.
        unit: The team's unit of work.
        together: The changes that came together.

    Attributes:
        decisions: The guard of decisions.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork, together: Sequence[Change] = ()) -> None:
        records, today = TeamRecords(repository, unit), date.fromisoformat(unit.at[: len("2026-11-26")])
        self._prefetch: Callable[[], None] | None = partial(records.prefetch, together)
        self.decisions = DecisionGuard(records, today)
        self._guards: Mapping[str, Guard] = {
            sealed_versions.REQUEST: RequestGuard(records, today).reject_reason,
            team_records.DECISION: self.decisions.reject_reason,
            team_records.PAYMENT: PaymentGuard(records).reject_reason,
        }

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a change of one of the `KINDS` is kept aside, as a sentence; "" when it is not."""
        try:
            if self._prefetch:
                self._prefetch()
                self._prefetch = None
            return self._guards[change.kind](change, state)
        except FAULTS:
            return NOT_JUDGED
