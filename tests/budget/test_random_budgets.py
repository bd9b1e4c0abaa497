"""The random budgets are repeatable and varied, and what the second calculation makes of them adds up."""

import json
from typing import Any

import pytest

from tests.budget.random_budgets import budget
from tests.budget.second_calculation import work_out

MANY = 400


@pytest.fixture(scope="module")
def results() -> list[dict[str, Any]]:
    """What comes of many random budgets that went through JSON."""
    return [work_out(json.loads(json.dumps(budget(seed)))) for seed in range(MANY)]


def test_a_seed_gives_one_budget() -> None:
    """The same seed gives the same budget, and another seed another one."""
    assert json.dumps(budget(7)) == json.dumps(budget(7)) != json.dumps(budget(8))


def test_totals_are_the_sums_of_lines(results: list[dict[str, Any]]) -> None:
    """Totals, ways and streams are the sums of the lines, and instalments those of what is paid."""
    for result in results:
        totals, lines = result["totals"], result["lines"]
        sums = {
            nature: sum(line["pence"] for line in lines if line["nature"] == nature)
            for nature in ("recurring", "start_up", "one_off")
        }
        assert sums == {
            "recurring": totals["recurring"],
            "start_up": totals["start"],
            "one_off": totals["one_off"],
        }
        assert sum(result["by_way"].values()) == sum(sums.values())
        if result["by_stream"]:
            assert sum(result["by_stream"].values()) == sum(sums.values())
            assert sum(result["contingency_by_stream"].values()) == totals["contingency"]
        paid = [line for line in lines if line["nature"] == "recurring" and line["way"] != "notional"]
        recurring = sum(line["pence"] for line in paid)
        assert sum(part["pence"] for part in result["instalments"]) == max(0, recurring)


def test_nothing_is_a_float(results: list[dict[str, Any]]) -> None:
    """No number that comes out has a decimal point."""

    def refuse(words: str) -> None:
        raise AssertionError(words)

    json.loads(json.dumps(results), parse_float=refuse)


def test_order_changes_nothing() -> None:
    """Workers, shifts and costs in another order give the same lines and totals."""
    for seed in range(60):
        given = budget(seed)
        turned = {**given, **{name: given[name][::-1] for name in ("workers", "shifts", "costs")}}
        one, other = work_out(given), work_out(turned)
        assert {line["id"]: line for line in one["lines"]} == {line["id"]: line for line in other["lines"]}
        assert (one["totals"], one["by_stream"], one["instalments"]) == (
            other["totals"],
            other["by_stream"],
            other["instalments"],
        )


def test_the_random_budgets_reach_every_sort_of_line_and_problem(results: list[dict[str, Any]]) -> None:
    """Lines of every way, stream, nature and on-cost come, and problems of every kind of field."""
    lines = [line for result in results for line in result["lines"] if line["pence"]]
    assert {line["way"] for line in lines} == {"direct_payment", "notional", "third_party", "managed_account"}
    assert {line["stream"] for line in lines} == {"joint", "health", "social", "education"}
    words = {word for line in lines for word in line["id"].split()}
    assert {"bank", "holiday", "ni", "pension", "ssp", "allowance", "2025/26", "2026/27", "2027/28", "2028/29"} <= words
    fields = {problem["field"] for result in results for problem in result["problems"]}
    wanted = "start_date end_date health contingency_weeks worker_id rate weekly weeks average price percent to_date"
    assert set(wanted.split()) <= fields
    whole = sum(not result["problems"] for result in results)
    assert MANY // 8 < whole < MANY
