"""Reads the lines of a budget: shifts and costs; one that cannot be worked out is None and named."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.inputs import JOINT, STREAMS, WAYS, Cost, Shift, Worker
from phb_tui.domain.budget.reading.fields import Fields
from phb_tui.i18n import _

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SORTS = ("day", "evening", "waking_night", "sleep_in", "live_in")
WEEKS = ("every", "term", "holiday", "first_fortnight", "second_fortnight")
BANK = ("as_usual", "off", "premium")
OFTEN = ("once", "week", "four_weeks", "month", "year")
KINDS = (
    "other", "training_time", "training_course", "task_training", "insurance", "payroll", "managed_account_fee",
    "management_fee", "recruitment", "dbs", "equipment", "therapy", "activity", "respite", "carer_support", "mileage",
    "consumables", "food", "accommodation", "ending_employment", "wheelchair", "repair",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """What a line needs to know of its budget.

    Attributes:
        workers: By id.
        way: How lines are managed that say nothing else.
        has_terms: Whether school terms are known.
        is_wheelchair: Whether it is a wheelchair budget, the only one with a contribution.
    """

    workers: Mapping[str, Worker]
    way: str
    has_terms: bool
    is_wheelchair: bool


def shift(fields: Fields, around: Around) -> Shift | None:
    """A shift; None when a field of it cannot be read or a needed one is empty."""
    worker = around.workers.get(fields.text("worker_id"))
    if worker is None:
        fields.refuse("worker_id", _("Choose who comes."))
    sort = fields.choice("sort", SORTS)
    rate = fields.money("rate")
    if rate is None and not fields.text("rate"):
        fields.refuse("rate", _("Write what is paid."))
    minutes, weekly = _hours(fields)
    bank, premium, bank_minutes = _bank_holidays(fields, by_day=bool(minutes))
    average = fields.hours("average")
    _in_order(fields)
    weeks = fields.choice("weeks", WEEKS)
    if weeks == "term" and not around.has_terms:
        fields.refuse("weeks", _("Write the dates of the school terms in the budget first."))
    way, stream = _way_and_stream(fields, around)
    if fields.broken or worker is None or rate is None:
        return None
    return Shift(
        id=fields.id, what=fields.text("what"), worker=worker, rate=rate, sort=sort, minutes=minutes, weekly=weekly,
        first=fields.day("from_date"), last=fields.day("to_date"), weeks=weeks, bank_holidays=bank, premium=premium,
        bank_minutes=bank_minutes, average=average, way=way, stream=stream,
    )  # fmt: skip


def _hours(fields: Fields) -> tuple[tuple[int, ...], int]:
    """Minutes of each day, or nothing and the minutes of a week."""
    minutes = tuple(fields.hours(day) for day in WEEK)
    weekly = fields.hours("weekly", figures.MOST_HOURS)
    by_day = any(fields.text(day) for day in WEEK)
    if not by_day and not fields.text("weekly"):
        fields.refuse("weekly", _("Write the hours, for each day or for the week."))
    if by_day and weekly is not None:
        fields.contradict("weekly", _("Hours stand for days and for the week. Only the days count: empty one of them."))
    return (tuple(each or 0 for each in minutes), 0) if by_day else ((), weekly or 0)


def _bank_holidays(fields: Fields, *, by_day: bool) -> tuple[str, int, int]:
    """What happens on bank holidays, how much more is paid in hundredths of a percent, and minutes of one of them."""
    bank = fields.choice("bank_holidays", BANK)
    premium, minutes = fields.percent("premium"), fields.hours("bank_hours")
    if bank == "premium" and not fields.text("premium"):
        fields.refuse("premium", _("Write how much more is paid on bank holidays: 50 is half as much again."))
    if not by_day and bank != "as_usual" and not fields.text("bank_hours"):
        fields.refuse("bank_hours", _("Write how many hours one bank holiday has."))
    return bank, premium or 0, minutes or 0


def _in_order(fields: Fields) -> None:
    first, last = fields.day("from_date"), fields.day("to_date")
    if first and last and last < first:
        fields.contradict("to_date", _("This ends before it starts. Look at both dates."))


def _way_and_stream(fields: Fields, around: Around) -> tuple[str, str]:
    way = fields.choice("management", WAYS) if fields.text("management") else around.way
    return way, fields.choice("stream", (JOINT, *STREAMS))


def cost(fields: Fields, around: Around) -> Cost | None:
    """A cost; None when a field of it cannot be read or a needed one is empty."""
    kind = fields.choice("kind", KINDS)
    price, percent = fields.money("price"), fields.percent("percent")
    if not fields.text("price") and percent is None:
        fields.refuse("price", _("Write what it costs."))
    if price is not None and percent is not None:
        fields.contradict("price", _("A price and a percentage are written. Only the percentage counts: empty one."))
    many = fields.amount("many")
    _in_order(fields)
    often = fields.choice("often", OFTEN)
    if fields.text("contribution") and not around.is_wheelchair:
        say = _(
            "People are never asked to pay towards their assessed needs. "
            "Only a wheelchair budget may have a contribution."
        )
        fields.contradict("contribution", say)
    way, stream = _way_and_stream(fields, around)
    worker = around.workers.get(fields.text("worker_id"))
    if kind == "training_time" and worker is None:
        fields.refuse("worker_id", _("Choose who is trained: holiday and insurance are owed for these hours too."))
    if fields.broken:
        return None
    return Cost(
        id=fields.id, what=fields.text("what"), kind=kind, price=None if percent is not None else price,
        many=many or Fraction(1), often=often, worker=worker, percent=percent,
        first=fields.day("from_date"), last=fields.day("to_date"), way=way, stream=stream,
    )  # fmt: skip
