"""Workers, shifts, costs and the budget's own answers, read for the second calculation."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.budget import second_dates as dates
from tests.budget import second_fields as fields
from tests.budget.second_fields import Entry, text

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
STREAMS = ("health", "social", "education")
LONGEST = 371


@dataclass
class Worker:
    """Somebody who is paid; `bands` are age bands with the day each begins."""

    ident: str
    employed: bool
    bands: list[tuple[int, str]]
    pension: str


@dataclass
class Shift:
    """Hours of support; hours are minutes, a night or day of sleep-in or live-in is 60."""

    entry: Entry
    worker: Worker
    minutes: list[int]
    weekly: int | None
    rate: int
    first: int | None
    last: int | None
    premium: int
    bank_minutes: int
    average: int | None
    way: str
    stream: str

    def sort(self) -> str:
        """What sort of hours these are."""
        return self.entry.word("sort", "day")

    def weeks(self) -> str:
        """Which weeks count."""
        return self.entry.word("weeks", "every")

    def bank_holidays(self) -> str:
        """What happens on a bank holiday."""
        return self.entry.word("bank_holidays", "as_usual")


@dataclass
class Cost:
    """Anything else that is paid for; `percent` is in hundredths and then there is no price."""

    entry: Entry
    kind: str
    often: str
    price: int
    many: Fraction
    percent: int | None
    worker: Worker | None
    first: int | None
    last: int | None
    way: str
    stream: str


@dataclass
class Budget:
    """A budget's own answers with the team's policy; `first` is after `last` when there is no period to work out."""

    ident: str
    first: int
    last: int
    way: str
    replaces: bool
    pay_every: str
    contingency_weeks: int
    held_by_person: bool
    claimed: bool
    used: dict[str, int]
    shares: list[int] | None
    terms: list[tuple[int, int]]
    ssp_weeks: int
    holiday: int
    wheelchair: bool

    @property
    def days(self) -> int:
        """Days from the first to the last, both included."""
        return self.last - self.first + 1


def _period(entry: Entry) -> tuple[int, int]:
    """First and last day; the day after and the day before when they make no budget, which is a problem."""
    first, last = entry.read("start_date", fields.day), entry.read("end_date", fields.day)
    for name, day in (("start_date", first), ("end_date", last)):
        if day is None:
            entry.wrong(name)
    if first is None or last is None:
        return 1, 0
    if not 1 <= last - first + 1 <= LONGEST:
        entry.wrong("end_date")
        return 1, 0
    if first < dates.FIRST_DAY_OF_RATES:
        entry.wrong("start_date")
        return 1, 0
    return first, last


def _shares(entry: Entry) -> list[int] | None:
    """Hundredths of a percent for each stream; None when one cannot be read or they do not make 100.00."""
    readable = Entry(entry.fields, [])
    for name in STREAMS:
        readable.read(name, fields.percent)
    found = [entry.read(name, fields.percent) for name in STREAMS]
    if not readable.whole:
        return None
    if all(share is None for share in found):
        return [100_00, 0, 0]
    shares = [share or 0 for share in found]
    if sum(shares) != 100_00:
        entry.contradiction("health")
        return None
    return shares


def read_budget(given: dict[str, Any], problems: list[dict[str, str]]) -> Budget:
    """The budget's answers; what it leaves open comes from the policy."""
    entry = Entry(given.get("budget") or {}, problems, "budget")
    policy = Entry(given.get("policy") or {}, [])
    first, last = _period(entry)
    weeks = entry.read("contingency_weeks", fields.count)
    for name in ("range_from", "range_to", "instead", "released"):
        entry.read(name, fields.money)
    entry.read("overlap_weeks", fields.count)
    for name in ("told_on", "released_from"):
        entry.read(name, fields.day)
    used: dict[str, int] = {}
    for year, pence in entry.read_lines("allowance_used", fields.used_line):
        used[year] = used.get(year, 0) + pence
    terms = entry.read_lines("term_dates", fields.term_line)
    if not terms:
        rows = policy.fields.get("terms") or []
        terms = [(fields.day(text(row["from"])), fields.day(text(row["to"]))) for row in rows]
    ssp_weeks, holiday = policy.read("ssp_weeks", fields.count), policy.read("holiday", fields.percent)
    return Budget(
        entry.ident,
        first,
        last,
        entry.word("management", "direct_payment"),
        replaces=bool(entry.word("replaces_id")),
        pay_every=entry.word("pay_every", "four_weeks"),
        contingency_weeks=(policy.read("contingency_weeks", fields.count) or 0) if weeks is None else weeks,
        held_by_person=(entry.word("contingency_held") or policy.word("contingency_held", "person")) == "person",
        claimed=entry.word("allowance", "unsure") == "claimed",
        used=used,
        shares=_shares(entry),
        terms=terms,
        ssp_weeks=2 if ssp_weeks is None else ssp_weeks,
        holiday=12_07 if holiday is None else holiday,
        wheelchair=entry.word("nature") == "wheelchair",
    )


