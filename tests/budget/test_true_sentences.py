"""Every equation of the working is true when somebody works it out with a calculator."""

import json

import pytest

from phb_tui.services.budget import work_out
from tests import counts
from tests.budget.equations import equations, false_ones, is_true
from tests.budget.random_budgets import budget

SHARDS = 10


def sentences(seed: int) -> list[str]:
    """The sentences of every line of a random budget."""
    given = json.loads(json.dumps(budget(seed)), parse_float=str, parse_int=str)
    return [words for line in work_out.worked_out(given, "")["lines"] for words in line["working"]]


@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_printed_equation_is_false(shard: int) -> None:
    """Each "a x b = c" and each sum comes to what it says, to the penny, in random budgets."""
    read = 0
    for seed in range(shard, counts.BUDGETS, SHARDS):
        for words in sentences(seed):
            assert false_ones(words) == [], (seed, words)
            read += len(list(equations(words)))
    assert read > counts.BUDGETS // SHARDS


def test_equations_are_read_as_somebody_reads_them() -> None:
    """Hours and minutes, percentages, brackets and what is taken off; a false one is found."""
    read = "From 1 May to 2 June: 3 days x 7 h 30 and 1 day x 6 hours = 28 h 30"
    assert list(equations(read)) == [("3 days x 7 h 30 and 1 day x 6 hours", "28 h 30")]
    assert false_ones(read) == []
    assert is_true("83 days / 7 x 7 hours, less 1 h 30 on bank holidays", "81 h 30")
    assert is_true("12.07% of 8,348.40", "1,007.65")
    assert not is_true("3% of (1,089.32 - 2,160.00)", "0.00")
