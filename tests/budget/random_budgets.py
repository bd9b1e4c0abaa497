"""Random budgets for the door for checking: likely ones, and ones with half-filled, unreadable or contradicting fields.

The same seed gives the same budget. Three in ten budgets are damaged; the others can be worked out throughout,
but for lines that are below the minimum wage or outside the budget and shares that do not make 100.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.budget.random_records import WAYS, WEEK, cost_of, day_of, shift_of, worker_of

FIRST_START, LAST_START = date(2025, 4, 6), date(2028, 12, 31)
STARTS = tuple(
    date(year, month, day) + timedelta(days)
    for year, month, day, spread in (
        (2026, 4, 6, 4), (2027, 4, 6, 6), (2028, 4, 6, 4), (2027, 4, 1, 2), (2028, 2, 29, 2), (2027, 2, 27, 2),
        (2025, 12, 25, 3), (2026, 12, 26, 3), (2027, 12, 25, 4), (2028, 1, 1, 3), (2028, 12, 25, 6), (2026, 10, 31, 1),
    )
    for days in range(-spread, spread + 1)
)  # fmt: skip
LENGTHS = (1, 2, 6, 7, 13, 14, 15, 27, 28, 41, 42, 56, 91, 126, 182, 363, 364, 365, 366, 367, 370, 371)
BAD = {
    "money": ("-5", "1e3", "14,50", "£14.505", "1,25", "ten", "10,000,000.00", "12.345", "?"),
    "hours": ("seven", "-1", "25", "7:75", "24:01", "7,5"),
    "weekly": ("168:01", "many", "-7", "37:60"),
    "percent": ("101", "-1", "12.075", "half", "100.01"),
    "count": ("-1", "2.5", "10000", "four"),
    "amount": ("0", "-3", "1.2345", "some"),
    "date": ("soon", "2027-02-29", "31 6 2027", "2026-13-01"),
}
DATES = {"from_date": "date", "to_date": "date"}
TYPES = {
    "workers": ({"turns_on": "date", "start_date": "date", "end_date": "date"}, ("age",)),
    "shifts": (
        {
            **dict.fromkeys((*WEEK, "bank_hours", "average"), "hours"),
            **DATES,
            "weekly": "weekly",
            "rate": "money",
            "premium": "percent",
        },
        ("worker_id", "rate", "premium", "bank_hours"),
    ),
    "costs": ({**DATES, "price": "money", "many": "amount", "percent": "percent"}, ("price", "many", "often")),
}
"""Fields of each kind of record that can be unreadable, with their types, and those that are emptied."""


def _period(r: Random) -> tuple[date, date]:
    if r.random() < 0.6:
        start = max(FIRST_START, r.choice(STARTS))
    else:
        start = FIRST_START + timedelta(r.randrange((LAST_START - FIRST_START).days + 1))
    chance = r.random()
    days = 364 if chance < 0.35 else r.choice(LENGTHS) if chance < 0.75 else r.randint(1, 371)
    return start, start + timedelta(days - 1)


def _spoil(r: Random, record: dict[str, Any], types: dict[str, str], needed: tuple[str, ...]) -> None:
    """Makes a field of a record unreadable, or empties a needed one."""
    if needed and r.random() < 0.4:
        name = r.choice(needed)
        record[name] = r.choice(("", None, " "))
        if r.random() < 0.5:
            del record[name]
    else:
        name = r.choice(list(types))
        record[name] = r.choice(BAD[types[name]])


def _terms(r: Random, start: date) -> list[tuple[date, date]]:
    found, day = [], start - timedelta(r.randint(0, 60))
    for _ in range(r.randint(1, 7)):
        last = day + timedelta(r.randint(0, 50))
        found.append((day, last))
        day = last + timedelta(r.randint(-3, 40))
    return found


def _shares(r: Random) -> dict[str, Any]:
    return r.choice((
        {}, {}, {}, {"health": "100"}, {"health": "50", "social": "50"}, {"social": 100}, {"health": "99.99"},
        {"health": "55", "social": "30", "education": "15"}, {"health": "60%", "education": "40"},
        {"health": "33.33", "social": "33.33", "education": "33.34"}, {"health": "50", "social": "50.01"},
        {"health": "12.5", "social": "87.50", "education": "0"},
    ))  # fmt: skip


def _budget(r: Random, start: date, end: date) -> dict[str, Any]:
    budget: dict[str, Any] = {"name": "A budget", "start_date": day_of(start), "end_date": day_of(end), **_shares(r)}
    budget["nature"] = r.choices(("ongoing", "one_off", "wheelchair", ""), (70, 12, 5, 13))[0]
    budget["allowance"] = r.choice(("claimed", "claimed", "claimed", "not_claimed", "unsure", ""))
    if r.random() < 0.6:
        budget["management"] = r.choice(("direct_payment", *WAYS, ""))
    if r.random() < 0.2:
        budget["replaces_id"] = "the one before"
    if r.random() < 0.6:
        budget["pay_every"] = r.choice(("four_weeks", "month", "once", ""))
    if r.random() < 0.5:
        budget["contingency_weeks"] = r.choice(("0", "1", "4", 2, "13"))
    if r.random() < 0.4:
        budget["contingency_held"] = r.choice(("person", "nhs", ""))
    if r.random() < 0.4:
        years = [f"{start.year + add}/{(start.year + add + 1) % 100:02d}" for add in (-1, 0, 1)]
        used = (0, 40_00, 3_276_29, 9_800_00, 10_460_00, 10_500_00, 12_000_00, r.randint(0, 1_100_000))
        lines = [f"{r.choice(years)} {r.choice(used) / 100:,.2f}" for _ in range(r.randint(1, 4))]
        budget["allowance_used"] = lines
    if r.random() < 0.5:
        terms = [f"{a.day} {a.month} {a.year} - {b.day} {b.month} {b.year}" for a, b in _terms(r, start)]
        budget["term_dates"] = terms
    return budget


def _policy(r: Random, start: date) -> dict[str, Any] | None:
    if r.random() < 0.4:
        return None
    policy: dict[str, Any] = {"name": "A policy"}
    if r.random() < 0.6:
        policy |= {"contingency_weeks": r.choice((0, 2, 4)), "contingency_held": r.choice(("person", "nhs"))}
    if r.random() < 0.5:
        policy["ssp_weeks"] = r.choice((0, 1, 2, 3, 28))
    if r.random() < 0.5:
        policy["holiday"] = r.choice(("12.07", "10.77", "0", "15.5"))
    if r.random() < 0.4:
        policy["terms"] = [{"from": day_of(a), "to": day_of(b)} for a, b in _terms(r, start)]
    return policy


def _damage(r: Random, given: dict[str, Any]) -> None:
    """Makes one to four fields unreadable or empty, and rarely the period too long, backwards or missing."""
    for _ in range(r.randint(1, 4)):
        kind = r.choices(("shifts", "costs", "workers", "budget"), (8, 6, 2, 2))[0]
        if kind == "budget":
            types = dict.fromkeys(("health", "social", "education"), "percent") | {"contingency_weeks": "count"}
            _spoil(r, given["budget"], types, ())
        elif given[kind]:
            _spoil(r, r.choice(given[kind]), *TYPES[kind])
    if r.random() < 0.1:
        start = date.fromisoformat(given["budget"]["start_date"])
        days = r.choice((371, 372, -1, -30, 500))
        given["budget"]["end_date"] = r.choice((day_of(start + timedelta(days)), "", "2027-02-30"))


def budget(seed: int) -> dict[str, Any]:
    """A random budget as the door for checking reads it, the same for the same seed."""
    r = Random(seed)
    period = start, end = _period(r)
    workers = [
        worker_of(r, f"w{number}", start, end) for number in range(1, r.choices(range(5), (1, 5, 5, 3, 2))[0] + 1)
    ]
    ways = {worker["id"]: r.choice((*WAYS, "", "", "")) for worker in workers}
    many = 30 if r.random() < 0.01 else 7
    shifts = [shift_of(r, f"s{number}", workers, ways, period) for number in range(1, r.randint(1, many)) if workers]
    costs = [cost_of(r, f"c{number}", workers, ways, period) for number in range(1, r.randint(1, many + 2))]
    given: dict[str, Any] = {"budget": _budget(r, start, end), "workers": workers, "shifts": shifts, "costs": costs}
    given["policy"] = _policy(r, start)
    if r.random() < 0.3:
        _damage(r, given)
    return given
