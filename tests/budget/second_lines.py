"""Lines of a budget for the second calculation: shifts, costs, and what employing somebody costs besides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.budget import second_dates as dates
from tests.budget.second_inputs import Budget, Cost, Shift, Worker

WHOLE = 100_00
"""Hundredths of a percent in the whole."""
NOT_CARE = {"managed_account_fee", "management_fee", "payroll", "insurance"}
TRAINING = {"training_time", "training_course", "task_training"}
START_UP = {"recruitment", "dbs"}
LEAP_YEAR = 366


def half_up(exact: Fraction) -> int:
    """Whole pence of an exact amount, half a penny up."""
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


@dataclass
class Line:
    """One line of a budget, in pence; `care` is whether a management fee is taken of it."""

    ident: str
    pence: int
    nature: str
    way: str
    stream: str
    provisional: bool = False
    care: bool = False

    def shown(self) -> dict[str, Any]:
        """The line as the door for checking prints it."""
        shown = {"id": self.ident, "pence": self.pence, "nature": self.nature, "way": self.way}
        return {**shown, "stream": self.stream, "provisional": self.provisional}


@dataclass
class Paid:
    """What a worker is paid in a tax year, and the first and last day that their shifts or training fall on."""

    first: int
    last: int
    base: int = 0


@dataclass
class Counted:
    """Minutes of a shift in one tax year; `late` is whether a bank holiday that is not announced yet counts."""

    minutes: Fraction
    bank_minutes: int
    late: bool
    worked: list[int] = field(default_factory=list)


class Budgeting:
    """The lines of one budget while they are worked out."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.lines: list[Line] = []
        self.paid: dict[str, dict[str, Paid]] = {}
        self.sources: dict[str, list[tuple[str, str]]] = {}
        self.ways: dict[str, set[str]] = {}
        self.terms = {day for first, last in budget.terms for day in range(first, last + 1)}

    def _pay(self, worker: Worker, year: str, first: int, last: int, pence: int) -> None:
        slices = self.paid.setdefault(worker.ident, {})
        found = slices.setdefault(year, Paid(first, last))
        found.first, found.last = min(found.first, first), max(found.last, last)
        found.base += pence

    def _counts(self, weeks: str, day: int) -> bool:
        """Whether a shift of such weeks counts a day."""
        if weeks in {"term", "holiday"}:
            return (day in self.terms) == (weeks == "term")
        if weeks in {"first_fortnight", "second_fortnight"}:
            return (day - self.budget.first) // 14 % 2 == (weeks == "second_fortnight")
        return True

    def count(self, shift: Shift, first: int, last: int) -> Counted:
        """Minutes of a shift from a first to a last day of one tax year."""
        banks, bank_holidays = dates.bank_holidays_between(first, last), shift.bank_holidays()
        minutes, on_banks, days, late = 0, 0, 0, False
        worked: list[int] = []
        for day in range(first, last + 1):
            if not self._counts(shift.weeks(), day):
                continue
            normal = shift.minutes[dates.weekday(day)] if shift.weekly is None else shift.weekly
            days += 1
            if day in banks and bank_holidays != "as_usual":
                on_bank = normal if shift.weekly is None else shift.bank_minutes
                on_banks += on_bank
                late = late or (on_bank > 0 and day > dates.BANK_HOLIDAYS_ANNOUNCED_TO)
                if bank_holidays == "off" and shift.weekly is None:
                    continue
            if normal:
                minutes += normal
                worked.append(day)
        exact = Fraction(minutes)
        if shift.weekly is not None:
            exact = Fraction(shift.weekly * days, 7)
            exact = max(Fraction(0), exact - on_banks) if bank_holidays == "off" else exact
        return Counted(exact, on_banks, late, worked)

    def add_shift(self, shift: Shift) -> None:
        """Adds the pay and premium lines of a shift, and a problem when its rate is below the law's."""
        budget, ident = self.budget, shift.entry.ident
        first = budget.first if shift.first is None else max(budget.first, shift.first)
        last = budget.last if shift.last is None else min(budget.last, shift.last)
        self.ways.setdefault(shift.worker.ident, set()).add(shift.way)
        self.sources.setdefault(shift.worker.ident, []).append((shift.way, shift.stream))
        worked: list[int] = []
        if first > last:
            year = dates.tax_year(budget.first)
            self.lines.append(Line(f"{ident} {year}", 0, "recurring", shift.way, shift.stream, care=True))
        for year, begin, end in dates.by_tax_year(first, last):
            counted = self.count(shift, begin, end)
            worked += counted.worked
            checked = shift.worker.employed and shift.sort() != "sleep_in" and end >= dates.WAGE_CHANGE
            off = counted.late and shift.bank_holidays() == "off"
            pence = half_up(counted.minutes / 60 * shift.rate)
            self._line(f"{ident} {year}", pence, shift, provisional=checked or off)
            if shift.bank_holidays() == "premium":
                premium = half_up(Fraction(counted.bank_minutes * shift.rate * shift.premium, 60 * WHOLE))
                self._line(f"{ident} bank {year}", premium, shift, provisional=counted.late)
                pence += premium
            self._pay(shift.worker, year, begin, end, pence)
        self._check_wage(shift, worked)

    def _line(self, ident: str, pence: int, shift: Shift, *, provisional: bool) -> None:
        self.lines.append(Line(ident, pence, "recurring", shift.way, shift.stream, provisional, care=True))

    def _check_wage(self, shift: Shift, worked: list[int]) -> None:
        """Adds the first breach of the minimum wage, or that a live-in shift has no daily average."""
        if not shift.worker.employed or shift.sort() == "sleep_in" or not worked:
            return
        live_in = shift.sort() == "live_in"
        if live_in and not shift.average:
            shift.entry.contradiction("average")
            return
        for day in worked:
            law = dates.wage(dates.band_on(shift.worker.bands, day), day)
            hourly = Fraction(shift.rate)
            if live_in and shift.average:
                hourly = Fraction((shift.rate + dates.wage("offset", day)) * 60, shift.average)
            if hourly < law:
                shift.entry.contradiction("rate")
                return

    def add_cost(self, cost: Cost) -> None:
        """Adds the line of a cost that has a price."""
        nature, early = "recurring", cost.kind == "training_time"
        if cost.often == "once" and cost.kind in START_UP:
            nature, early = "start_up", True
        elif cost.often == "once" and cost.kind not in TRAINING:
            nature = "one_off"
        first = self.budget.first if cost.first is None else cost.first
        last = self.budget.last if cost.last is None else min(self.budget.last, cost.last)
        if early or cost.often != "once":
            first = max(first, self.budget.first)
        if cost.often == "once":
            last = first if self.budget.first <= first <= self.budget.last else first - 1
        days = max(0, last - first + 1)
        pence = half_up(cost.price * cost.many * self._factor(cost.often, days))
        care = nature == "recurring" and cost.kind not in NOT_CARE
        line = Line(cost.entry.ident, pence, nature, cost.way, cost.stream, care=care)
        self.lines.append(line)
        if cost.kind == "training_time" and cost.worker and cost.worker.employed and days:
            self._add_training(cost, cost.worker, first, line)

    def _add_training(self, cost: Cost, worker: Worker, day: int, line: Line) -> None:
        self._pay(worker, dates.tax_year(day), day, day, line.pence)
        self.sources.setdefault(worker.ident, []).append((cost.way, cost.stream))
        line.provisional = day >= dates.WAGE_CHANGE
        if cost.price < dates.wage(dates.band_on(worker.bands, day), day):
            cost.entry.contradiction("price")

    def _factor(self, often: str, days: int) -> Fraction:
        """How many times a price is paid in the days of the budget that a cost covers."""
        if not days:
            return Fraction(0)
        if often == "week":
            return Fraction(days, 7)
        if often == "four_weeks":
            return Fraction(days, 28)
        if often == "month":
            return Fraction(12 * (min(days, dates.YEAR_DAYS) if days <= LEAP_YEAR else days), dates.YEAR_DAYS)
        if often == "year" and self.budget.replaces:
            return min(Fraction(1), Fraction(days, dates.YEAR_DAYS))
        return Fraction(1)

    def add_percent(self, cost: Cost, of: int) -> None:
        """Adds the line of a fee that is a percentage of the care lines of its way."""
        first = self.budget.first if cost.first is None else max(self.budget.first, cost.first)
        last = self.budget.last if cost.last is None else min(self.budget.last, cost.last)
        care = sum(line.pence for line in self.lines if line.care and line.way == cost.way)
        pence = half_up(Fraction(of * care, WHOLE)) if first <= last else 0
        self.lines.append(Line(cost.entry.ident, pence, "recurring", cost.way, cost.stream))

    def _employing(self, worker: Worker) -> Iterator[tuple[str, int]]:
        """Adds holiday, NI, pension and sick pay of an employed worker; gives the NI of each tax year."""
        slices = {year: paid for year, paid in sorted(self.paid.get(worker.ident, {}).items()) if paid.base}
        sources = set(self.sources.get(worker.ident, ()))
        way, stream = sources.pop() if len(sources) == 1 else (self.budget.way, "joint")
        whole = 0
        for year, paid in slices.items():
            days, band = paid.last - paid.first + 1, dates.band_on(worker.bands, paid.last)
            holiday = half_up(Fraction(paid.base * self.budget.holiday, WHOLE))
            gross = paid.base + holiday
            whole += gross
            ni = 0
            if band not in {"16_17", "18_20"}:
                ni = half_up(Fraction(15 * max(0, gross - _slice(dates.NI_THRESHOLD, days)), 100))
            later = paid.last >= dates.PENSION_CHANGE and band == "22_plus" and worker.pension != "opted_out"
            self.lines += [
                Line(f"{worker.ident} holiday {year}", holiday, "recurring", way, stream),
                Line(f"{worker.ident} ni {year}", ni, "recurring", way, stream),
                Line(
                    f"{worker.ident} pension {year}",
                    _pension(worker, band, gross, days),
                    "recurring",
                    way,
                    stream,
                    later,
                ),
            ]
            yield year, ni
        if whole:
            all_days = self.paid[worker.ident].values()
            days = max(paid.last for paid in all_days) - min(paid.first for paid in all_days) + 1
            later = self.budget.first >= dates.SSP_CHANGE
            sick = Line(f"{worker.ident} ssp", self._sick_pay(whole, days), "recurring", way, stream, later)
            self.lines.append(sick)

    def _sick_pay(self, gross: int, days: int) -> int:
        weekly = dates.SSP_FLAT_BEFORE
        if self.budget.first >= dates.SSP_SHARE_FROM:
            weekly = half_up(min(Fraction(dates.SSP_FLAT), Fraction(80 * gross * 7, 100 * days)))
        pence = weekly * self.budget.ssp_weeks
        if self.budget.replaces:
            pence = half_up(pence * min(Fraction(1), Fraction(self.budget.days, dates.YEAR_DAYS)))
        return pence

    def add_employing(self, workers: list[Worker]) -> None:
        """Adds what employing each worker costs besides pay, and the Employment Allowance of each tax year."""
        insurance: dict[str, int] = {}
        for worker in workers:
            if worker.employed:
                counts = self.ways.get(worker.ident, set()) <= {"direct_payment", "managed_account"}
                for year, ni in self._employing(worker):
                    insurance[year] = insurance.get(year, 0) + (ni if counts else 0)
        for year, ni in sorted(insurance.items()) if self.budget.claimed else ():
            left = max(0, dates.ALLOWANCE - self.budget.used.get(year, 0))
            self.lines.append(Line(f"allowance {year}", -min(ni, left), "recurring", self.budget.way, "joint"))


