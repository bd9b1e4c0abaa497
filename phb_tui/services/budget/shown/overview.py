"""A worked-out budget as screens show it: a row for each line that was written, and for each thing employing costs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.domain.budget import notes
from phb_tui.domain.budget.amounts.figures import read_money
from phb_tui.domain.budget.amounts.pence import half_up
from phb_tui.domain.budget.inputs import Problem
from phb_tui.domain.budget.periods import tax_years
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.budget.working.lines import RECURRING, Line
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget import versions
from phb_tui.services.budget.budgets import BudgetRecords
from phb_tui.services.budget.shown import line_names
from phb_tui.services.budget.versions import Candidate
from phb_tui.services.session import Session

SUPPORT, EMPLOYING, OTHER = N_("Hours of support"), N_("What employing costs"), N_("Other costs")
"""Titles of the groups, in their order."""

BANK = "bank"
ON_COSTS = {
    "holiday": N_("Paid holiday, and who comes instead"),
    "ni": N_("Employer National Insurance"),
    "allowance": N_("Employment Allowance"),
    "pension": N_("Employer pension"),
    "ssp": N_("Sick pay put by"),
}
"""What employing costs beside pay, by the word in the ids of its lines."""
_OF_EMPLOYING = {
    "training_time", "training_course", "insurance", "payroll", "recruitment", "dbs", "ending_employment",
    "managed_account_fee",
}  # fmt: skip
ONE_TOTAL = {"one_off", "wheelchair"}
"""Natures of budgets that are told as one sum and not by the week."""
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a budget.

    Attributes:
        part: What of the record it is about, or which part of what employing costs; "" for the record's own amount.
        label: What it is called.
        record: The record that it comes from; None for what employing costs.
        lines: What was worked out for it, one line for each tax year; none where it cannot be worked out yet.
        problems: What is wrong with the record or missing in it.
    """

    part: str
    label: str
    record: Record | None
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def pence(self) -> int | None:
        """Its amount; None where it cannot be worked out yet."""
        return sum(line.pence for line in self.lines) if self.lines else None

    @property
    def comes_again(self) -> bool:
        """Whether it has an amount a week: what is paid once has none."""
        return all(line.nature == RECURRING for line in self.lines)

    @property
    def way(self) -> str:
        """How it is managed; "" where its lines are not managed alike."""
        ways = {line.way for line in self.lines}
        return ways.pop() if len(ways) == 1 else ""

    def weekly(self, days: int) -> int | None:
        """Its amount a week, for reading only; None where it has none."""
        if self.pence is None or not self.comes_again or days < 1:
            return None
        return half_up(Fraction(self.pence * _WEEK, days))


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a title, which is a message to be looked up."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A budget with its rows.

    Attributes:
        candidate: The budget as it would be kept now.
        groups: Its rows; no group is empty.
        why_provisional: Why its amounts may still change, in sentences.
        for_staff: Notes that only staff may read.
    """

    candidate: Candidate
    groups: tuple[Group, ...]
    why_provisional: tuple[str, ...]
    for_staff: frozenset[str] = frozenset()

    @property
    def records(self) -> BudgetRecords:
        """What it was worked out from."""
        return self.candidate.records

    @property
    def worked(self) -> Worked:
        """What was worked out."""
        return self.candidate.worked

    @property
    def for_no_need(self) -> int:
        """How many lines are for no need or goal; 0 while no need is written down."""
        return len(self.candidate.enough.orphans) if self.candidate.enough.needs else 0

    @property
    def rows(self) -> Iterator[Row]:
        """All rows."""
        return (row for group in self.groups for row in group.rows)

    @property
    def days(self) -> int:
        """Days of the budget; 0 while they are not known."""
        return self.worked.budget.period.days if self.worked.budget is not None else 0

    @property
    def has_one_total(self) -> bool:
        """Whether it is told as one sum and not by the week."""
        return self.records.budget.text("nature") in ONE_TOTAL

    @property
    def way(self) -> str:
        """How its lines are managed that say nothing else."""
        return self.worked.budget.way if self.worked.budget is not None else ""

    @property
    def unfinished(self) -> tuple[Row, ...]:
        """The rows that cannot be worked out yet."""
        return tuple(row for row in self.rows if row.pence is None)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the budget itself."""
        return tuple(each for each in self.worked.problems if each.id == self.records.budget.record_id)

    @property
    def contradictions(self) -> tuple[Problem, ...]:
        """What is wrong with lines that count all the same."""
        return tuple(problem for row in self.rows if row.lines and not row.part for problem in row.problems)

    def notes(self, *, hides: bool) -> list[str]:
        """What is worth knowing besides why the amounts may change; without what only staff may read where it hides."""
        left_out = {*self.why_provisional, *(self.for_staff if hides else ())}
        return [note for note in self.worked.notes if note not in left_out]

    @property
    def contribution(self) -> int:
        """Pence that are paid on top of a wheelchair's price."""
        return sum(read_money(cost.text("contribution")) or 0 for cost in self.records.costs)


