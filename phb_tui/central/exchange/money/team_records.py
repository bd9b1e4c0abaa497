"""What one team's records, policy and staff list say about a request, read together for all changes of an exchange."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.money.record_fields import held_text, held_value, in_conflict, text
from phb_tui.central.exchange.money.sealed_versions import (
    BUDGET_VERSION,
    PAYMENT,
    PLAN_VERSION,
    REQUEST,
    SealedVersions,
)
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.budget.reading import policy
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.decision.authority import PASSING_ON, PAYABLE, Asked
from phb_tui.domain.decision.contents import MOST_DECISIONS, amount_of, asked_by
from phb_tui.domain.decision.limits import Limits, read_limits
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, RecordState

DECISION = "decision"


class TeamRecords(SealedVersions):
    """Reads what is needed to judge requests, decisions and payments of one team.

    Args:
        repository: The transaction.
        unit: The team's unit of work.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork) -> None:
        super().__init__(repository, unit)
        self._requests: list[str] = []
        """The requests that changes of this exchange are about."""
        self._named: set[str] = set()
        """The versions that they name."""

    def start(self, changes: Iterable[Change]) -> list[str]:
        """Start to load what the requests, decisions and payments among some changes are about.

        Returns:
            The ids of the requests and of their first decisions, which the caller loads with other records.
        """
        asked: dict[str, None] = {}
        people: dict[str, None] = {}
        for change in changes:
            kind = change.kind
            if kind in {BUDGET_VERSION, PLAN_VERSION, REQUEST, PAYMENT}:
                self.note(change)
            if kind not in {REQUEST, DECISION, PAYMENT}:
                continue
            if change.person_id:
                people[change.person_id] = None
            if kind == PAYMENT:
                self._named.add(text(change.fields, "budget_version_id"))
            else:
                asked[change.record_id if kind == REQUEST else text(change.fields, "request_id")] = None
            if kind == REQUEST:
                self._named |= {text(change.fields, "version_id"), text(change.fields, "plan_id")}
        self._requests = [request_id for request_id in asked if is_identifier(request_id)]
        self.start_ids(people)
        return [*self._requests, *(record_ids.decision_id(request_id, 1) for request_id in self._requests)]

    def finish(self) -> None:
        """Load the versions that the requests are about, in one statement."""
        there = [state for request_id in self._requests if (state := self._unit.state(request_id))]
        self._named.update(held_text(state, name) for state in there for name in ("version_id", "plan_id"))
        self.load_named(self._named)

    # -- the team

    @cached_property
    def limits(self) -> Limits:
        """Who may decide, by the newest policy that central has."""
        found = own_changes.in_force(self._repository, self._unit.team_id, own_changes.POLICY)
        return _limits(found.text)

    @cached_property
    def staff(self) -> Mapping[str, tuple[str, str]]:
        """Name and role of everybody on the team's staff list, by staff id."""
        return {one.staff_id: (one.name, one.role) for one in self._repository.staff(self._unit.team_id)}

    @cached_property
    def roles(self) -> Mapping[str, str]:
        """Role of everybody on the team's staff list at this moment, by staff id."""
        return {staff_id: role for staff_id, (_name, role) in self.staff.items()}

    def role_of(self, staff_id: str) -> str:
        """Somebody's role in the team at this moment; "" for nobody of the team."""
        return self.roles.get(staff_id, "")

    # -- what is asked

    def request(self, request_id: str, person_id: str | None) -> RecordState | None:
        """A person's request; None when there is none, or it was taken off the list."""
        found = self._of(REQUEST, request_id, person_id)
        return found if found and found.kind == REQUEST and held_value(found, REMOVED) != YES else None

    def is_withdrawn(self, request_id: str, person_id: str | None) -> bool:
        """Whether a person's request is there and was taken off the list."""
        found = self._of(REQUEST, request_id, person_id)
        return found is not None and held_value(found, REMOVED) == YES

    def asked(self, request: RecordState, version: AskedVersion) -> Asked:
        """What a request asks for, as `may_decide` wants it."""
        plan_id = held_text(request, "plan_id")
        return Asked(
            version.nature,
            version.weekly,
            version.first,
            held_text(request, "risk"),
            version.built_by | asked_by(request.fields),
            self.is_newest_version(held_text(request, "version_id"), version, request.person_id),
            self.is_newest_plan(plan_id, request.person_id) if plan_id or version.is_final else True,
        )

    # -- what is decided

    def decisions(self, request: RecordState) -> Iterator[RecordState]:
        """The sealed decisions about a request, oldest first; each but the last put it off or passed it on."""
        for number in range(1, MOST_DECISIONS + 1):
            state = self._of(DECISION, record_ids.decision_id(request.record_id, number), request.person_id)
            if state is None or not held_value(state, "outcome"):
                return
            yield state
            if held_value(state, "outcome") not in PASSING_ON:
                return

    def approvals(self, version_id: str, person_id: str | None) -> list[RecordState]:
        """The decisions after which a final version may be paid; none when central holds none."""
        version = self.version(version_id, person_id)
        if version is None or not version.is_final:
            return []
        found = []
        for request_id in sorted(self._ids_of(person_id, REQUEST)):
            request = self.request(request_id, person_id)
            if request is None or held_text(request, "version_id") != version_id or in_conflict(request, "version_id"):
                continue
            last = list(self.decisions(request))[-1:]
            found += [each for each in last if held_value(each, "outcome") in PAYABLE and _names(each, version)]
        return found

    # -- what is paid

    def payments(self, person_id: str | None) -> Mapping[str, Sequence[RecordState]]:
        """The payments that central has of a person, by their version."""
        there = sorted(self._ids_of(person_id, PAYMENT))
        self._unit.load(there)
        found: dict[str, list[RecordState]] = {}
        for record_id in there:
            if state := self._of(PAYMENT, record_id, person_id):
                found.setdefault(held_text(state, "budget_version_id"), []).append(state)
        return found


@lru_cache(maxsize=100)
def _limits(policy_text: str) -> Limits:
    return read_limits(policy.parsed(policy_text))


def _names(decision: RecordState, version: AskedVersion) -> bool:
    """Whether a decision is about the amount of a version; one that names no amount is."""
    value = held_value(decision, "value")
    return value is None or value == amount_of(held_value(decision, "measure"), version.weekly, version.first)
