"""What one team's records, policy and staff list say about a request, read together for all changes of an exchange."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.budget.reading import policy
from phb_tui.domain.decision import asked_version
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.decision.authority import APPROVING, PASSING_ON, Asked
from phb_tui.domain.decision.contents import DECIDED_ABOUT, amount_of
from phb_tui.domain.decision.limits import PANEL, Limits, read_limits
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, RecordState, Value

REQUEST, DECISION, PAYMENT = "request", "decision", "payment"
BUDGET_VERSION, PLAN_VERSION = "budget_version", "plan_version"
MOST_DECISIONS = 100
"""Decisions of one request that are looked for; each but the last put it off or passed it on."""


class TeamRecords:
    """Reads what is needed to judge requests, decisions and payments of one team.

    Args:
        repository: The transaction.
        unit: The team's unit of work.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork) -> None:
        self._repository, self._unit = repository, unit
        self._ids: dict[str, set[tuple[str, str]]] = {}
        """Kind and id of each version and request by person, as far as loaded."""
        self._coming: dict[str, set[tuple[str, str]]] = {}
        """The same of the changes that came together, whether or not they were taken."""
        self._versions: dict[str, tuple[RecordState, AskedVersion | None]] = {}

    def prefetch(self, changes: Iterable[Change]) -> None:
        """Load, in a few statements, what the decisions and requests among some changes are about."""
        asked: dict[str, None] = {}
        people: dict[str, None] = {}
        for change in changes:
            about = (change.kind, change.record_id)
            if change.person_id and change.kind in {BUDGET_VERSION, PLAN_VERSION, REQUEST}:
                self._coming.setdefault(change.person_id, set()).add(about)
            if change.person_id and change.kind in {REQUEST, DECISION, PAYMENT}:
                people[change.person_id] = None
            if change.person_id and change.kind in {REQUEST, DECISION}:
                asked[change.record_id if change.kind == REQUEST else text(change.fields, "request_id")] = None
        asked_ids = [request_id for request_id in asked if is_identifier(request_id)]
        self._unit.load([*asked_ids, *(record_ids.decision_id(request_id, 1) for request_id in asked_ids)])
        requests = [state for request_id in asked_ids if (state := self._unit.state(request_id))]
        named = [held_text(state, name) for state in requests for name in ("version_id", "plan_id")]
        named += [text(change.fields, name) for change in changes if change.kind == REQUEST
                  for name in ("version_id", "plan_id")]  # fmt: skip
        named += [text(change.fields, "budget_version_id") for change in changes if change.kind == PAYMENT]
        self._unit.load(filter(is_identifier, named))
        self._load_ids(people)

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

    def role_of(self, staff_id: str) -> str:
        """Somebody's role in the team at this moment; "" for nobody of the team."""
        return self.staff.get(staff_id, ("", ""))[1]

    @cached_property
    def panel(self) -> frozenset[str]:
        """Staff ids of the panel: whom the policy names and the staff list has as such."""
        return frozenset(member for member in self.limits.panel if self.role_of(member) == PANEL)

    # -- what is asked

    def request(self, request_id: str, person_id: str | None) -> RecordState | None:
        """A person's request; None when there is none, or it was taken off the list."""
        found = self._of(REQUEST, request_id, person_id)
        return found if found and found.kind == REQUEST and held_value(found, REMOVED) != YES else None

    def version(self, version_id: str, person_id: str | None) -> AskedVersion | None:
        """A kept version of a person's budget, under the id that its budget and number give; None for any other."""
        state = self._of(BUDGET_VERSION, version_id, person_id)
        if state is None:
            return None
        known = self._versions.get(version_id)
        if known is None or known[0] is not state:
            read = asked_version.read_version({name: held.value for name, held in state.fields.items()})
            if read and record_ids.budget_version_id(read.budget_id, read.number) != version_id:
                read = None
            known = self._versions[version_id] = state, read
        return known[1]

    def is_newest_version(self, version: AskedVersion, person_id: str | None) -> bool:
        """Whether no version of the same budget has a higher number."""
        numbers = (self.version(record_id, person_id) for record_id in self._ids_of(person_id, BUDGET_VERSION))
        return all(
            other is None or other.budget_id != version.budget_id or other.number <= version.number for other in numbers
        )

    def is_newest_plan(self, plan_id: str, person_id: str | None) -> bool:
        """Whether an id is that of the newest agreed version of a person's plan."""
        mine = self._plan_number(plan_id, person_id)
        others = (self._plan_number(other, person_id) for other in self._ids_of(person_id, PLAN_VERSION))
        return mine > 0 and all(other <= mine for other in others)

    def asked(self, request: RecordState, version: AskedVersion) -> Asked:
        """What a request asks for, as `may_decide` wants it."""
        plan_id = held_text(request, "plan_id")
        return Asked(
            version.nature,
            version.weekly,
            version.first,
            held_text(request, "risk"),
            version.built_by | authors(request, DECIDED_ABOUT),
            self.is_newest_version(version, request.person_id),
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
            found += [each for each in last if held_value(each, "outcome") in APPROVING and _names(each, version)]
        return found

    # -- what is paid

    def versions_of(self, person_id: str | None) -> list[str]:
        """Ids of a person's versions of budgets, in order."""
        return sorted(self._ids_of(person_id, BUDGET_VERSION))

    def has_payment(self, version_id: str, person_id: str | None) -> bool:
        """Whether central has the first payment of a version."""
        return self._of(PAYMENT, record_ids.payment_id(version_id, 1), person_id) is not None

    def values(self, record_id: str) -> dict[str, Value]:
        """What central holds in a record; nothing when there is none."""
        state = self._unit.state(record_id)
        return {name: held.value for name, held in state.fields.items()} if state else {}

    # -- loading

    def _of(self, kind: str, record_id: str, person_id: str | None) -> RecordState | None:
        state = self._unit.state(record_id) if is_identifier(record_id) else None
        return state if state and (state.kind, state.person_id) == (kind, person_id) else None

    def _plan_number(self, plan_id: str, person_id: str | None) -> int:
        state = self._of(PLAN_VERSION, plan_id, person_id)
        return asked_version.read_number(held_value(state, "number")) if state else 0

    def _ids_of(self, person_id: str | None, kind: str) -> Iterator[str]:
        if person_id is None:
            return
        self._load_ids([person_id])
        found = self._ids[person_id] | self._coming.get(person_id, set())
        yield from (record_id for each, record_id in found if each == kind)

    def _load_ids(self, people: Iterable[str]) -> None:
        missing = [person_id for person_id in people if person_id not in self._ids]
        self._ids |= {person_id: set() for person_id in missing}
        kinds = (BUDGET_VERSION, PLAN_VERSION, REQUEST)
        for person_id, kind, record_id in self._repository.ids_of_people(self._unit.team_id, missing, kinds):
            self._ids[person_id].add((kind, record_id))


def merged(change: Change, state: RecordState | None) -> dict[str, Value]:
    """What a record would hold with a change."""
    values: dict[str, Value] = {name: held.value for name, held in state.fields.items()} if state else {}
    return values | dict(change.fields)


def moves(change: Change, state: RecordState | None, name: str) -> bool:
    """Whether a change gives a field another value than the record holds; nothing and an empty text are the same."""
    value = change.fields[name]
    return (None if value == "" else value) != (held_value(state, name) if state else None)


def text(values: Mapping[str, Value], name: str) -> str:
    """The text of a field; "" when it holds something else, or nothing."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def held_value(state: RecordState, name: str) -> Value:
    """What a record holds in a field; None for nothing."""
    held = state.fields.get(name)
    return held.value if held and held.value != "" else None


def held_text(state: RecordState, name: str) -> str:
    """The text that a record holds in a field; "" when it holds something else, or nothing."""
    value = held_value(state, name)
    return value if isinstance(value, str) else ""


def in_conflict(state: RecordState, *names: str) -> bool:
    """Whether two people wrote different things in one of some fields, and nobody has chosen yet."""
    return any(bool(held.sides) for name in names if (held := state.fields.get(name)))


def authors(state: RecordState, names: Iterable[str]) -> frozenset[str]:
    """Who wrote what a record holds in some fields, with what stands beside it in a conflict."""
    fields = [state.fields[name] for name in names if name in state.fields]
    return frozenset({held.author for held in fields} | {side.author for held in fields for side in held.sides})


@lru_cache(maxsize=100)
def _limits(policy_text: str) -> Limits:
    return read_limits(policy.parsed(policy_text))


def _names(decision: RecordState, version: AskedVersion) -> bool:
    """Whether a decision is about the amount of a version; one that names no amount is."""
    value = held_value(decision, "value")
    return value is None or value == amount_of(held_value(decision, "measure"), version.weekly, version.first)
