"""How often tests that try many times do so: seldom in `make test`, often in `make long`.

Each count is an environment variable of that name; CONTRIBUTING.md has the table.
"""

import os
from collections.abc import Iterable
from typing import TypeVar

Case = TypeVar("Case")


def _count(name: str, few: int) -> int:
    return int(os.environ.get(name, few))


LIVES = _count("PHB_LIVES", 0)
"""Whole lives by keyboard; there are five. With any, a newcomer also visits in four ways."""
KILLS = _count("PHB_KILLS", 1)
"""Kills in the middle of a visit."""
HISTORIES = _count("PHB_HISTORIES", 16)
"""Random histories of the exchange, shared among central's databases."""
WALKS = _count("PHB_WALKS", 4)
"""Random walks over the screens."""
PEOPLE = _count("PHB_PEOPLE", 8)
"""People with likely records in which a field here and there holds what no form would write."""
WRITES = _count("PHB_WRITES", 10_000)
"""Changes that fifty laptops write at once."""
BUDGETS = _count("PHB_BUDGETS", 150)
"""Random budgets that are worked out twice, by two programs."""
CHANGES = _count("PHB_CHANGES", 300)
"""Random changes of an amount that is being paid."""
BODIES = _count("PHB_BODIES", 1_000)
"""Damaged requests to central."""
STEP = 1 if os.environ.get("UPDATE_SNAPSHOTS") else _count("PHB_STEP", 9)
"""Of how many cases that are alike one is tried: screens that share their widgets, databases, signals. Snapshots are
renewed of all."""


def some(cases: Iterable[Case]) -> list[Case]:
    """One of `STEP` cases, the first one among them; with a step of 1 all."""
    return list(cases)[::STEP]