def _slice(annual: int, days: int) -> int:
    """An annual amount for some days of a tax year."""
    return min(annual, half_up(Fraction(annual * days, dates.YEAR_DAYS)))


def _pension(worker: Worker, band: str, gross: int, days: int) -> int:
    """The employer's pension contribution for a tax year."""
    yearly = gross if days >= dates.YEAR_DAYS else Fraction(gross * dates.YEAR_DAYS, days)
    enrolled = band == "22_plus" and worker.pension == "auto" and yearly >= dates.PENSION_TRIGGER
    if not enrolled and worker.pension != "opted_in":
        return 0
    low, high = _slice(dates.PENSION_LOW, days), _slice(dates.PENSION_HIGH, days)
    return half_up(Fraction(3 * max(0, min(gross, high) - low), 100))


def work_out(budget: Budget, workers: list[Worker], shifts: list[Shift], costs: list[Cost]) -> list[Line]:
    """All lines of a budget: shifts and costs as entered, then what employing people costs."""
    found = Budgeting(budget)
    for shift in shifts:
        found.add_shift(shift)
    for cost in costs:
        if cost.percent is None:
            found.add_cost(cost)
    for cost in costs:
        if cost.percent is not None:
            found.add_percent(cost, cost.percent)
    found.add_employing(workers)
    order = {cost.entry.ident: place for place, cost in enumerate(costs)}
    entered = [line for line in found.lines if line.ident in order]
    entered.sort(key=lambda line: order[line.ident])
    return [line if line.ident not in order else entered.pop(0) for line in found.lines]
