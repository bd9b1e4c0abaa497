"""Reads the records of a budget - workers, shifts, costs, the budget itself - into exact values, with what is wrong."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from phb_tui.domain.budget import figures, read_lists
from phb_tui.domain.budget.ages import BANDS, FIXED
from phb_tui.domain.budget.inputs import JOINT, STREAMS, WAYS, Budget, Cost, Policy, Problem, Shift, Worker
from phb_tui.domain.budget.periods import Period
from phb_tui.domain.budget.reading import Fields
from phb_tui.i18n import _

Texts = Mapping[str, str]
LONGEST = 371
"""Days: 53 weeks (rule R2)."""
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SORTS = ("day", "evening", "waking_night", "sleep_in", "live_in")
WEEKS = ("every", "term", "holiday", "first_fortnight", "second_fortnight")
BANK = ("as_usual", "off", "premium")
OFTEN = ("once", "week", "four_weeks", "month", "year")
PAY_EVERY = ("four_weeks", "month", "once")
HELD = ("person", "nhs")
EMPLOYED_AS = ("employed", "live_in", "self_employed", "agency", "provider")
PENSION = ("auto", "opted_in", "opted_out")
KINDS = (
    "other", "training_time", "training_course", "task_training", "insurance", "payroll", "managed_account_fee",
    "management_fee", "recruitment", "dbs", "equipment", "therapy", "activity", "respite", "carer_support", "mileage",
    "consumables", "food", "accommodation", "ending_employment", "wheelchair", "repair",
)  # fmt: skip
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


def read(records: Records, policy: Policy) -> Read:
    """Read the records of one budget; what cannot be read is left out and named."""
    problems: list[Problem] = []
    notes: list[str] = []
    fields = Fields(records.budget.get("id", "budget"), records.budget, problems)
    way = fields.choice("management", WAYS)
    workers = {worker.id: worker for worker in (_worker(texts, problems, notes) for texts in records.workers)}
    terms = read_lists.terms(fields, "term_dates") or policy.terms
    shifts = [_shift(texts, workers, way, problems, has_terms=bool(terms)) for texts in records.shifts]
    costs = [
        _cost(texts, workers, way, problems, is_wheelchair=fields.text("nature") == "wheelchair")
        for texts in records.costs
    ]
    period = _period(fields)
    shares = _shares(fields)
    used = read_lists.allowance_used(fields, "allowance_used")
    pay_every = fields.choice("pay_every", PAY_EVERY)
    weeks = fields.count("contingency_weeks")
    held = fields.choice("contingency_held", HELD) if fields.text("contingency_held") else policy.contingency_held
    if period is None:
        return Read(None, tuple(problems), tuple(notes))
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
    return Read(budget, tuple(problems), tuple(notes))


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
    turns_on = fields.day("turns_on") if age in _GROWING else None
    worker = Worker(
        id=fields.id,
        name=fields.text("name"),
        employed_as=fields.choice("employed_as", EMPLOYED_AS),
        start_date=fields.day("start_date"),
        end_date=fields.day("end_date"),
        age=age,
        turns_on=turns_on,
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


def _shift(
    texts: Texts, workers: Mapping[str, Worker], way: str, problems: list[Problem], *, has_terms: bool
) -> Shift | None:
    fields = Fields(texts.get("id", ""), texts, problems)
    worker = workers.get(fields.text("worker_id"))
    if worker is None:
        fields.refuse("worker_id", _("Choose who comes."))
    sort = fields.choice("sort", SORTS)
    rate = fields.money("rate")
    if rate is None and not fields.text("rate"):
        fields.refuse("rate", _("Write what is paid."))
    minutes = tuple(fields.hours(day) for day in WEEK)
    weekly = fields.hours("weekly", figures.MOST_HOURS)
    by_day = any(fields.text(day) for day in WEEK)
    if not by_day and not fields.text("weekly"):
        fields.refuse("weekly", _("Write the hours, for each day or for the week."))
    if by_day and weekly is not None:
        fields.contradict("weekly", _("Hours stand for days and for the week. Only the days count: empty one of them."))
    bank = fields.choice("bank_holidays", BANK)
    premium = fields.percent("premium")
    if bank == "premium" and premium is None and not fields.text("premium"):
        fields.refuse("premium", _("Write how much more is paid on bank holidays: 50 is half as much again."))
    bank_minutes = fields.hours("bank_hours")
    if not by_day and bank != "as_usual" and not fields.text("bank_hours"):
        fields.refuse("bank_hours", _("Write how many hours one bank holiday has."))
    average = fields.hours("average")
    if sort == "live_in" and worker is not None and worker.is_employed and not average:
        fields.contradict("average", _("Write how many hours a day are agreed on average. The law asks for it."))
    first, last = fields.day("from_date"), fields.day("to_date")
    if first and last and last < first:
        fields.contradict("to_date", _("This ends before it starts. Look at both dates."))
    weeks = fields.choice("weeks", WEEKS)
    if weeks == "term" and not has_terms:
        fields.refuse("weeks", _("Write the dates of the school terms in the budget first."))
    own_way = fields.choice("management", WAYS) if fields.text("management") else way
    stream = fields.choice("stream", (JOINT, *STREAMS))
    if fields.broken or worker is None or rate is None:
        return None
    return Shift(
        id=fields.id, what=fields.text("what"), worker=worker, rate=rate, sort=sort,
        minutes=tuple(each or 0 for each in minutes) if by_day else (), weekly=0 if by_day else weekly or 0,
        first=first, last=last, weeks=weeks, bank_holidays=bank, premium=premium or 0,
        bank_minutes=bank_minutes or 0, average=average, way=own_way, stream=stream,
    )  # fmt: skip


def _cost(
    texts: Texts, workers: Mapping[str, Worker], way: str, problems: list[Problem], *, is_wheelchair: bool
) -> Cost | None:
    fields = Fields(texts.get("id", ""), texts, problems)
    kind = fields.choice("kind", KINDS)
    price, percent = fields.money("price"), fields.percent("percent")
    if not fields.text("price") and not fields.text("percent"):
        fields.refuse("price", _("Write what it costs."))
    if price is not None and percent is not None:
        fields.contradict("price", _("A price and a percentage are written. Only the percentage counts: empty one."))
    many = fields.amount("many")
    first, last = fields.day("from_date"), fields.day("to_date")
    if first and last and last < first:
        fields.contradict("to_date", _("This ends before it starts. Look at both dates."))
    often = fields.choice("often", OFTEN)
    if fields.text("contribution") and not is_wheelchair:
        fields.contradict(
            "contribution",
            _("People are never asked to pay towards their assessed needs. Only a wheelchair budget may have a contribution."),
        )
    own_way = fields.choice("management", WAYS) if fields.text("management") else way
    stream = fields.choice("stream", (JOINT, *STREAMS))
    if fields.broken:
        return None
    return Cost(
        id=fields.id, what=fields.text("what"), kind=kind, price=None if percent is not None else price,
        many=many or Fraction(1), often=often, worker=workers.get(fields.text("worker_id")), percent=percent,
        first=first, last=last, way=own_way, stream=stream,
    )  # fmt: skip
