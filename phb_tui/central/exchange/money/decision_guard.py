"""Says why a decision is kept aside: who may decide, about what, when, and with which words (rule R24)."""

from collections.abc import Mapping
from datetime import date, timedelta

from phb_tui.central.exchange.money import record_fields as rf
from phb_tui.central.exchange.money.team_records import TeamRecords
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.decision.authority import APPROVING, ESCALATED, OUTCOMES, PASSING_ON, Asked, Decider, may_decide
from phb_tui.domain.decision.contents import MOST_DECISIONS, MUST_AGREE, amount_of, exact_day, missing
from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.decision.to_whom import why_not_to
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, RecordState, Value
from phb_tui.i18n import N_, _

SEAL = "outcome"
TEXTS = frozenset({
    "request_id", SEAL, "decided_by", "decided_name", "decided_role", "decided_on", "measure", "reasons", "conditions",
    "alternatives", "until", "to", "appeal", "complaint", "advocacy", "way_decided", "learning",
})  # fmt: skip
"""Fields that are text or empty; `value` is whole pence or empty."""

UNREADABLE = N_(
    "The team server cannot read this decision, so it could not accept it. Open the request and decide again."
)
NO_REQUEST = N_(
    "The team server does not have the request that this decision is about, so it could not accept it. Sync, then open "
    "the request."
)
WITHDRAWN = N_(
    "This request was withdrawn, so the team server could not accept a decision about it. Sync, then ask the team."
)
NOT_ASKED = N_("This request was not asked yet, so the team server could not accept a decision about it.")
NO_VERSION = N_(
    "The team server does not have the version of the budget that this decision is about, so it could not accept it. "
    "Sync, keep the budget as a new version, then ask for a decision about that one."
)
OTHER_PLACE = N_(
    "This is not the next decision about this request, so the team server could not accept it. Sync first."
)
NOT_YOURS = N_("Someone else is named as who decided, so the team server could not accept this decision.")
NOT_ALONE = N_(
    "Someone else wrote a part of this decision, so the team server could not accept it. Open the request and decide "
    "again."
)
OTHER_ROLE = N_(
    "This decision names another role than the team has you in, so the team server could not accept it. Sync, then "
    "decide again."
)
WRONG_DAY = N_(
    "This decision has a day before it was asked for, or a day that has not come yet, so the team server could not "
    "accept it. Look at the date of the laptop, then decide again."
)
OPEN = N_(
    "Two people wrote different things in this request, so the team server could not accept the decision. Choose which "
    "is right first."
)
CONTRIBUTION = N_(
    "In this budget the person would pay a part themselves, and only a wheelchair budget may have that. The team "
    "server could not accept the decision. Change the budget and keep a new version."
)
OTHER_AMOUNT = N_(
    "This decision names another amount than the version of the budget has, so the team server could not accept it. "
    "Sync, then decide again."
)
NO_SUCH_PERSON = N_(
    "This passes the decision on to someone who is not in the team, so the team server could not accept it. Choose "
    "someone of the team, or the panel."
)
TAKEN_OFF = N_("This decision was removed as it was made, so the team server could not accept it.")
NOT_ACCEPTED = N_("{why} The team server could not accept this decision, so it is not valid.")
DECIDED_BY = N_("{name} decided this on {day}, so the team server could not accept another decision. Sync to read it.")
DECIDED = N_("This was decided on {day}, so the team server could not accept another decision. Sync to read it.")


