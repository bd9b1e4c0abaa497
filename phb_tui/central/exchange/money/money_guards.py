"""The guards of requests, decisions and payments, which judge by what one team holds."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar

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

T = TypeVar("T")
KINDS = frozenset({sealed_versions.REQUEST, team_records.DECISION, sealed_versions.PAYMENT})
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
        self._together, self._records = together, records
        self._is_loaded = self._is_broken = False
        self.decisions = DecisionGuard(records, today)
        self._guards: Mapping[str, Guard] = {
            sealed_versions.REQUEST: RequestGuard(records, today).reject_reason,
            team_records.DECISION: self.decisions.reject_reason,
            sealed_versions.PAYMENT: PaymentGuard(records).reject_reason,
        }

    def start(self) -> list[str]:
        """Start to load what the changes are about; the ids of records that the unit of work is still to load."""
        return self._tried(partial(self._records.start, self._together)) or []

    def wait(self) -> None:
        """Wait for what was started."""
        self._tried(self._records.wait)

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a change of one of the `KINDS` is kept aside, as a sentence; "" when it is not."""
        try:
            if not self._is_loaded:
                self._tried(self._records.finish)
                self._is_loaded = True
            return NOT_JUDGED if self._is_broken else self._guards[change.kind](change, state)
        except FAULTS:
            return NOT_JUDGED

    def _tried(self, load: Callable[[], T]) -> T | None:
        """What a part of the loading returns; after a fault in one nothing is judged, and the exchange goes on."""
        try:
            return load()
        except FAULTS:
            self._is_broken = True
            return None
