"""What differs between two budgets, in plain words and figures: by line, in the budget itself, and in the totals."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from phb_tui.content import forms
from phb_tui.domain.budget import shares_of_money
from phb_tui.domain.budget.amounts import figures
from phb_tui.domain.budget.amounts.pence import pounds
from phb_tui.domain.budget.inputs import COUNTED, JOINT
from phb_tui.domain.budget.reading.line_records import WEEK
from phb_tui.domain.budget.work import Worked
from phb_tui.domain.calendar import weekdays
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.services.budget import budget_words, sufficiency
from phb_tui.services.budget.budgets import BudgetRecords
from phb_tui.services.budget.what_if import paired
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session

UNKNOWN = "?"
"""Stands for the amount of a line that cannot be worked out yet."""
NEW, GONE = "new", "gone"
"""A line that only the second budget has, and one that it has no longer."""
LINE_FIELDS = {
    "worker_id": N_("Who comes"), "kind": N_("Sort of cost"),
    "rate": N_("What is paid"), "price": N_("Price of one"), "many": N_("How many"), "often": N_("How often"),
    "percent": N_("Fee in percent"), "sort": N_("Sort of hours"), "weeks": N_("In which weeks"),
    "from_date": N_("From"), "to_date": N_("Until"), "bank_holidays": N_("On bank holidays"),
    "premium": N_("How much more on them"), "bank_hours": N_("Hours on one bank holiday"),
    "average": N_("Average hours a day"), "management": N_("How it is managed"), "stream": N_("Who pays for it"),
    "provider": N_("Who it is from"), "contribution": N_("Paid on top"), "need_id": N_("For which need"),
    "goal_id": N_("For which goal"),
    "what": N_("What it is called"),
}  # fmt: skip
"""Fields of a line, besides its hours, with what they are called here."""
BUDGET_FIELDS = {
    "nature": N_("Ongoing or one-off"), "start_date": N_("First day"), "end_date": N_("Last day"),
    "management": N_("How it is managed"), "pay_every": N_("How often it is paid"),
    "contingency_weeks": N_("Weeks put by"), "contingency_held": N_("Who keeps what is put by"),
    "replaces_id": N_("Takes the place of"), "allowance": N_("Employment Allowance claimed"),
    "allowance_used": N_("Of it used elsewhere"), "health": N_("Share of the NHS"),
    "social": N_("Share of social care"), "social_who": N_("Which council"), "education": N_("Share of education"),
    "education_who": N_("Who for education"), "term_dates": N_("School terms"),
}  # fmt: skip
_UNITS = {"sleep_in": N_("Nights a week"), "live_in": N_("Days a week")}
_EMPTY = {"from_date": N_("the first day"), "to_date": N_("the last day"), "stream": N_("shared")}
"""What an empty field of a line means, where that is no answer of its form."""
_READ: Mapping[str, Callable[[str], Fraction | int | None]] = {
    "money": figures.read_money, "hours": figures.read_hours, "percent": figures.read_percent,
    "count": figures.read_count, "amount": figures.read_amount,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs.

    Attributes:
        what: What it is.
        now: How it is in the first budget.
        then: How it is in the second one.
        change: Below 0 for less, above for more, 0 where it is neither.
        is_cost: Whether more of it means that the budget is dearer.
        field: The field in which it is changed; "" where it follows from others.
    """

    what: str
    now: str
    then: str
    change: int = 0
    is_cost: bool = False
    field: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """What differs in one line, in the budget's own fields, or in the totals.

    Attributes:
        id: Tells it from the others.
        title: What it is about.
        rows: What differs.
        record: Where it can be changed: the second budget's record, or the first one's where that has none.
        state: `NEW` or `GONE` for a line that only one of them has.
    """

    id: str
    title: str
    rows: tuple[Difference, ...]
    record: Record | None = None
    state: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A budget with what was worked out."""

    records: BudgetRecords
    worked: Worked


def between(session: Session, now: Side, then: Side) -> list[Group]:
    """What differs, by line in the order of the first budget, then in the budget's own fields, then in the totals."""
    found = [_line(session, now, then, *pair) for pair in paired(now.records.lines, then.records.lines)]
    own = _fields(session, BUDGET_FIELDS, now.records.budget, then.records.budget)
    found.append(Group("budget", _("The budget itself"), tuple(own), then.records.budget))
    found.append(Group("needs", _("Is it enough?"), tuple(_needs(session, now, then))))
    found.append(Group("totals", _("In all"), tuple(_totals(now.worked, then.worked))))
    ways = _sums(shares_of_money.by_way(now.worked), shares_of_money.by_way(then.worked), budget_words.way)
    found.append(Group("ways", _("How it is managed"), tuple(ways)))
    payers = _sums(shares_of_money.by_payer(now.worked), shares_of_money.by_payer(then.worked), budget_words.payer)
    found.append(Group("payers", _("Who pays"), tuple(payers)))
    return [group for group in found if group.rows]


