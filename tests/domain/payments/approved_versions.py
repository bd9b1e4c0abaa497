"""Approved versions of budgets for the tests of payments: worked out from records, or put together by hand."""

import random
from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from phb_tui.content import rates
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.payments.approved import Approved
from phb_tui.domain.records.changes import Value, canonical

EVERY = ("four_weeks", "month", "once")


def worked(records: Records, budget: str, decided: str, number: int = 1) -> Approved:
    """A final version of a budget as it would be kept, with the shipped rates and no policy."""
    records = records._replace(budget={**records.budget, "purpose": "final", "id": budget})
    content = version_content.content(records, work.work(records, rates.shipped(), Policy()))
    return Approved(f"{budget} {number}", {**content, "budget_id": budget, "number": str(number)}, decided)


def made(
    budget: str,
    first: date,
    last: date,
    recurring: int,
    *,
    number: int = 1,
    decided: str = "",
    every: str = "four_weeks",
    replaces: str = "",
    once: Mapping[str, int] = MappingProxyType({}),
    contingency: int = 0,
    way: str = "direct_payment",
) -> Approved:
    """A final version with one recurring line, and one line of start-up for each of `once`."""
    begins = {"id": budget, "start_date": first.isoformat(), "end_date": last.isoformat(), "pay_every": every}
    begins |= {"replaces_id": replaces} if replaces else {}
    line = {"way": way, "stream": "joint", "need": "", "goal": "", "provisional": False}
    lines = [{**line, "id": "hours", "pence": recurring, "nature": "recurring"}]
    lines += [{**line, "id": name, "pence": pence, "nature": "start_up"} for name, pence in once.items()]
    start = sum(once.values())
    fields: dict[str, Value] = {
        "for": "final",
        "budget_id": budget,
        "number": str(number),
        "inputs": canonical({"budget": begins, "workers": [], "shifts": [], "costs": []}),
        "lines": canonical(lines),
        "total_recurring": recurring,
        "total_start": start,
        "total_one_off": 0,
        "total_contingency": contingency,
        "total_first": recurring + start + contingency,
    }
    return Approved(f"{budget} {number}", fields, decided)


def changes(seed: int) -> list[Approved]:
    """A random budget and up to three that change it, in the order in which they were decided."""
    chosen = random.Random(seed)
    first = date(2026, 1, 1) + timedelta(days=chosen.randrange(400))
    last = first + timedelta(days=chosen.choice((1, 13, 27, 40, chosen.randrange(371), chosen.randrange(371))))
    decided = first + timedelta(days=chosen.randint(-40, 20))
    every = chosen.choice((*EVERY, "four_weeks", "month"))
    budget, number, replaces = "a", 1, ""
    found = []
    for place in range(chosen.randint(2, 4)):
        if place:
            day = first + timedelta(days=chosen.randrange(max(1, (last - first).days + 20)))
            last = max(day, last + timedelta(days=chosen.choice((0, 0, 0, -30, 90, 300))))
            last = min(last, day + timedelta(days=370))
            decided += timedelta(days=chosen.choice((0, 1, chosen.randrange(120))))
            every = chosen.choice((every, every, every, *EVERY))
            if chosen.random() < 0.4:
                number, first = number + 1, chosen.choice((first, first, day))
                last = min(max(last, first), first + timedelta(days=370))
            else:
                replaces, budget, number, first = budget, budget + "+", 1, day
        once = {name: chosen.randrange(50_000) for name in chosen.sample(("dbs", "advert", "laptop"), 2)}
        pence = chosen.choice((0, 1, chosen.randrange(6_000_000), chosen.randrange(6_000_000)))
        way = chosen.choice(("direct_payment", "direct_payment", "direct_payment", "notional"))
        found.append(
            made(budget, first, last, pence, number=number, decided=decided.isoformat(), every=every, replaces=replaces,
                 once=once, contingency=chosen.choice((0, 100_000, 300_000)), way=way)
        )  # fmt: skip
    return found
