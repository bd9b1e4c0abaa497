"""A second calculation of a Personal Health Budget, in plain Python, to compare the product's with.

It shares no code with the product. Amounts are whole pence, what is in between is an exact fraction, days are ordinals.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from tests.budget import second_dates as dates
from tests.budget import second_inputs as inputs
from tests.budget import second_lines as lines
from tests.budget.second_inputs import Budget
from tests.budget.second_lines import Line, half_up

STARTS, FOUR_WEEKS, REMAINING = "start_date", 28, 14


def split(pence: int, shares: list[int]) -> list[int]:
    """Pence divided by hundredths of a percent: largest remainder first, ties in the order of the shares."""
    exact = [Fraction(pence * share, 100_00) for share in shares]
    parts = [part.numerator // part.denominator for part in exact]
    order = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in order[: pence - sum(parts)]:
        parts[place] += 1
    return parts


def due_dates(budget: Budget) -> list[int]:
    """Days on which an instalment is paid: the first day, and later ones while 14 days of the budget remain."""
    found, due = [budget.first], budget.first
    while budget.pay_every in {"four_weeks", "month"}:
        due = dates.months_later(budget.first, len(found)) if budget.pay_every == "month" else due + FOUR_WEEKS
        if budget.last - due + 1 < REMAINING:
            break
        found.append(due)
    return found


def _sum(found: Iterable[Line], nature: str) -> int:
    return sum(line.pence for line in found if line.nature == nature)


def _by_stream(found: list[Line], shares: list[int]) -> dict[str, int]:
    """What each stream pays: its own lines, and its share of the joint lines of each nature."""
    streams = dict.fromkeys(inputs.STREAMS, 0)
    for line in found:
        if line.stream in streams:
            streams[line.stream] += line.pence
    for nature in ("recurring", "start_up", "one_off"):
        joint = _sum((line for line in found if line.stream not in streams), nature)
        for name, part in zip(inputs.STREAMS, split(joint, shares), strict=True):
            streams[name] += part
    return streams


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _paid(budget: Budget, found: list[Line], contingency: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Instalments of what recurs, and the other payments, both without notional lines."""
    if budget.days < 1:
        return [], []
    paid = [line for line in found if line.way != "notional"]
    recurring = _sum(paid, "recurring")
    due = due_dates(budget) if recurring > 0 else []
    each, rest = divmod(recurring, len(due) or 1)
    instalments = [
        {"number": number, "due_on": _iso(day), "pence": each + (rest if number == 1 else 0)}
        for number, day in enumerate(due, 1)
    ]
    others = (
        ("start_up", _sum(paid, "start_up")),
        ("contingency", contingency if budget.held_by_person else 0),
        ("one_off", _sum(paid, "one_off")),
    )
    payments = [{"what": what, "due_on": _iso(budget.first), "pence": pence} for what, pence in others if pence]
    return instalments, payments


def work_out(given: dict[str, Any]) -> dict[str, Any]:
    """Works out one budget of the door for checking, without labels, working and notes."""
    problems: list[dict[str, str]] = []
    budget = inputs.read_budget(given, problems)
    workers = [inputs.read_worker(worker, problems) for worker in given.get("workers") or []]
    known = {worker.ident: worker for worker in workers}
    shifts = [inputs.read_shift(shift, known, budget, problems) for shift in given.get("shifts") or []]
    costs = [inputs.read_cost(cost, known, budget, problems) for cost in given.get("costs") or []]
    found: list[Line] = []
    if budget.days >= 1:
        found = lines.work_out(budget, workers, [s for s in shifts if s], [c for c in costs if c])
    recurring, start, one_off = (_sum(found, nature) for nature in ("recurring", "start_up", "one_off"))
    weekly = half_up(Fraction(recurring * 7, budget.days)) if budget.days >= 1 else 0
    contingency = budget.contingency_weeks * weekly
    held = contingency if budget.held_by_person else 0
    by_way: dict[str, int] = {}
    for line in found:
        by_way[line.way] = by_way.get(line.way, 0) + line.pence
    instalments, payments = _paid(budget, found, contingency)
    streams = shared = {}
    if budget.shares is not None:
        streams = _by_stream(found, budget.shares)
        shared = dict(zip(inputs.STREAMS, split(contingency, budget.shares), strict=True))
    return {
        "lines": [line.shown() for line in found],
        "totals": {
            "recurring": recurring,
            "weekly": weekly,
            "contingency": contingency,
            "start": start,
            "one_off": one_off,
            "first": recurring + held + start + one_off,
        },
        "by_way": by_way,
        "by_stream": streams,
        "contingency_by_stream": shared,
        "instalments": instalments,
        "payments": payments,
        "provisional": [line.ident for line in found if line.provisional],
        "problems": problems,
    }
