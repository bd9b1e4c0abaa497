"""A person's budgets: their records, and each worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from phb_tui.domain.budget import purposes, replaced, work
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.replaced import CarriedOver
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import team_figures
from phb_tui.services.budget.team_figures import TeamPolicy
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

KINDS = ("worker", "budget", "shift", "cost")
"""Kinds of record that a budget is worked out from."""


@dataclass(frozen=True, slots=True)
class BudgetRecords:
    """A budget with its lines and everybody who is paid, as records.

    Attributes:
        budget: The budget's own record.
        shifts: Its hours of support, oldest first.
        costs: Its other costs.
        workers: Everybody who is paid to help the person, of whichever budget.
        before: The budget that it takes the place of; None for none.
    """

    budget: Record
    shifts: Sequence[Record]
    costs: Sequence[Record]
    workers: Sequence[Record]
    before: "BudgetRecords | None" = None

    @property
    def lines(self) -> tuple[Record, ...]:
        """Its shifts and then its costs."""
        return (*self.shifts, *self.costs)

    def with_typed(self, record: Record, values: Mapping[str, str]) -> "BudgetRecords":
        """The same while a field of one of its records is being typed."""
        typed = replace(record, fields={**record.fields, **values})

        def put(there: Sequence[Record]) -> list[Record]:
            return [typed if each.record_id == record.record_id else each for each in there]

        if record.record_id == self.budget.record_id:
            return replace(self, budget=typed)
        new = record.record_id not in {each.record_id for each in (*self.lines, *self.workers)}
        more = {kind: [typed] if new and record.kind == kind else [] for kind in KINDS}
        return replace(
            self,
            shifts=[*put(self.shifts), *more["shift"]],
            costs=[*put(self.costs), *more["cost"]],
            workers=[*put(self.workers), *more["worker"]],
        )


def all_of(session: Session, person_id: str) -> list[Record]:
    """A person's budgets, oldest first."""
    return record_lists.of(session, "budget", person_id)


def meant(session: Session, person_id: str) -> list[Record]:
    """A person's budgets without those in which something is only tried out, oldest first."""
    return purposes.meant(all_of(session, person_id))


def read(session: Session, budget: Record) -> BudgetRecords:
    """A budget with its lines, and the one that it takes the place of."""
    found = record_lists.of_kinds(session, KINDS, budget.person_id or "")
    return _gather(found, budget, {budget.record_id})


def _gather(found: Sequence[Record], budget: Record, seen: set[str]) -> BudgetRecords:
    def under(kind: str) -> list[Record]:
        return [r for r in found if r.kind == kind and r.text("budget_id") == budget.record_id]

    link = budget.text("replaces_id")
    before = next((r for r in found if r.kind == "budget" and r.record_id == link and link not in seen), None)
    return BudgetRecords(
        budget=budget,
        shifts=under("shift"),
        costs=under("cost"),
        workers=[r for r in found if r.kind == "worker"],
        before=_gather(found, before, {*seen, link}) if before is not None else None,
    )


def worked(session: Session, records: BudgetRecords) -> Worked:
    """Work a budget out with the law's figures and the team's policy as they are now."""
    return worked_with(records, team_figures.rates(session), team_figures.policy(session))


def worked_with(records: BudgetRecords, rates: Rates, policy: TeamPolicy) -> Worked:
    """Work a budget out with given figures."""
    return work.work(texts(records, rates, policy), rates, policy.policy)


def texts(records: BudgetRecords, rates: Rates, policy: TeamPolicy) -> Records:
    """The text of a budget's fields as the rules read them, with what it takes over from the budget before it."""
    return _texts_and_carried(records, rates, policy)[0]


def _texts_and_carried(records: BudgetRecords, rates: Rates, policy: TeamPolicy) -> tuple[Records, CarriedOver]:
    budget = _texts(records.budget)
    carried: CarriedOver | None = None
    if records.before is not None:
        before, earlier = _texts_and_carried(records.before, rates, policy)
        worked_before = work.work(before, rates, policy.policy)
        carried = replaced.carried_over(worked_before, earlier, replaced.first_day(budget))
    budget = replaced.with_carried(budget, carried)
    lists = ([_texts(each) for each in kind] for kind in (records.workers, records.shifts, records.costs))
    return Records(budget, *lists), carried or replaced.NOTHING


def _texts(record: Record) -> dict[str, str]:
    return {"id": record.record_id, **{name: str(value or "") for name, value in record.fields.items()}}
