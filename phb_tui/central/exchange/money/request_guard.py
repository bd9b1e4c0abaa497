"""Says why a request for a decision is kept aside: what it asks for, who is to decide, and by when."""

from collections.abc import Mapping
from datetime import date, timedelta

from phb_tui.central.exchange.money import record_fields as rf
from phb_tui.central.exchange.money.team_records import TeamRecords
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.decision.authority import PASSING_ON, Asked
from phb_tui.domain.decision.contents import DECIDED_ABOUT, asked_by, exact_day, latest_answer
from phb_tui.domain.decision.to_whom import may_be_asked
from phb_tui.domain.records.changes import REMOVED, YES, Change, RecordState, Value
from phb_tui.domain.records.merge import merge_record
from phb_tui.i18n import N_, _

ASKED_ON, SEAL = "asked_on", "outcome"
WHAT = frozenset({"version_id", "plan_id", ASKED_ON})
WHO = frozenset({"to", *WHAT})
WHEN = frozenset({"promised_by", *WHAT})
TEXTS = (*DECIDED_ABOUT, "to", "promised_by", "urgent")
"""Fields that are text or empty."""
JUDGED = WHO.union(WHEN, TEXTS)

UNREADABLE = N_("The team server cannot read this request, so it could not accept it. Ask for a decision again.")
DECIDED = N_(
    "This was decided already, so what was asked stays as it was and the team server could not accept this change. Ask "
    "again with a new request."
)
NO_VERSION = N_(
    "The team server does not have this version of the budget, so it could not accept the request. Sync, keep the "
    "budget as a new version, then ask again."
)
NOT_NEWEST = N_(
    "There is a newer version of this budget, so the team server could not accept the request. Sync, then ask about "
    "that one."
)
NO_PLAN = N_(
    "This request is not about the newest agreed version of the person's plan, so the team server could not accept it. "
    "Sync, agree the plan, then ask again."
)
WRONG_DAY = N_(
    "The day of this request cannot be read or has not come yet, so the team server could not accept it. Look at the "
    "date of the laptop, then ask again."
)
TOO_LATE = N_(
    "The answer is promised later than the team's policy allows, or on no day, so the team server could not accept the "
    "request. Sync, then ask again."
)
NOBODY = N_(
    "Whoever is to decide may not say yes to this, so the team server could not accept the request. Sync, then ask "
    "someone else or the panel."
)


class RequestGuard:
    """Judges the requests of one exchange.

    Args:
        records: What the team's records say.
        today: Central's day.
    """

    def __init__(self, records: TeamRecords, today: date) -> None:
        self._records, self._today = records, today

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a change of a request is kept aside, as a sentence; "" when it is not, or nobody was asked yet.

        What a change leaves as it is was judged when it came, so words can be added whatever happened since.
        """
        moved = {name for name in change.fields if rf.moves(change, state, name)}
        put_back = {REMOVED} if change.fields.get(REMOVED) != YES else set()
        if state and self._is_settled(state, moved - put_back):
            return _(DECIDED)
        return self._wrong(change, state, rf.merged(change, state), moved) or self._wrong_as_it_is_held(change, state)

    def _wrong_as_it_is_held(self, change: Change, state: RecordState | None) -> str:
        """Why what central would hold with a change cannot be answered, where that is not what the change says.

        What somebody else wrote meanwhile stays in front, and whoever chooses it later moves nothing.
        """
        if state is None:
            return ""
        held = merge_record(state, change, state.seq)[0]
        values = {name: field.value for name, field in held.fields.items()}
        if values == rf.merged(change, state):
            return ""
        was_asked = rf.held_value(state, ASKED_ON) is not None
        moved = {name for name in values if not was_asked or rf.held_value(held, name) != rf.held_value(state, name)}
        return self._wrong(change, state, values, moved)

    def _wrong(self, change: Change, state: RecordState | None, values: Mapping[str, Value], moved: set[str]) -> str:
        """Why a request with some values cannot be answered; "" while nobody is asked, or nothing of it moved."""
        if values.get(ASKED_ON) in {None, ""} or not moved & JUDGED:
            return ""
        if not all(isinstance(values.get(name), (str, type(None))) for name in TEXTS):
            return _(UNREADABLE)
        if not moved & (WHO | WHEN):
            return ""
        version = self._records.version(rf.text(values, "version_id"), change.person_id)
        if version is None:
            return _(NO_VERSION)
        return (
            (self._wrong_asked(change, values, version) if moved & WHAT else "")
            or (self._wrong_day(values, version) if moved & WHEN else "")
            or (self._nobody_may(values, version, _asked_by(change, state, moved)) if moved & WHO else "")
        )

    def _is_settled(self, state: RecordState, moved: set[str]) -> bool:
        """Whether a change moves something that stays: what was decided about, after any decision.

        Once it was not put off or passed on, every field stays, for the letter about the decision quotes them, and it
        is not withdrawn any more: an approval would be gone.
        """
        made = list(self._records.decisions(state)) if moved else []
        if not made:
            return False
        is_final = rf.held_value(made[-1], SEAL) not in PASSING_ON
        return bool(moved if is_final else moved & set(DECIDED_ABOUT))

    def _wrong_asked(self, change: Change, values: Mapping[str, Value], version: AskedVersion) -> str:
        if not self._records.is_newest_version(rf.text(values, "version_id"), version, change.person_id):
            return _(NOT_NEWEST)
        plan_id = rf.text(values, "plan_id")
        needs_plan = bool(plan_id) or version.is_final
        return _(NO_PLAN) if needs_plan and not self._records.is_newest_plan(plan_id, change.person_id) else ""

    def _wrong_day(self, values: Mapping[str, Value], version: AskedVersion) -> str:
        asked_on, promised = exact_day(values.get(ASKED_ON)), exact_day(values.get("promised_by"))
        if asked_on is None or asked_on > self._today + timedelta(days=1):
            return _(WRONG_DAY)
        is_urgent = values.get("urgent") == YES
        latest = latest_answer(self._records.limits, version.nature, asked_on, is_urgent=is_urgent)
        return _(TOO_LATE) if latest is not None and (promised is None or promised > latest) else ""

    def _nobody_may(self, values: Mapping[str, Value], version: AskedVersion, who_asked: frozenset[str]) -> str:
        """Why nobody who is asked could say yes: none of them has a limit that reaches."""
        to, records = rf.text(values, "to"), self._records
        involved = version.built_by | who_asked
        asked = Asked(version.nature, version.weekly, version.first, rf.text(values, "risk"), involved)
        return "" if may_be_asked(records.limits, asked, to, records.roles) else _(NOBODY)


def _asked_by(change: Change, state: RecordState | None, moved: set[str]) -> frozenset[str]:
    """Who wrote what is asked, with a change."""
    asked_before = asked_by(state.fields) if state else frozenset()
    return asked_before | {change.author} if moved & set(DECIDED_ABOUT) else asked_before
