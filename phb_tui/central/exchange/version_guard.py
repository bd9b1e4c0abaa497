"""Works out again every kept version of a budget, and says why one is kept aside (rules in `domain.budget`).

Reasons quote nothing of a version: whoever made it by hand would choose the words.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.unit_of_work import TeamUnitOfWork
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.budget import replaced, version_content, work
from phb_tui.domain.budget.amounts.figures import MOST_COUNT, MOST_PENCE
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.reading import policy
from phb_tui.domain.budget.reading.records import Records, Texts
from phb_tui.domain.records.changes import Change, FieldState, RecordState, Value
from phb_tui.domain.records.merge import SEALED_BY
from phb_tui.i18n import N_

KIND = "budget_version"
SEAL, PARENT = SEALED_BY[KIND], "budget_id"
LONGEST_INPUTS, LONGEST_LINES, LONGEST_BUILT_BY = 100_000, 2_000_000, 10_000
"""The most letters that are read of what a version was worked out from, of its lines and of who wrote it; a budget of
60 lines has a tenth."""
MOST_RECORDS = 5_000
"""How many records are worked out again in one request, so that no laptop holds central up; the rest comes again."""

UNREADABLE = N_(
    "The team server cannot read this version of the budget, so it could not accept it. Open the budget and keep it as "
    "a new version."
)
NOT_WORKED_OUT = N_(
    "The team server cannot work this version of the budget out, so it could not accept it. Tell your IT team. Nothing "
    "is lost."
)
TOO_LARGE = N_("This version of the budget is too large for the team server to work out, so it could not accept it.")
OTHER_TOTALS = N_(
    "The team server worked this version of the budget out and got other totals, so it could not accept it. Open the "
    "budget and keep it as a new version."
)
OTHER_LINES = N_(
    "The team server worked this version of the budget out and got other lines, so it could not accept it. Open the "
    "budget and keep it as a new version."
)
TOO_HIGH = N_("A total of this version of the budget is above 9,999,999.99, so the team server could not accept it.")
OTHER_BUDGET = N_(
    "This version was worked out from another budget, or from another person's, so the team server could not accept it."
)
NOT_BUILT_BY = N_(
    "This version of the budget does not name everybody who wrote what it was worked out from, so the team server "
    "could not accept it. Open the budget and keep it as a new version."
)
UNKNOWN_RATES = N_(
    "The team server does not know the figures of the law that this version was worked out with, so it could not "
    "accept it. Sync, then open the budget and keep it as a new version."
)
NEWER_RATES = N_(
    "This version was worked out with newer figures of the law than the team server has, so it could not accept it "
    "yet. Tell your IT team. When the team server is newer, keep the budget as a new version."
)
UNKNOWN_POLICY = N_(
    "The team server does not know the team's policy that this version was worked out with, so it could not accept it. "
    "Sync, then open the budget and keep it as a new version."
)
NO_POLICY = N_(
    "Your team has a policy for money, and this version was worked out without it, so the team server could not accept "
    "it. Sync, then open the budget and keep it as a new version."
)
FAULTS = (ArithmeticError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError)
"""What a mistake in the rules may raise. An answer without a reason would be asked for again for ever, and hold up
everything that the laptop wrote afterwards."""


class _KeptAside(Exception):
    """A version is kept aside.

    Attributes:
        sentence: Why.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class LawFigures:
    """The figures of the law that ship with central, and how it reads those that it wrote for a team earlier.

    Attributes:
        shipped: The table that ships.
        read: A table from the text of a record; None when it cannot be read.
    """

    shipped: Rates
    read: Callable[[str], Rates | None]


