"""Says why a payment is kept aside: nobody approved its budget, or the schedule gives another payment (R13, R21)."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from phb_tui.central.exchange.money import record_fields as rf
from phb_tui.central.exchange.money.team_records import TeamRecords
from phb_tui.domain.decision.asked_version import read_number
from phb_tui.domain.payments.approved import Approved
from phb_tui.domain.payments.schedule import Due, schedule
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, RecordState, Value
from phb_tui.i18n import N_, _

PARENT = "budget_version_id"
MADE = frozenset({PARENT, "number", "what", "due_on", "due", "way", REMOVED})
"""Fields that the program writes when it makes a payment; whether it was paid stands in the others."""

NOT_APPROVED = N_(
    "The team server has no yes to this version of the budget, so it could not accept this payment. Do not pay it. "
    "Sync, and look at what was decided."
)
OTHER_PAYMENT = N_(
    "The team server works out another payment from what was decided, so it could not accept this one. Do not pay it. "
    "Sync, then open the payments again."
)
STAYS = N_(
    "What a payment is for, its day and its amount stay as they are, so the team server could not accept this change. "
    "Write what was paid instead."
)


class PaymentGuard:
    """Judges the payments of one exchange.

    Args:
        records: What the team's records say.
    """

    def __init__(self, records: TeamRecords) -> None:
        self._records = records
        self._schedules: dict[tuple[bool | str, ...], Mapping[int, Due]] = {}

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a change of a payment is kept aside, as a sentence; "" when it is not.

        A payment comes whole or not at all; afterwards whether it was paid can be written whatever happened since.
        """
        is_made = state is not None and rf.held_value(state, "due") is not None
        moved = {name for name in change.fields if rf.moves(change, state, name)}
        if is_made and not moved & MADE:
            return ""
        values = rf.merged(change, state)
        if (why := self._wrong(change, values)) and is_made:
            return _(STAYS)
        return why

    def _wrong(self, change: Change, values: Mapping[str, Value]) -> str:
        version_id, number = rf.text(values, PARENT), read_number(values.get("number"))
        if not self._records.approvals(version_id, change.person_id):
            return _(NOT_APPROVED)
        due = self._schedule(version_id, change.person_id).get(number)
        if due is None or change.record_id != record_ids.payment_id(version_id, number) or values.get(REMOVED) == YES:
            return _(OTHER_PAYMENT)
        given = tuple(values.get(name) for name in ("what", "due_on", "due"))
        is_same = given == _given(due) and type(values.get("due")) is int
        return "" if is_same and (values.get("way") or due.way) == due.way else _(OTHER_PAYMENT)

    def _schedule(self, version_id: str, person_id: str | None) -> Mapping[int, Due]:
        """What the version gives beside the other approved versions of which central has a payment."""
        records = self._records
        there = [other for other in records.versions_of(person_id) if other != version_id]
        paid = records.payments(person_id) if there else {}
        others = [other for other in there if other in paid and records.approvals(other, person_id)]
        known: tuple[bool | str, ...] = (version_id in paid, version_id, *others)
        if known not in self._schedules:
            mine, *made = (self._approved(each, person_id) for each in (version_id, *others))
            own = [_made(state) for state in paid.get(version_id, ())]
            self._schedules[known] = {due.number: due for due in _due(mine, made, own)}
        return self._schedules[known]

    def _approved(self, version_id: str, person_id: str | None) -> Approved:
        days = (rf.held_text(each, "decided_on") for each in self._records.approvals(version_id, person_id))
        return Approved(version_id, self._records.values(version_id), min(days, default=""))


def _made(payment: RecordState) -> tuple[Value, ...]:
    return tuple(rf.held_value(payment, name) for name in ("what", "due_on", "due"))


def _due(version: Approved, made: Sequence[Approved], own: Collection[tuple[Value, ...]]) -> Iterable[Due]:
    """What a version gives after others; beside those that follow it, only what stays due with them.

    Days would be paid twice by a version that gives others than were made already, of its own or of those that follow
    it and were reckoned without it; it gives nothing more.

    Args:
        version: The version.
        made: The person's other approved versions of which payments were made.
        own: The payments of the version that were made.
    """
    found = schedule(version, made).payments
    if not {_given(due) for due in found}.issuperset(own):
        return ()
    for each in made:
        others = [other for other in made if other is not each]
        after = schedule(each, [version, *others])
        if version.version_id not in after.before:
            continue
        if not own and after.payments != schedule(each, others).payments:
            return ()
        found = tuple(due for due in found if due in after.earlier)
    return found


def _given(due: Due) -> tuple[Value, ...]:
    return due.what, due.due_on.isoformat(), due.pence
