"""What the money is for, in groups and bars: nothing is missing, nothing is counted twice, no bar is too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.content import rates
from phb_tui.domain.budget import shares_of_money, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.budget.work import Worked
from tests.domain.budget import examples

EXAMPLES = {"A": examples.a(), "A, unsure": examples.a("unsure"), "B": examples.b(), "C": examples.c(),
            "D": examples.d("1425.00", "1850.00", "third_party", "420.00"), "E": examples.e(), "F": examples.f(),
            "H": examples.h()}  # fmt: skip
SUMS = st.dictionaries(st.sampled_from(shares_of_money.GROUPS), st.integers(-(10**9), 10**9))


def worked(records: Records) -> Worked:
    """A budget with the shipped rates and no policy."""
    return work.work(records, rates.shipped(), Policy())


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_groups_are_the_whole_of_the_first_year(name: str) -> None:
    """What it is for, how it is managed and who pays each make the same total, whoever keeps what is put by."""
    for held in ("person", "nhs"):
        records = EXAMPLES[name]
        found = worked(records._replace(budget={**records.budget, "contingency_held": held, "contingency_weeks": "3"}))
        for sums in (shares_of_money.for_what(found), shares_of_money.by_way(found), shares_of_money.by_payer(found)):
            assert sum(sums.values()) == found.totals.first > 0


def test_each_line_is_in_its_group() -> None:
    """Example B: hours with bank holidays and nights, what employing costs, training, and what is put by."""
    found = worked(examples.b())
    assert shares_of_money.for_what(found) == {
        "support": 766920 + 28980 + 1680840 + 23100 + 14490 + 245760 + 16080 + 562800 + 260000,
        "employing": 100765 + 204626 + 43718 + 89052 + 21897 + 44450 + 2 * 24650 + 12000 + 44200 + 27516,
        "training": 15840 + 15360 + 18000,
        "put_by": 327552,
    }
    assert list(shares_of_money.for_what(worked(examples.c()))) == ["activities", "things"]
    assert list(shares_of_money.for_what(worked(examples.f()))) == ["support", "managing", "put_by"]


def test_a_budget_of_two_ways_shows_both() -> None:
    """The money of each way, and what is put by apart from them."""
    records = examples.e()
    costs = [{**cost, "management": "notional"} if cost["id"] == "nights" else cost for cost in records.costs]
    found = worked(records._replace(costs=costs))
    assert shares_of_money.by_way(found) == {
        "direct_payment": 1764661 - 126000, "notional": 126000, "put_by": 66914
    }  # fmt: skip
    assert sum(shares_of_money.by_payer(found).values()) == found.totals.first


@given(sums=SUMS, width=st.integers(1, 200))
def test_bars_fit_and_keep_their_order(sums: dict[str, int], width: int) -> None:
    """None is longer than the width, the largest has all of it, any above nought is seen, a larger is no shorter."""
    found = shares_of_money.bars(sums, width)
    assert [(bar.name, bar.pence) for bar in found] == list(sums.items())
    assert all(0 <= bar.cells <= width and (bar.cells > 0) == (bar.pence > 0) for bar in found)
    assert all(a.cells <= b.cells for a in found for b in found if a.pence <= b.pence)
    if any(bar.pence > 0 for bar in found):
        assert max(bar.cells for bar in found) == width
    parts = [bar.of_hundred for bar in found]
    assert sum(part or 0 for part in parts) in ({100} if any(p is not None for p in parts) else {0})
    assert (None in parts) == (min(sums.values(), default=0) < 0 or (bool(sums) and max(sums.values()) <= 0))
