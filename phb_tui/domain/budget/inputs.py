"""What a budget is worked out from: its own fields, workers, shifts, costs and the team's policy, as exact values.

Field names and spellings are those of the record kinds; every field is None or its default when it is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from phb_tui.domain.budget.periods import Period, TaxYear

WAYS = ("direct_payment", "notional", "third_party", "managed_account")
STREAMS = ("health", "social", "education")
JOINT = "joint"
EMPLOYED = ("employed", "live_in")
"""Sorts of worker who have holiday, National Insurance, a pension and sick pay."""
COUNTED = ("sleep_in", "live_in")
"""Sorts of shift whose hours field counts nights or days: 1:00 stands for one."""
HOLIDAY, SSP_WEEKS = 1207, 2
"""Holiday in hundredths of a percent, and weeks of sick pay put by, where the team's policy says nothing else."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands against a budget.

    Attributes:
        id: The record it is in.
        field: Its field.
        say: What to do, in one sentence.
    """

    id: str
    field: str
    say: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody who is paid to help."""

    id: str
    name: str = ""
    employed_as: str = "employed"
    start_date: date | None = None
    end_date: date | None = None
    age: str = ""
    turns_on: date | None = None
    pension: str = "auto"

    @property
    def is_employed(self) -> bool:
        """Whether the person, or who manages the money, is their employer."""
        return self.employed_as in EMPLOYED


@dataclass(frozen=True, slots=True)
class Shift:
    """Hours of support by one worker.

    Attributes:
        minutes: Minutes on Monday to Sunday; empty when `weekly` counts.
        weekly: Minutes a week when the days are not known.
        rate: Pence an hour, a night or a day.
        premium: Hundredths of a percent on bank holidays.
        bank_minutes: Minutes of one bank holiday, with `weekly`.
        average: Minutes of the daily average agreement of a live-in worker.
    """

    id: str
    what: str
    worker: Worker
    minutes: tuple[int, ...]
    weekly: int
    rate: int
    sort: str = "day"
    first: date | None = None
    last: date | None = None
    weeks: str = "every"
    bank_holidays: str = "as_usual"
    premium: int = 0
    bank_minutes: int = 0
    average: int | None = None
    way: str = WAYS[0]
    stream: str = JOINT

    @property
    def is_counted(self) -> bool:
        """Whether it is paid by the night or the day."""
        return self.sort in COUNTED


@dataclass(frozen=True, slots=True)
class Cost:
    """Anything else that is paid for.

    Attributes:
        price: Pence; None for a fee that is a percentage.
        percent: Hundredths of a percent of the care lines managed the same way.
    """

    id: str
    what: str
    kind: str
    price: int | None
    many: Fraction
    often: str
    worker: Worker | None = None
    percent: int | None = None
    first: date | None = None
    last: date | None = None
    way: str = WAYS[0]
    stream: str = JOINT


@dataclass(frozen=True, slots=True)
class LocalRate:
    """What the team usually agrees for a sort of shift, in pence."""

    what: str
    sort: str
    employed_as: str
    begins: date | None
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Policy:
    """The part of the team's policy that a budget is worked out with; the defaults are those of no policy."""

    contingency_weeks: int | None = None
    contingency_held: str = ""
    ssp_weeks: int = SSP_WEEKS
    holiday: int = HOLIDAY
    terms: tuple[Period, ...] = ()
    rates: tuple[LocalRate, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """A budget with everything it is worked out from.

    Attributes:
        shares: Hundredths of a percent by stream; empty when they do not make 100.
        used: Pence of the Employment Allowance that are used elsewhere or by the version it replaces, by tax year.
        fortnights_from: The day from which fortnights count: its first, or that of the first budget it goes on from.
    """

    id: str
    period: Period
    way: str = WAYS[0]
    replaces: bool = False
    pay_every: str = "four_weeks"
    contingency_weeks: int = 0
    contingency_held: str = "person"
    claims_allowance: bool = False
    shares: Mapping[str, int] = field(default_factory=dict)
    used: Mapping[TaxYear, int] = field(default_factory=dict)
    terms: tuple[Period, ...] = ()
    fortnights_from: date = date.min
    workers: tuple[Worker, ...] = ()
    shifts: tuple[Shift, ...] = ()
    costs: tuple[Cost, ...] = ()
