"""Works out a whole budget: from the records' text to lines, totals, payments, problems and notes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from phb_tui.domain.budget import notes, totals
from phb_tui.domain.budget.inputs import Budget, Policy, Problem
from phb_tui.domain.budget.law.rates import Rates
from phb_tui.domain.budget.periods import TaxYear, tax_years
from phb_tui.domain.budget.reading.records import Records, read_budget
from phb_tui.domain.budget.totals import Payment, Totals
from phb_tui.domain.budget.working import cost_lines, employments, minimum_wage, oncosts, shift_lines
from phb_tui.domain.budget.working.lines import Line
from phb_tui.domain.calendar import dates
from phb_tui.i18n import _

NEEDED = ("ni_rate", "ni_threshold", "employment_allowance", "pension_trigger", "pension_low", "pension_high",
          "pension_rate", "ssp_flat", "nmw_21")  # fmt: skip
"""Rates without which nothing about employing can be worked out."""
MOST = 999_999_999
NOTHING = Totals(0, 0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Worked:
    """A worked-out budget.

    Attributes:
        budget: What was read; None when its days are not known, and then there are no lines.
        without_allowance: Pence that the budget is less in the first year if the allowance can be claimed.
        problems: What cannot be read, is missing, or stands against it.
        notes: What is worth knowing and stops nothing.
    """

    budget: Budget | None
    lines: tuple[Line, ...]
    totals: Totals
    by_way: Mapping[str, int]
    by_stream: Mapping[str, int]
    contingency_by_stream: Mapping[str, int]
    instalments: tuple[Payment, ...]
    payments: tuple[Payment, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]

    @property
    def provisional(self) -> tuple[str, ...]:
        """Ids of the lines that use a figure that is not known yet."""
        return tuple(line.id for line in self.lines if line.provisional)


def work(records: Records, rates: Rates, policy: Policy) -> Worked:
    """Work out a budget.

    Args:
        records: The text of its records' fields.
        rates: The table of rates.
        policy: What the team's policy says; the default where the team has none.
    """
    read = read_budget(records, policy)
    budget, problems = read.budget, [*read.problems]
    if budget is None:
        streams = dict.fromkeys(read.shares, 0)
        return Worked(None, (), NOTHING, {}, streams, streams, (), (), tuple(problems), read.notes)
    if say := _without_rates(budget, rates):
        problems.append(Problem(budget.id, "start_date", say))
        streams = dict.fromkeys(budget.shares, 0)
        return Worked(budget, (), NOTHING, {}, streams, streams, (), (), tuple(problems), read.notes)
    problems += minimum_wage.problems(budget, rates)
    lines, more = _lines(budget, rates, policy)
    found = totals.totals(budget, lines)
    if max(found.first, found.recurring, found.contingency) > MOST:
        problems.append(Problem(budget.id, "name", _("The budget is over 9,999,999.99. Look at the hours and prices.")))
    return Worked(
        budget, lines, found, totals.by_way(lines), totals.by_stream(lines, budget.shares),
        totals.contingency_by_stream(found.contingency, budget.shares),
        tuple(totals.instalments(budget, lines)), tuple(totals.payments(budget, lines, found)),
        tuple(problems), (*read.notes, *notes.of(budget, rates, policy, lines), *more),
    )  # fmt: skip


def _without_rates(budget: Budget, rates: Rates) -> str:
    """What is wrong when the table does not reach back to the budget's first day."""
    if not any(worker.is_employed for worker in budget.workers):
        return ""
    day: date = budget.period.first
    if all(rates.row(name, day) for name in NEEDED):
        return ""
    return _("The figures of the law are not known here for {day}. Choose a later first day.").format(
        day=dates.in_words(day.isoformat())
    )


def _lines(budget: Budget, rates: Rates, policy: Policy) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    shifts: list[Line] = []
    pay: dict[str, dict[TaxYear, int]] = {}
    for shift in budget.shifts:
        found = list(shift_lines.lines(budget, rates, shift))
        shifts += found
        within = budget.period.overlap(shift.first, shift.last)
        for year in tax_years(within) if within else ():
            names = (f"{shift.id} {year}", f"{shift.id} bank {year}")
            pay.setdefault(shift.id, {})[year] = sum(line.pence for line in found if line.id in names)
    priced = [cost_lines.line(budget, rates, cost, ()) for cost in budget.costs if cost.percent is None]
    care = [line for line in (*shifts, *priced) if line.is_care]
    by_id = {line.id: line for line in priced}
    costs = [
        by_id[cost.id] if cost.percent is None else cost_lines.line(budget, rates, cost, care) for cost in budget.costs
    ]
    on_costs: list[Line] = []
    insurance: dict[TaxYear, int] = {}
    for employment in employments.employments(budget, pay, {line.id: line.pence for line in priced}):
        of_worker = oncosts.of_worker(budget, rates, policy, employment)
        on_costs += of_worker.lines
        for year, owed in of_worker.insurance.items():
            insurance[year] = insurance.get(year, 0) + (owed if employment.counts_for_allowance else 0)
    credit = list(oncosts.allowance(budget, rates, insurance))
    claimed = credit if budget.claims_allowance else []
    less = -sum(line.pence for line in credit)
    more = () if budget.claims_allowance or not less else (notes.unclaimed(less),)
    return (*shifts, *costs, *on_costs, *claimed), more