def read_worker(given: dict[str, Any], problems: list[dict[str, str]]) -> Worker:
    """A worker; a date that cannot be read is a problem and counts as empty."""
    entry = Entry(given, problems)
    for name in ("start_date", "end_date", "dbs_on", "right_to_work_on", "contract_on", "exception_on"):
        entry.read(name, fields.day)
    employed = entry.word("employed_as", "employed") in {"employed", "live_in"}
    known = dates.bands(entry.word("age"), entry.read("turns_on", fields.day))
    return Worker(entry.ident, employed, known, entry.word("pension", "auto"))


def _dates(entry: Entry) -> tuple[int | None, int | None]:
    first, last = entry.read("from_date", fields.day), entry.read("to_date", fields.day)
    if first is not None and last is not None and last < first:
        entry.contradiction("to_date")
    return first, last


def read_shift(
    given: dict[str, Any], workers: dict[str, Worker], budget: Budget, problems: list[dict[str, str]]
) -> Shift | None:
    """A shift; None when it cannot be worked out."""
    entry = Entry(given, problems)
    worker = workers.get(entry.word("worker_id"))
    if worker is None:
        entry.wrong("worker_id")
    minutes = [entry.read(name, fields.hours) for name in WEEK]
    weekly = entry.read("weekly", fields.weekly_hours)
    by_days = any(map(entry.word, WEEK))
    if not by_days and not entry.word("weekly"):
        entry.wrong("mon")
    if by_days and entry.word("weekly"):
        entry.contradiction("weekly")
        weekly = None
    rate = entry.read("rate", fields.money)
    if rate is None:
        entry.wrong("rate")
    first, last = _dates(entry)
    premium, bank_minutes = entry.read("premium", fields.percent), entry.read("bank_hours", fields.hours)
    average = entry.read("average", fields.hours)
    bank_holidays = entry.word("bank_holidays", "as_usual")
    if bank_holidays == "premium" and premium is None:
        entry.wrong("premium")
    if bank_holidays != "as_usual" and not by_days and bank_minutes is None:
        entry.wrong("bank_hours")
    if entry.word("weeks") == "term" and not budget.terms:
        entry.wrong("weeks")
    if not entry.whole or worker is None or rate is None:
        return None
    return Shift(
        entry,
        worker,
        [found or 0 for found in minutes],
        weekly,
        rate,
        first,
        last,
        premium or 0,
        bank_minutes or 0,
        average,
        entry.word("management", budget.way),
        entry.word("stream", "joint"),
    )


def read_cost(
    given: dict[str, Any], workers: dict[str, Worker], budget: Budget, problems: list[dict[str, str]]
) -> Cost | None:
    """A cost; None when it cannot be worked out."""
    entry = Entry(given, problems)
    kind = entry.word("kind", "other")
    price, percent = entry.read("price", fields.money), entry.read("percent", fields.percent)
    many = entry.read("many", fields.amount)
    first, last = _dates(entry)
    entry.read("contribution", fields.money)
    if entry.word("contribution") and not budget.wheelchair:
        entry.contradiction("contribution")
    if price is None and percent is None:
        entry.wrong("price")
    if price is not None and percent is not None:
        entry.contradiction("price")
    worker = workers.get(entry.word("worker_id"))
    if kind == "training_time" and worker is None:
        entry.wrong("worker_id")
    if not entry.whole:
        return None
    return Cost(
        entry,
        kind,
        entry.word("often", "once"),
        price or 0,
        Fraction(1) if many is None else many,
        percent,
        worker,
        first,
        last,
        entry.word("management", budget.way),
        entry.word("stream", "joint"),
    )
