"""Writes a panel's decision as central's own change, under the guard that judges a laptop's."""

from collections.abc import Callable, Mapping
from datetime import datetime

from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.money.money_guards import MoneyGuards
from phb_tui.central.exchange.money.record_fields import held_text
from phb_tui.central.exchange.money.team_records import DECISION, TeamRecords
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import CENTRAL
from phb_tui.central.storage.repository import Repository, Storage
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.decision.ask_again import COPIED, copied
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.decision.authority import OUTCOMES, PASSING_ON, overtaken
from phb_tui.domain.decision.contents import FIRST, WEEKLY, amount_of, exact_day
from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, RecordState, SyncPosition, Value
from phb_tui.i18n import N_, _

NOT_THERE = N_("This request is not here any more. Go back to the list.")
CHANGED = N_(
    "The request was changed, or something was decided about it, while you looked at it, so nothing was decided now. "
    "Read it once more, then decide."
)
OCCUPIED = N_("Something else stands where this decision belongs, so nothing was decided. Tell your IT team.")
CHOOSE = N_("Choose what is decided.")
OVERTAKEN = N_("{why} Nothing was decided: the team asks again.")
NO_MEMBER = N_("You are not a member of the panel any more, so nothing was decided.")


Seen = tuple[int, int]
"""What a member had read: `RecordState.seq` of the request, and how many decisions about it there were."""


class PanelDecisions:
    """Decides as a member of a team's panel.

    Args:
        storage: Central's storage.
        now: Returns the current time.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage, self._now = storage, now

    def decide(self, team_id: str, staff_id: str, request_id: str, seen: Seen, words: Mapping[str, str]) -> str:
        """Decide a request; why nothing was decided, as a sentence, or "".

        Args:
            team_id: The team.
            staff_id: The member of the panel.
            request_id: The request.
            seen: What the member had read.
            words: The outcome and what the member wrote, by the fields of a decision.
        """

        def work(repository: Repository) -> str:
            team = repository.lock_team(team_id)
            if team is None:
                return _(NOT_THERE)
            unit = TeamUnitOfWork(repository, team, utc(self._now()))
            return _decide(repository, unit, staff_id, (request_id, seen), words)

        return self._storage.write({team_id}, work)


def _decide(
    repository: Repository, unit: TeamUnitOfWork, staff_id: str, asked: tuple[str, Seen], words: Mapping[str, str]
) -> str:
    records, (request_id, seen) = TeamRecords(repository, unit), asked
    name, role = records.staff.get(staff_id, ("", ""))
    state = unit.state(request_id)
    request = records.request(request_id, state.person_id) if state else None
    if role != PANEL or request is None:
        return _(NOT_THERE if role == PANEL else NO_MEMBER)
    before = list(records.decisions(request))
    is_open = not before or held_text(before[-1], "outcome") in PASSING_ON
    if request.seq != seen[0] or (is_open and len(before) != seen[1]):
        return _(CHANGED)
    if words.get("outcome") not in OUTCOMES:
        return _(CHOOSE)
    version = records.version(held_text(request, "version_id"), request.person_id)
    if version and (why := overtaken(records.asked(request, version))):
        return _(OVERTAKEN).format(why=why)
    decided_on = max(unit.at[: len("2026-11-26")], held_text(request, "asked_on"))
    fields: dict[str, Value] = {
        **{field: text for field, text in words.items() if text},
        **_copied(unit, records, decided_on, words["outcome"]),
        **(_amount(version) if version else {}),
        "request_id": request_id, "decided_by": staff_id, "decided_name": name, "decided_role": role,
        "decided_on": decided_on,
    }  # fmt: skip
    change = _change(unit, request, len(before) + 1, fields)
    there = unit.state(change.record_id)
    if unit.team_of(change.record_id) or (there and (there.kind, there.person_id) != (DECISION, change.person_id)):
        return _(OCCUPIED)
    why = MoneyGuards(repository, unit).reject_reason(change, there)
    if not why:
        own_changes.append(repository, unit, change)
        audit_log.append(repository, unit.team_id, unit.at, staff_id, "decided a request", request_id)
    return why


def _change(unit: TeamUnitOfWork, request: RecordState, number: int, fields: dict[str, Value]) -> Change:
    record_id = record_ids.decision_id(request.record_id, number)
    return Change(
        unit.team_id, CENTRAL, DECISION, record_id, request.person_id, fields,
        own_changes.held_before(unit.state(record_id), fields), SyncPosition(unit.team.epoch, unit.seq),
        str(fields["decided_by"]), unit.at,
    )  # fmt: skip


def _copied(unit: TeamUnitOfWork, records: TeamRecords, decided_on: str, outcome: str) -> dict[str, Value]:
    local, day = unit.state(record_ids.single_id(unit.team_id, "local")), exact_day(decided_on)
    told = {name: held_text(local, name) for name in COPIED} if local and local.kind == "local" else {}
    return copied(told, records.limits, day, outcome) if day is not None else {}


def _amount(version: AskedVersion) -> dict[str, Value]:
    """What the amount is that is decided about: a week's where there is one."""
    measure = WEEKLY if version.weekly else FIRST
    return {"value": amount_of(measure, version.weekly, version.first), "measure": measure}