class DecisionGuard:
    """Judges the decisions of one exchange.

    Args:
        records: What the team's records say.
        today: Central's day.
    """

    def __init__(self, records: TeamRecords, today: date) -> None:
        self._records, self._today, self._last_day = records, today, today + timedelta(days=1)

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a decision that a change seals is kept aside, as a sentence; "" when it is not, or nothing is sealed."""
        values = rf.merged(change, state)
        if values.get(SEAL) in {None, ""}:
            return ""
        if not _is_readable(values):
            return _(UNREADABLE)
        request = self._records.request(rf.text(values, "request_id"), change.person_id)
        if request is None:
            is_withdrawn = self._records.is_withdrawn(rf.text(values, "request_id"), change.person_id)
            return _(WITHDRAWN if is_withdrawn else NO_REQUEST)
        return (
            self._wrong_place(change, request)
            or _wrong_author(change, state, values)
            or self._wrong_role(change, values)
            or self._wrong_day(values, request)
            or self._not_allowed(change, values, request)
        )

    def sealed_reason(self, state: RecordState) -> str:
        """Why a change of a sealed decision is kept aside: who decided, and when."""
        decided_by, day = rf.held_text(state, "decided_by"), dates.in_words(rf.held_text(state, "decided_on"))
        name, _role = self._records.staff.get(decided_by, ("", ""))
        return _(DECIDED_BY).format(name=name, day=day) if name else _(DECIDED).format(day=day)

    def _wrong_place(self, change: Change, request: RecordState) -> str:
        """Why a decision is not the next one: another is sealed, or its id is not the one that the request gives it."""
        before = list(self._records.decisions(request))
        if before and rf.held_value(before[-1], SEAL) not in PASSING_ON:
            return self.sealed_reason(before[-1])
        next_id = record_ids.decision_id(request.record_id, len(before) + 1)
        return "" if change.record_id == next_id and len(before) < MOST_DECISIONS else _(OTHER_PLACE)

    def _wrong_role(self, change: Change, values: Mapping[str, Value]) -> str:
        """Why the role that a decision names is not its author's: a letter would say so."""
        named = rf.text(values, "decided_role")
        return _(OTHER_ROLE) if named and named != self._records.role_of(change.author) else ""

    def _wrong_day(self, values: Mapping[str, Value], request: RecordState) -> str:
        asked_on, decided_on = exact_day(rf.held_value(request, "asked_on")), exact_day(values.get("decided_on"))
        if asked_on is None:
            return _(NOT_ASKED)
        return "" if decided_on is not None and asked_on <= decided_on <= self._last_day else _(WRONG_DAY)

    def _not_allowed(self, change: Change, values: Mapping[str, Value], request: RecordState) -> str:
        outcome = rf.text(values, SEAL)
        version = self._records.version(rf.held_text(request, "version_id"), change.person_id)
        if version is None:
            return _(NO_VERSION)
        if outcome in APPROVING and rf.in_conflict(request, *MUST_AGREE):
            return _(OPEN)
        who, asked = Decider(change.author, self._records.role_of(change.author)), self._records.asked(request, version)
        if why := may_decide(self._records.limits, asked, who, outcome):
            return _(NOT_ACCEPTED).format(why=why)
        return _wrong_money(values, version, outcome) or self._wrong_words(values, asked, who)

    def _wrong_words(self, values: Mapping[str, Value], asked: Asked, who: Decider) -> str:
        """Why what a decision says by its outcome does not do: it lacks, its day is over, or they may not decide."""
        outcome, to, decided_on = rf.text(values, SEAL), rf.text(values, "to"), exact_day(values.get("decided_on"))
        if lacks := missing(outcome, values, decided_on or self._today):
            return _(NOT_ACCEPTED).format(why=lacks[0].say)
        if outcome != ESCALATED:
            return ""
        if to != PANEL and not self._records.role_of(to):
            return _(NO_SUCH_PERSON)
        why = why_not_to(self._records.limits, asked, to, who, self._records.roles)
        return _(NOT_ACCEPTED).format(why=why) if why else ""


def _is_readable(values: Mapping[str, Value]) -> bool:
    value = values.get("value")
    return (
        all(held is None or isinstance(held, str) or name not in TEXTS for name, held in values.items())
        and (value is None or isinstance(value, int))
        and values[SEAL] in OUTCOMES
    )


def _wrong_author(change: Change, state: RecordState | None, values: Mapping[str, Value]) -> str:
    """Why a decision is not its author's own: somebody else is named, wrote a part of it, or took it off the list."""
    if rf.text(values, "decided_by") != change.author:
        return _(NOT_YOURS)
    kept = {name: held for name, held in state.fields.items() if name not in change.fields} if state else {}
    if any(held.value not in {None, ""} and held.author != change.author for held in kept.values()):
        return _(NOT_ALONE)
    return _(TAKEN_OFF) if values.get(REMOVED) == YES else ""


def _wrong_money(values: Mapping[str, Value], version: AskedVersion, outcome: str) -> str:
    value = values.get("value")
    if value is not None and value != amount_of(values.get("measure"), version.weekly, version.first):
        return _(OTHER_AMOUNT)
    return _(CONTRIBUTION) if version.has_contribution and outcome in APPROVING else ""
