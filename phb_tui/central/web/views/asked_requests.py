"""The requests of a team for a decision, as central holds them: those of its panel, and all that wait."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.budget.reading import policy
from phb_tui.domain.decision import asked_version, authority, contents
from phb_tui.domain.decision.asked_version import AskedVersion, read_number
from phb_tui.domain.decision.authority import ESCALATED, ORDINARY, PASSING_ON, Asked
from phb_tui.domain.decision.limits import PANEL, Limits, read_limits
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Value
from phb_tui.domain.records.record_codec import Row, field_states

Values = Mapping[str, Value]
_Found = tuple[Row, Values, tuple[Values, ...]]
"""A request with its values, and what was decided about it."""
_Of = tuple[str, str]
"""A person and their budget; "" for their plan."""


@dataclass(frozen=True, slots=True)
class AskedRequest:
    """A request with what it is about.

    Attributes:
        row: The request's record.
        values: What it holds.
        decisions: What was decided about it, oldest first.
        version: The version that it is about; None when central cannot read it.
        version_values, plan_values: What the kept version of the budget and of the plan hold; nothing when not there.
        person: The person's record, for a line about them; None when it is not there.
        asked_by: Staff ids of who asked.
        is_open: Whether two people wrote different things in it.
        about: What it asks for, by what is newest now; None when central cannot read the version, or it is decided.
        budget: The budget's own record, for its name; None when it is not there.
    """

    row: Row
    values: Values
    decisions: tuple[Values, ...]
    version: AskedVersion | None
    version_values: Values = field(repr=False)
    plan_values: Values = field(repr=False)
    person: Row | None
    asked_by: tuple[str, ...]
    is_open: bool
    about: Asked | None = None
    budget: Row | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to decide."""
        return _waits(self.decisions)

    @property
    def overtaken(self) -> str:
        """Why nobody can say yes to it any more, as a sentence; "" while it is the newest, or decided."""
        return authority.overtaken(self.about) if self.about else ""

    @property
    def to(self) -> str:
        """Who decides next: a staff id or "panel"."""
        passed = [str(each.get("to") or "") for each in self.decisions if each.get("outcome") == ESCALATED]
        return passed[-1] if passed and passed[-1] else str(self.values.get("to") or "")


def limits(repository: Repository, team_id: str) -> Limits:
    """Who may decide in a team, by the newest policy."""
    rows = repository.rows(team_id, [record_ids.single_id(team_id, "policy")])
    text = json.loads(rows[0].values).get("text") if rows else ""
    return read_limits(policy.parsed(text if isinstance(text, str) else ""))


def of_panel(repository: Repository, team_id: str) -> list[AskedRequest]:
    """Every request that is, or was, the panel's to decide, with the earliest promised day first."""
    highest = limits(repository, team_id)
    chosen = [each for each in _asked(repository, team_id) if _is_panels(each[1], each[2], highest)]
    return _in_order(_read(repository, team_id, chosen))


def waiting(repository: Repository, team_id: str) -> list[AskedRequest]:
    """Every request of a team that nobody has said yes or no to, with the earliest promised day first."""
    return _in_order(_read(repository, team_id, [each for each in _asked(repository, team_id) if _waits(each[2])]))


def one(repository: Repository, team_id: str, request_id: str) -> AskedRequest | None:
    """A request that is, or was, the panel's to decide; None for any other."""
    rows = repository.rows(team_id, [request_id]) if is_identifier(request_id) else []
    if not rows or rows[0].kind != "request" or rows[0].transferred_to or not rows[0].person_id:
        return None
    values = json.loads(rows[0].values)
    decisions = decisions_of(repository, team_id, request_id)
    is_asked = bool(values.get("asked_on")) and values.get(REMOVED) != YES
    if not is_asked or not _is_panels(values, decisions, limits(repository, team_id)):
        return None
    return _read(repository, team_id, [(rows[0], values, decisions)])[0]


def decided_before(repository: Repository, team_id: str, asked: AskedRequest) -> tuple[Values, AskedVersion] | None:
    """The last decision about another request for the same budget, and what was asked for then.

    None where there is none, or where central cannot read what is asked for.
    """
    version, person_id = asked.version, asked.row.person_id
    if version is None or not person_id:
        return None
    ids = [record_id for *_of, record_id, _seq in repository.ids_of_people(team_id, [person_id], ("request",) * 2)]
    rows = [row for row in repository.rows(team_id, ids) if row.record_id != asked.row.record_id]
    chosen = [(row, json.loads(row.values), decisions_of(repository, team_id, row.record_id)) for row in rows]
    ended = [
        (each.decisions[-1], each.version)
        for each in _read(repository, team_id, [one for one in chosen if one[1].get(REMOVED) != YES and one[2]])
        if each.version and each.version.budget_id == version.budget_id and not each.is_waiting
    ]
    return max(ended, key=lambda each: str(each[0].get("decided_on") or ""), default=None)


def _asked(repository: Repository, team_id: str) -> Iterator[_Found]:
    """Every request of a team that was asked and not withdrawn, with what was decided about it."""
    decided = {row.record_id: json.loads(row.values) for row in repository.rows_of_kind(team_id, "decision")}
    for row in repository.rows_of_kind(team_id, "request"):
        values = json.loads(row.values)
        if values.get("asked_on") and values.get(REMOVED) != YES and row.person_id:
            yield row, values, _in_turn(decided, row.record_id)