def of(candidate: Candidate) -> Overview:
    """The rows of a budget."""
    records, worked = candidate.records, candidate.worked
    lines = {line.id: line for line in worked.lines}
    problems: dict[str, list[Problem]] = {}
    for problem in worked.problems:
        problems.setdefault(problem.id, []).append(problem)
    names = {worker.record_id: worker.text("name") for worker in records.workers}
    years = [str(year) for year in tax_years(worked.budget.period)] if worked.budget is not None else []
    costs = [_cost(cost, lines, problems.get(cost.record_id, ())) for cost in records.costs]
    groups = (
        Group(SUPPORT, tuple(_shifts(records.shifts, names, lines, problems, years))),
        Group(
            EMPLOYING,
            (*_on_costs(worked, lines, years), *(row for row in costs if _is_of_employing(row.record))),
        ),
        Group(OTHER, tuple(row for row in costs if not _is_of_employing(row.record))),
    )
    there = tuple(group for group in groups if group.rows)
    if worked.budget is None:
        return Overview(candidate, there, ())
    why = notes.why_provisional(worked.budget, candidate.rates, worked.lines)
    staff = notes.about_local_rates(worked.budget, candidate.policy.policy)
    return Overview(candidate, there, tuple(why), frozenset(staff))


def read(session: Session, budget: Record) -> Overview:
    """A budget's rows, with the figures of the law and of the team as they are now."""
    return of(versions.candidate(session, budget))


def _shifts(
    shifts: Iterable[Record],
    names: Mapping[str, str],
    lines: Mapping[str, Line],
    problems: Mapping[str, Sequence[Problem]],
    years: Sequence[str],
) -> Iterator[Row]:
    for shift in shifts:
        label, wrong = line_names.of_shift(shift, names), tuple(problems.get(shift.record_id, ()))
        pay = _found(lines, (f"{shift.record_id} {year}" for year in years))
        yield Row("", label, shift, pay, wrong)
        if bank := _found(lines, (f"{shift.record_id} {BANK} {year}" for year in years)):
            yield Row(BANK, _("{what}, bank holidays").format(what=label), shift, bank, wrong)


def _found(lines: Mapping[str, Line], ids: Iterable[str]) -> tuple[Line, ...]:
    return tuple(lines[each] for each in ids if each in lines)


def _cost(cost: Record, lines: Mapping[str, Line], problems: Sequence[Problem]) -> Row:
    return Row("", line_names.of_cost(cost), cost, _found(lines, (cost.record_id,)), tuple(problems))


def _is_of_employing(cost: Record | None) -> bool:
    return cost is not None and cost.text("kind") in _OF_EMPLOYING


def _on_costs(worked: Worked, lines: Mapping[str, Line], years: Sequence[str]) -> Iterator[Row]:
    workers = worked.budget.workers if worked.budget is not None else ()
    for part, words in ON_COSTS.items():
        if part == "allowance":
            ids = [f"allowance {year}" for year in years]
        elif part == "ssp":
            ids = [f"{worker.id} ssp" for worker in workers]
        else:
            ids = [f"{worker.id} {part} {year}" for worker in workers for year in years]
        if found := _found(lines, ids):
            yield Row(part, _(words), None, found)
