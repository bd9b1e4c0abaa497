"""Which payments an approved version of a budget gives, the first one and one that changes the amount (R13 and R21).

The rule reads nothing but what is sealed: versions and the days on which they were approved. So whoever asks, on a
laptop or at central, before or after something was paid, gets the same payments, under the same numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from phb_tui.domain.budget.amounts.pence import half_up, in_parts
from phb_tui.domain.budget.periods import LAST_DAYS, Period, payment_dates
from phb_tui.domain.budget.totals import CONTINGENCY
from phb_tui.domain.budget.working.lines import ONE_OFF, START_UP
from phb_tui.domain.payments import approved
from phb_tui.domain.payments.approved import ADJUSTMENT, INSTALMENT, Approved, Content

ONCE = (START_UP, CONTINGENCY, ONE_OFF)
"""What is paid in one sum, in the order in which such payments are numbered."""
REGULAR = frozenset({INSTALMENT, ADJUSTMENT})
"""What is paid for some days and not once."""
ONE_SUM = "once"


@dataclass(frozen=True, slots=True)
class Due:
    """A payment as the rule gives it.

    Attributes:
        version_id, number: Its version, and its number in it, from 1.
        what: instalment, adjustment, start_up, contingency or one_off.
        pence: At least 0; 0 when everything was taken off that had been paid too much before.
        way: How it is managed; "mixed" where its lines are managed in several ways.
    """

    version_id: str
    number: int
    what: str
    due_on: date
    pence: int
    way: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a version gives.

    Attributes:
        payments: Its own payments, by number.
        earlier: Payments of the versions before it that are due all the same; all their others are not due any more.
        owed: Pence that were due before and are too much by now, by what they are for: no later payment could be made
            less by them, so the audit looks at them.
        before: Ids of the versions that it follows or takes the place of.
    """

    payments: tuple[Due, ...] = ()
    earlier: tuple[Due, ...] = ()
    owed: Mapping[str, int] = field(default_factory=dict)
    before: frozenset[str] = frozenset()

    @property
    def due(self) -> tuple[Due, ...]:
        """Everything that is due, by date."""
        return tuple(sorted((*self.earlier, *self.payments), key=lambda each: each.due_on))


class _Instalment(NamedTuple):
    """What there is a right to for some days: from the day on which it is paid to the one before the next."""

    due_on: date
    last: date
    pence: int


@dataclass(frozen=True, slots=True)
class _Entitled:
    """What somebody has a right to by a version and those before it, whenever it is paid.

    Attributes:
        begins: The day from which the dates of payment are counted.
        once: Pence by what they are for.
    """

    content: Content
    instalments: tuple[_Instalment, ...]
    begins: date
    once: Mapping[str, int]


def schedule(version: Approved, older: Iterable[Approved] = ()) -> Schedule:
    """What a version gives; nothing when it cannot be read, or may not be paid.

    Args:
        version: An approved version.
        older: The person's other approved versions of which payments were made; those that the version does not
            follow or take the place of are left alone.
    """
    content = approved.read(version)
    if content is None:
        return Schedule()
    others = [read for each in older if each.version_id != version.version_id and (read := approved.read(each))]
    chain = _before(content, others)
    entitled: list[_Entitled] = []
    found = Schedule()
    for each in (*chain, content):
        base = next((one for one in reversed(entitled) if one.content.period.first < each.period.first), None)
        entitled.append(_entitled(each, base))
        found = _payments(entitled[-1], base, found.due)
    return replace(found, before=frozenset(each.version_id for each in chain))


def is_less(version: Approved, older: Iterable[Approved] = ()) -> bool:
    """Whether a version pays less a day than the one before it, while that one still runs."""
    content = approved.read(version)
    others = [read for each in older if each.version_id != version.version_id and (read := approved.read(each))]
    chain = _before(content, others) if content is not None else []
    if content is None or not chain or content.period.first > chain[-1].period.last:
        return False
    return Fraction(content.recurring, content.period.days) < Fraction(chain[-1].recurring, chain[-1].period.days)


def _before(content: Content, others: Iterable[Content]) -> list[Content]:
    """The versions that a version follows or takes the place of, oldest first."""
    by_budget: dict[str, list[Content]] = {}
    for each in sorted(others, key=lambda one: (one.number, one.version_id)):
        by_budget.setdefault(each.budget_id, []).append(each)
    found = [each for each in by_budget.pop(content.budget_id, ()) if each.number < content.number]
    replaced = content.replaces
    while earlier := by_budget.pop(replaced, None):
        found = [*earlier, *found]
        replaced = earlier[-1].replaces
    return found


# -- what there is a right to