def _in_order(found: list[AskedRequest]) -> list[AskedRequest]:
    return sorted(found, key=lambda each: (str(each.values.get("promised_by") or "9"), each.row.record_id))


def decisions_of(repository: Repository, team_id: str, request_id: str) -> tuple[Values, ...]:
    """What was decided about a request, oldest first."""
    ids = [record_ids.decision_id(request_id, number) for number in range(1, contents.MOST_DECISIONS + 1)]
    return _in_turn({row.record_id: json.loads(row.values) for row in repository.rows(team_id, ids)}, request_id)


def _in_turn(decided: Mapping[str, Values], request_id: str) -> tuple[Values, ...]:
    found: list[Values] = []
    while not found or found[-1].get("outcome") in PASSING_ON:
        made = decided.get(record_ids.decision_id(request_id, len(found) + 1))
        if made is None or not made.get("outcome"):
            break
        found.append(made)
    return tuple(found)


def _waits(decisions: tuple[Values, ...]) -> bool:
    return not decisions or decisions[-1].get("outcome") in PASSING_ON


def _is_panels(values: Values, decisions: tuple[Values, ...], highest: Limits) -> bool:
    is_high = highest.high_risk_to == PANEL and values.get("risk", "") not in {None, *ORDINARY}
    passed = [each.get("to") for each in decisions if each.get("outcome") == ESCALATED]
    by_panel = any(each.get("decided_role") == PANEL for each in decisions)
    return is_high or by_panel or PANEL in {values.get("to"), *passed}


def _read(repository: Repository, team_id: str, chosen: list[_Found]) -> list[AskedRequest]:
    """The requests with what they are about, loaded in one statement."""
    named = {str(values.get(name) or "") for _row, values, _decisions in chosen for name in ("version_id", "plan_id")}
    people = {str(row.person_id) for row, _values, _decisions in chosen}
    rows = repository.rows(team_id, sorted(filter(is_identifier, named | people)))
    there = {row.record_id: row for row in rows if not row.transferred_to}
    newest = _newest(repository, team_id, {str(row.person_id) for row, _values, made in chosen if _waits(made)})

    def held(row: Row, values: Values, name: str, kind: str) -> Values:
        about = there.get(str(values.get(name) or ""))
        fits = about is not None and (about.kind, about.person_id) == (kind, row.person_id)
        return json.loads(about.values) if about and fits else {}

    found = []
    for row, values, decisions in chosen:
        version, states = held(row, values, "version_id", "budget_version"), field_states(row.values, row.origins)
        made = AskedRequest(
            row, values, decisions, asked_version.read_version(version), version,
            held(row, values, "plan_id", "plan_version"), there.get(str(row.person_id)),
            tuple(sorted(contents.asked_by(states))), any(state.sides for state in states.values()),
        )  # fmt: skip
        found.append(replace(made, about=_about(made, newest) if made.is_waiting else None))
    budgets = _budgets(repository, team_id, [each.version for each in found if each.version])
    return [replace(each, budget=budgets.get(each.version.budget_id) if each.version else None) for each in found]


def _budgets(repository: Repository, team_id: str, versions: Iterable[AskedVersion]) -> dict[str, Row]:
    ids = sorted({version.budget_id for version in versions if is_identifier(version.budget_id)})
    rows = repository.rows(team_id, ids)
    return {row.record_id: row for row in rows if row.kind == "budget" and not row.transferred_to}


def _about(made: AskedRequest, newest: Mapping[_Of, int]) -> Asked | None:
    """What a request asks for, as central's guard of decisions sees it; None when the version cannot be read."""
    version, person_id = made.version, str(made.row.person_id)
    if version is None:
        return None
    needs_plan = bool(made.values.get("plan_id")) or version.is_final
    plan = read_number(made.plan_values.get("number"))
    return Asked(
        version.nature, version.weekly, version.first, str(made.values.get("risk") or ""),
        version.built_by | set(made.asked_by),
        version.number >= newest.get((person_id, version.budget_id), 0),
        not needs_plan or (plan > 0 and plan >= newest.get((person_id, ""), 0)),
    )  # fmt: skip


def _newest(repository: Repository, team_id: str, people: Iterable[str]) -> dict[_Of, int]:
    """The highest number of the kept versions of each budget of some people, and of their plan."""
    kinds = ("budget_version", "plan_version")
    ids = [record_id for *_of, record_id, _seq in repository.ids_of_people(team_id, sorted(people), kinds)]
    found: dict[_Of, int] = {}
    for row in repository.rows(team_id, ids):
        if row.transferred_to or not row.person_id:
            continue
        if row.kind == "plan_version":
            budget_id, number = "", asked_version.stored_number(row.values)
        elif (version := asked_version.read_stored(row.values)) is not None:
            budget_id, number = version.budget_id, version.number
        else:
            continue
        found[row.person_id, budget_id] = max(number, found.get((row.person_id, budget_id), 0))
    return found
