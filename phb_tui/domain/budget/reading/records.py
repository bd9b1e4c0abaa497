"""Reads the records of a budget - workers, shifts, costs, the budget itself - into exact values, with what is wrong."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.inputs import STREAMS, WAYS, Budget, Policy, Problem, Worker
from phb_tui.domain.budget.law.ages import BANDS, FIXED
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.reading import line_records, list_fields
from phb_tui.domain.budget.reading.fields import Fields
from phb_tui.domain.budget.reading.line_records import Around
from phb_tui.i18n import _

Texts = Mapping[str, str]
LONGEST = 371
"""Days: 53 weeks (rule R2)."""
PAY_EVERY = ("four_weeks", "month", "once")
HELD = ("person", "nhs")
EMPLOYED_AS = ("employed", "live_in", "self_employed", "agency", "provider")
PENSION = ("auto", "opted_in", "opted_out")
_GROWING = BANDS[:-1]
_ALL = 10_000
"""Hundredths of a percent that shares have to make."""


class Records(NamedTuple):
    """The fields of a budget and of what belongs to it; each of the lists with its record's id under `id`."""

    budget: Texts
    workers: Iterable[Texts] = ()
    shifts: Iterable[Texts] = ()
    costs: Iterable[Texts] = ()


class Read(NamedTuple):
    """A budget as it can be worked out; None when its days are not known."""

    budget: Budget | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]
    shares: Mapping[str, int]


def read_budget(records: Records, policy: Policy) -> Read:
    """Read the records of one budget; what cannot be read is left out and named."""
    problems: list[Problem] = []
    notes: list[str] = []
    fields = Fields(records.budget.get("id", "budget"), records.budget, problems)
    way = fields.choice("management", WAYS)
    workers = {worker.id: worker for worker in (_worker(texts, problems, notes) for texts in records.workers)}
    terms = list_fields.terms(fields, "term_dates") or policy.terms
    around = Around(workers, way, has_terms=bool(terms), is_wheelchair=fields.text("nature") == "wheelchair")
    shifts = [line_records.shift(Fields(texts.get("id", ""), texts, problems), around) for texts in records.shifts]
    costs = [line_records.cost(Fields(texts.get("id", ""), texts, problems), around) for texts in records.costs]
    period = _period(fields)
    shares = _shares(fields)
    used = list_fields.allowance_used(fields, "allowance_used")
    pay_every = fields.choice("pay_every", PAY_EVERY)
    weeks = fields.count("contingency_weeks")
    held = fields.choice("contingency_held", HELD) if fields.text("contingency_held") else policy.contingency_held
    if period is None:
        return Read(None, tuple(problems), tuple(notes), shares)
    budget = Budget(
        id=fields.id,
        period=period,
        way=way,
        replaces=bool(fields.text("replaces_id")),
        pay_every=pay_every,
        contingency_weeks=(policy.contingency_weeks or 0) if weeks is None else weeks,
        contingency_held=held or HELD[0],
        claims_allowance=fields.text("allowance") == "claimed",
        shares=shares,
        used=used,
        terms=terms,
        fortnights_from=fields.day("fortnights_from") or period.first,
        workers=tuple(workers.values()),
        shifts=tuple(shift for shift in shifts if shift is not None),
        costs=tuple(cost for cost in costs if cost is not None),
    )
    return Read(budget, tuple(problems), tuple(notes), shares)


def _period(fields: Fields) -> Period | None:
    first, last = fields.day("start_date"), fields.day("end_date")
    for name, day in (("start_date", first), ("end_date", last)):
        if day is None and not fields.text(name):
            fields.refuse(name, _("Write from which day to which day the budget runs."))
    if first is None or last is None:
        return None
    if last < first:
        fields.refuse("end_date", _("The budget ends before it starts. Look at both dates."))
        return None
    period = Period(first, last)
    if period.days > LONGEST:
        fields.refuse("end_date", _("A budget covers at most 53 weeks. Make another for the time after."))
        return None
    return period


def _shares(fields: Fields) -> dict[str, int]:
    given = {name: fields.percent(name) for name in STREAMS}
    unreadable = any(given[name] is None and fields.text(name) for name in STREAMS)
    if not unreadable and all(share is None for share in given.values()):
        given[STREAMS[0]] = _ALL
    shares = {name: share or 0 for name, share in given.items()}
    if unreadable:
        return {}
    if sum(shares.values()) != _ALL:
        total = figures.decimal(Fraction(sum(shares.values()), 100))
        say = _("The shares make {total}, not 100. Look at each of them.").format(total=total)
        fields.contradict(next(name for name in STREAMS if fields.text(name)), say)
        return {}
    return shares


def _worker(texts: Texts, problems: list[Problem], notes: list[str]) -> Worker:
    fields = Fields(texts.get("id", ""), texts, problems)
    age = fields.choice("age", (BANDS[-1], *_GROWING, *FIXED))
    turns_on = fields.day("turns_on")
    worker = Worker(
        id=fields.id,
        name=fields.text("name"),
        employed_as=fields.choice("employed_as", EMPLOYED_AS),
        start_date=fields.day("start_date"),
        end_date=fields.day("end_date"),
        age=age,
        turns_on=turns_on if age in _GROWING else None,
        pension=fields.choice("pension", PENSION),
    )
    if worker.is_employed and not fields.text("age"):
        notes.append(_("{name}: no age is written, so 22 or over is counted.").format(name=worker.name or worker.id))
    if worker.is_employed and age in _GROWING and turns_on is None:
        notes.append(
            _("{name}: it is not written when the next birthday that counts is, so the age stays the same.").format(
                name=worker.name or worker.id
            )
        )
    return worker