def _entitled(content: Content, base: _Entitled | None) -> _Entitled:
    """What a version gives a right to, from its first day on; before that day, what the one before it gave."""
    first = content.period.first
    own = {what: sum(lines.values()) for what, lines in content.once.items()}
    before = base.instalments if base else ()
    covering = next((each for each in before if each.due_on <= first <= each.last), None)
    once = {what: own[what] + _once_before(content, base, what) for what in own} | {CONTINGENCY: content.contingency}
    if base is not None and covering is not None:
        begins, instalments = _changed(content, base, covering)
    else:
        begins = first
        dates = payment_dates(content.period, content.every) if content.recurring else []
        instalments = _in_instalments(dates, content.recurring, content.period.last)
    ends = instalments[0].due_on if instalments else first
    kept = [each for each in before if each.due_on < ends]
    return _Entitled(content, (*kept, *instalments), begins, once)


def _in_instalments(dates: Sequence[date], pence: int, last: date) -> list[_Instalment]:
    """A sum in equal parts by date (rule R13); none when there is no date."""
    ends = [*(day - timedelta(days=1) for day in dates[1:]), last]
    return list(map(_Instalment, dates, ends, in_parts(pence, len(dates)))) if dates else []


def _only_follows(content: Content, base: _Entitled) -> bool:
    """Whether a version begins after the one before it ends, and so changes nothing of it."""
    return content.period.first > base.content.period.last


def _once_before(content: Content, base: _Entitled | None, what: str) -> int:
    """What was granted once before, without that of lines that stand in this version again."""
    if base is None:
        return 0
    lines = {} if _only_follows(content, base) else base.content.once[what]
    return base.once[what] - sum(pence for name, pence in lines.items() if name in content.once[what])


def _changed(content: Content, base: _Entitled, covering: _Instalment) -> tuple[date, list[_Instalment]]:
    """The instalment during which the amount changes, and those after it (rule R21).

    Returns:
        The day from which dates of payment are counted, and the instalments.
    """
    first, last = content.period.first, content.period.last
    begins = base.begins if content.every == base.content.every else covering.last + timedelta(days=1)
    dates = _dates_after(first, begins, content.every, last) if content.recurring else []
    ends = min([covering.last, last, *(day - timedelta(days=1) for day in dates[:1])])
    days_before, days_after = (first - covering.due_on).days, (ends - first).days + 1
    covered = (covering.last - covering.due_on).days + 1
    old = half_up(Fraction(covering.pence * days_before, covered))
    new = half_up(Fraction(content.recurring * days_after, content.period.days)) if dates else content.recurring
    rest = _in_instalments(dates, content.recurring - new, last)
    return begins, [_Instalment(covering.due_on, ends if rest else last, old + new), *rest]


def _dates_after(day: date, begins: date, every: str, last: date) -> list[date]:
    """Dates of payment after a day, while at least 14 days remain."""
    if every == ONE_SUM or begins > last:
        return []
    found = payment_dates(Period(begins, last), every)
    return [each for each in found if each > day and (last - each).days + 1 >= LAST_DAYS]


# -- what is paid


def _payments(entitled: _Entitled, base: _Entitled | None, before: tuple[Due, ...]) -> Schedule:
    """The payments of a version beside those of the ones before it that stay due."""
    content = entitled.content
    first = content.period.first
    earlier = tuple(each for each in before if each.due_on < first or each.due_on <= content.decided_on)
    day = first
    if earlier and not (base is not None and _only_follows(content, base)):
        day = max(first, content.decided_on)
        found, owed = _less_what_was_due(entitled, earlier, day)
    else:
        found = [(INSTALMENT, each.due_on, each.pence) for each in entitled.instalments if each.due_on >= first]
        owed = _sum(earlier, REGULAR) - sum(each.pence for each in entitled.instalments if each.due_on < first)
    too_much = {INSTALMENT: owed}
    for what in ONCE:
        left = entitled.once[what] - _sum(earlier, {what})
        too_much[what] = -left
        found += [(what, day, left)] if left > 0 else []
    payments = tuple(
        Due(content.version_id, number, what, due_on, pence, content.ways[what])
        for number, (what, due_on, pence) in enumerate(found, 1)
    )
    return Schedule(payments, earlier, {what: pence for what, pence in too_much.items() if pence > 0})


def _sum(payments: Iterable[Due], what: Collection[str]) -> int:
    return sum(each.pence for each in payments if each.what in what)


def _less_what_was_due(
    entitled: _Entitled, earlier: Collection[Due], day: date
) -> tuple[list[tuple[str, date, int]], int]:
    """Payments from a day on, each less what the earlier ones are still too much.

    What the earlier ones are too little is paid on the day itself.

    Returns:
        What each is, its day and its pence; and what the earlier ones are too much in the end.
    """
    paid = _sum(earlier, REGULAR)
    right = sum(each.pence for each in entitled.instalments if each.due_on <= day)
    found = []
    is_date = any(each.due_on == day for each in entitled.instalments)
    is_paid = any(each.due_on == day and each.what in REGULAR for each in earlier)
    if right > paid or (is_date and not is_paid):
        found.append((INSTALMENT if is_date else ADJUSTMENT, day, max(0, right - paid)))
        paid = max(paid, right)
    for each in entitled.instalments:
        if each.due_on > day:
            right += each.pence
            found.append((INSTALMENT, each.due_on, max(0, right - paid)))
            paid = max(paid, right)
    return found, paid - right
