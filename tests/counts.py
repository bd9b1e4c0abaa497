"""How often tests that try many times do so: seldom in `make test`, often in `make long`.

Each count is an environment variable of that name; CONTRIBUTING.md has the table.
"""

import os


def _count(name: str, few: int) -> int:
    return int(os.environ.get(name, few))


LIVES = _count("PHB_LIVES", 1)
"""Whole lives by keyboard; there are five. With more than one, the whole visit is tried with nothing in its way too."""
KILLS = _count("PHB_KILLS", 3)
"""Kills in the middle of a visit."""
HISTORIES = _count("PHB_HISTORIES", 40)
"""Random histories of the exchange, shared among central's databases."""
WALKS = _count("PHB_WALKS", 6)
"""Random walks over the screens; with more than six, what the family sees is looked through in a wide window too."""
PEOPLE = _count("PHB_PEOPLE", 12)
"""People with likely records in which a field here and there holds what no form would write."""
WRITES = _count("PHB_WRITES", 20_000)
"""Changes that fifty laptops write at once."""
BODIES = _count("PHB_BODIES", 1_000)
"""Damaged requests to central."""
