"""Whatever stands in the fields of a budget, working it out ends without an error: central does so with all it gets."""

import random

import pytest

from phb_tui.content import rates
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading.records import Records
from tests import counts
from tests.domain.budget.test_version_content import random_records

DAYS = ("1900-01-01", "1900-04-05", "2199-12-31", "2199-12-30", "0001-01-01", "9999-12-31", "2028-02-29", "2026",
        "2026-11", "20260406", "31 12 2199", "29 2 1900")  # fmt: skip
WORDS = (
    "", "0", "-5", "1e3", "9999999.99", "0.001", "999999999", "168:00", "24:00", "50", "x" * 50, "\ud800", "٣", "½",
    "\x00", "yes", "9" * 5_000, "term", "premium", "sleep_in", "live_in", "apprentice", "pension_age", "16_17",
    "claimed", "once", "month", "year", "management_fee", "training_time", "wheelchair", "9999/00 5.00", "0000/01 5",
    "2026/27 9999999.99\n2026/27 9999999.99", "1 1 1900 - 31 12 2199",
)  # fmt: skip
SHARDS = 5


def spoilt(seed: int) -> Records:
    """A random budget in which some fields hold what no form would write."""
    chosen, records = random.Random(seed), random_records(seed)
    kinds = {"budget": [dict(records.budget)], **{
        kind: [dict(texts) for texts in getattr(records, kind)] for kind in version_content.INPUTS if kind != "budget"
    }}  # fmt: skip
    for _ in range(chosen.randint(1, 6)):
        kind = chosen.choice([name for name, each in kinds.items() if each])
        name = chosen.choice(version_content.INPUTS[kind][1:])  # its id stays
        chosen.choice(kinds[kind])[name] = chosen.choice(DAYS if name.endswith(("date", "_on")) else DAYS + WORDS)
    [budget], workers, shifts, costs = kinds.values()
    if chosen.random() < 0.5:
        budget["start_date"] = chosen.choice(DAYS)
        budget["end_date"] = chosen.choice((budget["start_date"], "2199-12-31", "1900-12-31"))
    return Records(budget, workers, shifts, costs)


@pytest.mark.parametrize("shard", range(SHARDS))
def test_whatever_the_fields_hold_a_budget_is_worked_out(shard: int) -> None:
    """Days at the ends of the calendar, figures without end and words of other fields become problems, not errors."""
    for seed in range(shard, 2 * counts.BUDGETS, SHARDS):
        found = version_content.read_inputs(version_content.inputs(spoilt(seed)))
        assert found is not None
        kept = version_content.content(found, work.work(found, rates.shipped(), Policy()))
        assert version_content.differences(kept, kept) == (), seed