def _line(session: Session, now: Side, then: Side, ours: Record | None, theirs: Record | None) -> Group:
    record = theirs or ours
    assert record is not None  # noqa: S101 - a pair has at least one line
    costs = _cost(ours, now.worked), _cost(theirs, then.worked)
    state = NEW if ours is None else GONE if theirs is None else ""
    rows = [_money(_("What it costs"), *costs)] if state or costs[0] != costs[1] else []
    if ours is not None and theirs is not None:
        rows += _hours(ours, theirs)
        rows += _fields(session, LINE_FIELDS, ours, theirs)
    else:
        rows += _hours(ours or Record("", record.kind, "", None, {}), theirs or Record("", record.kind, "", None, {}))
    return Group(record.record_id, budget_words.line(session, record), tuple(rows), record, state)


def _cost(line: Record | None, found: Worked) -> int | str:
    """Pence of a line, of all tax years; "" where there is none, `UNKNOWN` where it cannot be worked out yet."""
    if line is None:
        return ""
    mine = [each.pence for each in found.lines if each.id == line.record_id or each.id.startswith(f"{line.record_id} ")]
    return sum(mine) if mine else UNKNOWN


def _money(what: str, now: int | str, then: int | str) -> Difference:
    def shown(amount: int | str) -> str:
        return amount if isinstance(amount, str) else pounds(amount)

    pence = [0 if amount == "" else amount for amount in (now, then)]
    change = pence[1] - pence[0] if isinstance(pence[0], int) and isinstance(pence[1], int) else 0
    return Difference(what, shown(now), shown(then), change, is_cost=True)


def _hours(now: Record, then: Record) -> Iterator[Difference]:
    """How many hours, nights or days a week; where they are as many, on which days."""
    before, after = _minutes(now), _minutes(then)
    if before == after:
        return
    sort = then.text("sort") or now.text("sort")
    what = _(_UNITS.get(sort, N_("Hours a week")))
    totals = [_sum(each) for each in (before, after)]
    field = next((name for name in (*WEEK, "weekly") if before.get(name) != after.get(name)), "mon")
    if totals[0] == totals[1]:
        words = [_by_day(each, sort) for each in (before, after)]
        yield Difference(_("On which days"), words[0], words[1], field=field)
        return
    shown = [
        "" if not each else UNKNOWN if total is None else _duration(total, sort)
        for each, total in zip((before, after), totals, strict=True)
    ]
    change = 0 if totals[0] is None or totals[1] is None else totals[1] - totals[0]
    yield Difference(what, shown[0], shown[1], change, field=field)


def _minutes(line: Record) -> dict[str, int | None]:
    """Minutes by day, or of the week; None where one cannot be read."""
    names = WEEK if any(line.text(day) for day in WEEK) else ("weekly",)
    found = {name: figures.read_hours(line.text(name)) for name in names if line.text(name)}
    return {name: minutes for name, minutes in found.items() if minutes != 0}


def _sum(minutes: Mapping[str, int | None]) -> int | None:
    found = [each for each in minutes.values() if each is not None]
    return sum(found) if len(found) == len(minutes) else None


