"""Kept versions of budgets and plans of one team, as far as decisions, requests and payments need them."""

from collections.abc import Callable, Iterable
from functools import cached_property

from phb_tui.central.exchange.money import known_versions
from phb_tui.central.exchange.money.known_versions import KnownVersion, KnownVersions
from phb_tui.central.exchange.money.record_fields import held_value
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.decision import asked_version
from phb_tui.domain.decision.asked_version import AskedVersion
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Change, RecordState, Value
from phb_tui.domain.records.record_codec import Row

REQUEST, PAYMENT, BUDGET_VERSION, PLAN_VERSION = "request", "payment", "budget_version", "plan_version"
_VERSIONS, _PAID = (BUDGET_VERSION, PLAN_VERSION), (REQUEST, PAYMENT)
"""Kinds of which the ids are loaded together."""


class SealedVersions:
    """Reads the versions of one team.

    Args:
        repository: The transaction.
        unit: The team's unit of work.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork) -> None:
        self._repository, self._unit = repository, unit
        self._ids: dict[tuple[str, str], set[str]] = {}
        """Ids by person and kind, as far as loaded, and of what came together whether or not it was taken."""
        self._loaded: set[tuple[str, str]] = set()
        """People and kinds of which every id is loaded."""
        self._seqs: dict[str, int] = {}
        """The sequence number at which a version last changed, by its id, as far as loaded."""
        self._started: Callable[[], None] | None = None

    @cached_property
    def _known(self) -> KnownVersions:
        return known_versions.of_team(self._repository, self._unit.team)

    def start_ids(self, people: Iterable[str]) -> None:
        """Start to load which versions some people have."""
        self._started = self._start_ids(people, _VERSIONS)

    def wait(self) -> None:
        """Wait for what was started."""
        if finish := self._started:
            self._started = None
            finish()

    def load_named(self, named: Iterable[str]) -> None:
        """Load the contents of versions that are not known yet, in one statement."""
        self.wait()
        self._unit.load(name for name in named if is_identifier(name) and self._remembered(name) is None)

    def note(self, change: Change) -> None:
        """Note the id of a record that a change of this exchange may create."""
        if change.person_id:
            self._ids.setdefault((change.person_id, change.kind), set()).add(change.record_id)

    def version(self, version_id: str, person_id: str | None) -> AskedVersion | None:
        """A kept version of a person's budget, under the id that its budget and number give; None for any other."""
        if (known := self._remembered(version_id)) and known.kind == BUDGET_VERSION:
            return known.version if known.person_id == person_id else None
        row = self._stored(BUDGET_VERSION, version_id, person_id)
        state = None if row else self._of(BUDGET_VERSION, version_id, person_id)
        if row:
            read = asked_version.read_stored(row.values)
        else:
            read = asked_version.read_version(self.values(version_id)) if state else None
        if read is None or record_ids.budget_version_id(read.budget_id, read.number) != version_id:
            return None
        if row and person_id:
            self._remember(version_id, KnownVersion(BUDGET_VERSION, person_id, read.number, read))
        return read

    def is_newest_version(self, version_id: str, version: AskedVersion, person_id: str | None) -> bool:
        """Whether no version of the same budget has a higher number than one with an id."""
        others = self._ids_of(person_id, BUDGET_VERSION) - {version_id}
        return not others or all(
            other is None or other.budget_id != version.budget_id or other.number <= version.number
            for other in (self.version(record_id, person_id) for record_id in others)
        )

    def is_newest_plan(self, plan_id: str, person_id: str | None) -> bool:
        """Whether an id is that of the newest agreed version of a person's plan."""
        mine = self._plan_number(plan_id, person_id)
        others = self._ids_of(person_id, PLAN_VERSION) - {plan_id} if mine else ()
        return mine > 0 and all(self._plan_number(other, person_id) <= mine for other in others)

    def versions_of(self, person_id: str | None) -> list[str]:
        """Ids of a person's versions of budgets, in order."""
        return sorted(self._ids_of(person_id, BUDGET_VERSION))

    def values(self, record_id: str) -> dict[str, Value]:
        """What central holds in a record; nothing when there is none."""
        state = self._unit.state(record_id)
        return {name: held.value for name, held in state.fields.items()} if state else {}

    def _of(self, kind: str, record_id: str, person_id: str | None) -> RecordState | None:
        state = self._unit.state(record_id) if is_identifier(record_id) else None
        return state if state and (state.kind, state.person_id) == (kind, person_id) else None

    def _stored(self, kind: str, record_id: str, person_id: str | None) -> Row | None:
        """A record that did not change in this exchange, which need not be read as a whole; None for any other."""
        if not is_identifier(record_id):
            return None
        self._unit.load([record_id])
        row = self._unit.stored(record_id)
        fits = row is not None and (row.kind, row.person_id, row.transferred_to) == (kind, person_id, "")
        return row if fits else None

    def _plan_number(self, plan_id: str, person_id: str | None) -> int:
        if (known := self._remembered(plan_id)) and known.kind == PLAN_VERSION:
            return known.number if known.person_id == person_id else 0
        if row := self._stored(PLAN_VERSION, plan_id, person_id):
            number = asked_version.stored_number(row.values)
            if number and person_id:
                self._remember(plan_id, KnownVersion(PLAN_VERSION, person_id, number))
            return number
        state = self._of(PLAN_VERSION, plan_id, person_id)
        return asked_version.read_number(held_value(state, "number")) if state else 0

    def _remembered(self, record_id: str) -> KnownVersion | None:
        """What is known of a sealed version that this team still has."""
        seq = self._seqs.get(record_id, 0)
        return self._known.get(record_id, seq) if seq and record_id not in self._unit.transferred else None

    def _remember(self, record_id: str, known: KnownVersion) -> None:
        if seq := self._seqs.get(record_id, 0):
            self._known.remember(record_id, seq, known)

    def _ids_of(self, person_id: str | None, kind: str) -> set[str]:
        """The ids of a person's records of a kind, and of what came together whether or not it was taken."""
        if person_id is None:
            return set()
        kinds = _PAID if kind in _PAID else _VERSIONS
        if (person_id, kinds[0]) not in self._loaded:
            self._start_ids([person_id], kinds)()
        there, come = self._ids.get((person_id, kind)) or set(), self._unit.received.get(person_id, ())
        return there.union(state.record_id for state in come if state.kind == kind) if come else there

    def _start_ids(self, people: Iterable[str], kinds: tuple[str, str]) -> Callable[[], None]:
        """Start to load which records of two kinds some people have; returns what waits for them."""
        missing = [person_id for person_id in people if (person_id, kinds[0]) not in self._loaded]
        wait = self._repository.start_ids_of_people(self._unit.team_id, missing, kinds)

        def finish() -> None:
            for person_id, kind, record_id, seq in wait():
                self._ids.setdefault((person_id, kind), set()).add(record_id)
                self._seqs[record_id] = seq
            self._loaded.update((person_id, kinds[0]) for person_id in missing)

        return finish