class VersionGuard:
    """Works out again the versions that one laptop sends in one request.

    Args:
        repository: The transaction.
        unit: The unit of work of the laptop's team.
        law: The figures of the law.

    Attributes:
        records: How many records were worked out again so far; see `MOST_RECORDS`.
    """

    def __init__(self, repository: Repository, unit: TeamUnitOfWork, law: LawFigures) -> None:
        self._repository, self._unit, self._law = repository, unit, law
        self._texts: dict[str, dict[int, str]] = {}
        self.records = 0

    def reject_reason(self, change: Change, state: RecordState | None) -> str:
        """Why a version that a change seals is kept aside, as a sentence; "" when it is not, or nothing is sealed."""
        values: dict[str, Value] = {name: held.value for name, held in state.fields.items()} if state else {}
        values |= change.fields
        if values.get(SEAL) in {None, ""}:
            return ""
        try:
            self._check(values, change)
        except _KeptAside as kept_aside:
            return kept_aside.sentence
        return ""

    def _check(self, values: Mapping[str, Value], change: Change) -> None:
        found = self._inputs(values)
        if not self._is_of(found, change.person_id):
            raise _KeptAside(OTHER_BUDGET)
        rates, team_policy = self._rates(values.get("rates")), self._policy(values.get("policy"))
        try:
            again = version_content.content(found, work.work(found, rates, team_policy))
        except FAULTS as error:
            raise _KeptAside(NOT_WORKED_OUT) from error
        if different := version_content.differences(values, again):
            raise _KeptAside(OTHER_LINES if different == ("lines",) else OTHER_TOTALS)
        if any(int(again[name] or 0) > MOST_PENCE for name in version_content.TOTALS):
            raise _KeptAside(TOO_HIGH)
        named = version_content.read_built_by(str(values.get("built_by") or "")) or frozenset()
        if not named.issuperset(self._authors(found, change)):
            raise _KeptAside(NOT_BUILT_BY)

    def _inputs(self, values: Mapping[str, Value]) -> Records:
        """What a version was worked out from."""
        texts = {name: values.get(name) or "" for name in ("inputs", "lines", "built_by", PARENT)}
        limits = {"inputs": LONGEST_INPUTS, "lines": LONGEST_LINES, "built_by": LONGEST_BUILT_BY}
        if not _is_count(values[SEAL]) or not all(isinstance(text, str) for text in texts.values()):
            raise _KeptAside(UNREADABLE)
        if any(len(str(texts[name])) > most for name, most in limits.items()):
            raise _KeptAside(TOO_LARGE)
        found = version_content.read_inputs(str(texts["inputs"]))
        if found is None or not all(map(is_identifier, ids := version_content.ids(found))):
            raise _KeptAside(UNREADABLE)
        self.records += len(ids)
        if found.budget["id"] != texts[PARENT]:
            raise _KeptAside(OTHER_BUDGET)
        return found

    def _is_of(self, found: Records, person_id: str | None) -> bool:
        """Whether central holds each record of the inputs as this person's, and each line as one of this budget."""
        kinds = {"budget": [found.budget], "worker": found.workers, "shift": found.shifts, "cost": found.costs}
        self._unit.load(version_content.ids(found))
        for kind, each in kinds.items():
            for texts in each:
                state = self._unit.state(texts["id"])
                if state is None or (state.kind, state.person_id) != (kind, person_id):
                    return False
                parent = state.fields.get(PARENT)
                if kind in {"shift", "cost"} and (parent is None or parent.value != found.budget["id"]):
                    return False
        return True

    def _rates(self, version: Value) -> Rates:
        if version == self._law.shipped.version:
            return self._law.shipped
        there = self._versions(own_changes.RATES)
        if isinstance(version, int) and version > max(self._law.shipped.version, *there, 0):
            raise _KeptAside(NEWER_RATES)
        found = self._law.read(there[version]) if isinstance(version, int) and version in there else None
        if found is None:
            raise _KeptAside(UNKNOWN_RATES)
        return found

    def _policy(self, version: Value) -> Policy:
        there = self._versions(own_changes.POLICY)
        if version in {None, "", 0}:
            if there:
                raise _KeptAside(NO_POLICY)
            return Policy()
        if not isinstance(version, int) or version not in there:
            raise _KeptAside(UNKNOWN_POLICY)
        return _policy_from(there[version])

    def _versions(self, kind: str) -> Mapping[int, str]:
        """Every version of a record that only central writes; its own log keeps them."""
        if kind not in self._texts:
            found = own_changes.every_version(self._repository, self._unit.team_id, kind)
            self._texts[kind] = {figures.version: figures.text for figures in found}
        return self._texts[kind]

    def _authors(self, found: Records, change: Change) -> Iterator[str]:
        """Who wrote the values of the inputs.

        A value that a colleague's laptop sent meanwhile is not among them; the laptop could not know of it. It does
        not count as such when it stands in the inputs all the same, or when the laptop had read that far.

        A value that central does not hold is by whoever keeps the version: nobody else may have written it.
        """
        team = self._unit.team
        known = self._repository.confirmed_seq(team.team_id, change.device_id)
        if change.seen.epoch == team.epoch:
            known = max(known, change.seen.seq)
        kinds = {"budget": [found.budget], "workers": found.workers, "shifts": found.shifts, "costs": found.costs}
        for kind, texts in kinds.items():
            for inputs in texts:
                state = self._unit.state(inputs["id"])
                fields = state.fields if state else {}
                for name, held in fields.items():
                    if held.author and name in inputs and (held.seq <= known or inputs[name] == held.value):
                        yield held.author
                if not _is_as_held(kind, inputs, fields):
                    yield change.author


def _is_as_held(kind: str, inputs: Texts, fields: Mapping[str, FieldState]) -> bool:
    """Whether a record of the inputs is as central holds it, but for what comes from the budget before it."""
    carried = replaced.CARRIED if inputs.get(replaced.LINK) else {replaced.LINK}
    held = {name: str(field.value or "") for name, field in fields.items()}
    names = (name for name in version_content.INPUTS[kind] if name != "id" and name not in carried)
    return all(inputs.get(name, "") == held.get(name, "") for name in names)


def _is_count(number: Value) -> bool:
    """Whether the number of a version is a whole number, as text or not."""
    if isinstance(number, str):
        return number.isascii() and number.isdecimal() and len(number) <= len(str(MOST_COUNT)) and int(number) > 0
    return isinstance(number, int) and 0 < number <= MOST_COUNT


@lru_cache(maxsize=100)
def _policy_from(text: str) -> Policy:
    return policy.read_policy(policy.parsed(text))