def _duration(minutes: int, sort: str) -> str:
    exact = Fraction(minutes)
    return figures.decimal(exact / figures.HOUR) if sort in COUNTED else figures.hours_shown(exact)


def _by_day(minutes: Mapping[str, int | None], sort: str) -> str:
    words = []
    for name, found in minutes.items():
        shown = UNKNOWN if found is None else _duration(found, sort)
        day = weekdays.name(WEEK.index(name), short=True) if name in WEEK else _("days not known")
        words.append(f"{day} {shown}")
    return ", ".join(words)


def _fields(session: Session, named: Mapping[str, str], now: Record, then: Record) -> Iterator[Difference]:
    for name, what in named.items():
        asked = forms.field(then.kind, name)
        if asked is None or asked.staff_only or _meant(now, name) == _meant(then, name):
            continue
        shown = [_shown(session, record, name) for record in (now, then)]
        yield Difference(
            _(what), shown[0], shown[1], _direction(asked.type, now.text(name), then.text(name)), field=name
        )


def _direction(type_: str, now: str, then: str) -> int:
    """1 for more, -1 for less, 0 where the two are no figures."""
    read = _READ.get(type_)
    before, after = (read(now), read(then)) if read is not None else (None, None)
    return 0 if before is None or after is None else 1 if after > before else -1


def _meant(record: Record, name: str) -> str:
    """What a field means: an empty choice is its first answer, but for the way of a line, which is its budget's."""
    asked, text = forms.field(record.kind, name), record.text(name).strip()
    own_way = name == "management" and record.kind != "budget"
    if not text and asked is not None and asked.type == "choice" and not own_way:
        return next(iter(asked.options or {}), "")
    return text


def _shown(session: Session, record: Record, name: str) -> str:
    meant = _meant(record, name)
    if name == "stream":
        return budget_words.payer(meant) if meant != JOINT else _(_EMPTY[name])
    if name == "management" and not meant:
        return _("like the rest")
    if not meant:
        return _(_EMPTY.get(name, "")) if name in _EMPTY else ""
    return " ".join(record_lists.in_words(session, record.kind, name, meant).split())


def _needs(session: Session, now: Side, then: Side) -> Iterator[Difference]:
    """The needs that nothing meets yet, where these are others."""
    before, after = (
        [met.need for met in sufficiency.of(session, side.records, side.worked).not_covered] for side in (now, then)
    )
    if [need.record_id for need in before] != [need.record_id for need in after]:
        words = ["; ".join(record_lists.title(session, need) for need in needs) for needs in (before, after)]
        yield Difference(_("Needs that nothing meets yet"), words[0], words[1], len(after) - len(before))


def _totals(now: Worked, then: Worked) -> Iterator[Difference]:
    def employing(found: Worked) -> int:
        return shares_of_money.for_what(found).get(shares_of_money.EMPLOYING, 0)

    one, other = now.totals, then.totals
    if not one.weekly and not other.weekly:  # all of it is paid once
        if one.first != other.first:
            yield _money(_("This budget"), one.first, other.first)
        return
    for what, before, after in (
        (_("What employing costs"), employing(now), employing(then)),
        (_("Every week"), one.weekly, other.weekly),
        (_("Put by for emergencies"), one.contingency, other.contingency),
        (_("To start"), one.start, other.start),
        (_("Bought once"), one.one_off, other.one_off),
        (_("First year"), one.first, other.first),
    ):
        if before != after:
            yield _money(what, before, after)


def _sums(now: Mapping[str, int], then: Mapping[str, int], words: Callable[[str], str]) -> Iterator[Difference]:
    """Sums by way or by who pays that differ, where there are several."""
    names = [name for name in {**now, **then} if name != shares_of_money.PUT_BY]
    for name in names if len(names) > 1 else ():
        if now.get(name, 0) != then.get(name, 0):
            yield _money(words(name), now.get(name, 0), then.get(name, 0))
