"""What a line of a budget, and the budget, come to while a field of it is being typed; nothing is written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.budget.amounts.pence import half_up
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.budget.working.lines import RECURRING, Line
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.budget import budgets, team_figures
from phb_tui.services.budget.budgets import KINDS, BudgetRecords
from phb_tui.services.budget.shown import running_words
from phb_tui.services.budget.shown.overview import ONE_TOTAL
from phb_tui.services.budget.team_figures import TeamPolicy
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session

_WEEK = 7


@dataclass(frozen=True, slots=True)
class Around:
    """What a record is worked out with: its budget as it is kept, and the figures of the law and the team."""

    records: BudgetRecords
    rates: Rates
    policy: TeamPolicy


@dataclass(frozen=True, slots=True)
class Told:
    """What there is to say about a record while it is typed in.

    Attributes:
        line: What it comes to; "" where that is not known, and for a budget.
        missing: What is needed before it can be worked out; "" for nothing.
        wrong: What stands against it although it counts; "" for nothing.
        budget: What the whole budget comes to; "" while its days are not known.
    """

    line: str
    missing: str
    wrong: str
    budget: str


def read(session: Session, record: Record, context: Mapping[str, str]) -> Around | None:
    """The budget around a record; None where it is in none.

    Args:
        session: The session.
        record: A budget, one of its lines, or somebody who is paid: then the newest budget with hours of theirs,
            never one in which something is tried out.
        context: Fields that link a new record to its budget.
    """
    if record.kind not in KINDS:
        return None
    budget = _budget_of(session, record, context)
    if budget is None:
        return None
    return Around(budgets.read(session, budget), team_figures.rates(session), team_figures.policy(session))


def _budget_of(session: Session, record: Record, context: Mapping[str, str]) -> Record | None:
    person_id = record.person_id or ""
    if record.kind == "budget":
        return record
    if record.kind == "worker":
        shifts = record_lists.of(session, "shift", person_id)
        with_them = {shift.text("budget_id") for shift in shifts if shift.text("worker_id") == record.record_id}
        return next((each for each in reversed(budgets.meant(session, person_id)) if each.record_id in with_them), None)
    link = record_lists.parent_field(record.kind)
    found = record.text(link) or context.get(link, "")
    return editing.read(session, "budget", found, person_id) if found else None


def told(around: Around, record: Record, typed: Mapping[str, str]) -> Told:
    """What a record and its budget come to.

    Args:
        around: Its budget, as it was read.
        record: The record as it is kept.
        typed: What stands in its fields instead.
    """
    there = record_lists.is_listed(record) and _is_filled_in(record, typed)
    records = around.records.with_typed(record, typed) if there else around.records
    worked = budgets.worked_with(records, around.rates, around.policy)
    says = [problem.say for problem in worked.problems if problem.id == record.record_id]
    budget = _budget_words(records.budget, worked)
    if not there or record.kind == "budget":
        return Told("", "" if worked.budget or not there else next(iter(says), ""), _first(says, worked), budget)
    ids = _ids(records, record)
    lines = [line for line in worked.lines if line.id in ids or line.id.startswith(tuple(f"{each} " for each in ids))]
    words = _amount_words(worked, lines, ids, has_one_total=records.budget.text("nature") in ONE_TOTAL)
    return Told(words, "" if lines else next(iter(says), ""), _first(says, worked) if lines else "", budget)


def _is_filled_in(record: Record, typed: Mapping[str, str]) -> bool:
    """Whether it holds more than the link to its budget."""
    link = record_lists.parent_field(record.kind)
    values = {**{name: record.text(name) for name in record.fields}, **typed}
    return any(value.strip() for name, value in values.items() if name != link)


def _first(says: Sequence[str], worked: Worked) -> str:
    return next(iter(says), "") if worked.budget is not None else ""


def _ids(records: BudgetRecords, record: Record) -> set[str]:
    """The records whose lines come from a record: itself, and of a worker their hours and training."""
    if record.kind != "worker":
        return {record.record_id}
    theirs = {each.record_id for each in records.lines if each.text("worker_id") == record.record_id}
    return {record.record_id, *theirs}


def _amount_words(worked: Worked, lines: Sequence[Line], ids: Collection[str], *, has_one_total: bool) -> str:
    """What lines come to a week; of one that stops or begins within the budget while it runs."""
    if not lines or worked.budget is None:
        return ""
    pence = sum(line.pence for line in lines)
    if has_one_total:
        return MONEY.shown(pence)
    if any(line.nature != RECURRING for line in lines):
        return _("{sum} once").format(sum=MONEY.shown(pence))
    if len(ids) == 1 and (words := running_words.weekly(worked.budget, next(iter(ids)))):
        return words
    runs = all(running_words.runs_throughout(worked.budget, each) for each in ids)
    return (_("{sum} a week") if runs else _("{sum} in an average week of the budget")).format(
        sum=MONEY.shown(half_up(Fraction(pence * _WEEK, worked.budget.period.days)))
    )


def _budget_words(budget: Record, worked: Worked) -> str:
    if worked.budget is None:
        return ""
    found = worked.totals
    if budget.text("nature") in ONE_TOTAL:
        return _("{sum} in all").format(sum=MONEY.shown(found.first))
    return _("{week} a week, first year {first}").format(week=MONEY.shown(found.weekly), first=MONEY.shown(found.first))
