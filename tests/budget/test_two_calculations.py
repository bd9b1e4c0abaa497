"""The product and a second calculation, written from the rules alone without sharing code, agree to the penny."""

import json
from typing import Any

import pytest

from phb_tui.services.budget import work_out
from tests import counts
from tests.budget import second_calculation
from tests.budget.random_budgets import budget

SHARDS = 10
PARTS = ("totals", "by_way", "by_stream", "contingency_by_stream", "instalments", "payments", "provisional")
LINE = ("pence", "nature", "way", "stream", "provisional")
OURS = {("budget", "name")}
"""A budget over the highest amount is named by the product only."""


def worked_out(given: dict[str, Any]) -> dict[str, Any]:
    """What the product says; figures pass as the text of the JSON, as they do in a file."""
    return work_out.worked_out(json.loads(json.dumps(given), parse_float=str, parse_int=str), "")


def shown(found: dict[str, Any]) -> dict[str, Any]:
    """What both programs have to agree on."""
    problems = {(each["id"], each["field"]) for each in found["problems"]} - OURS
    lines = {line["id"]: tuple(line[name] for name in LINE) for line in found["lines"]}
    return {"lines": lines, "problems": problems, **{name: found[name] for name in PARTS}}


@pytest.mark.parametrize("shard", range(SHARDS))
def test_two_programs_agree_on_random_budgets(shard: int) -> None:
    """Every line, total, payment and problem of a random budget is the same in both."""
    for seed in range(shard, counts.BUDGETS, SHARDS):
        given = budget(seed)
        assert shown(worked_out(given)) == shown(second_calculation.work_out(given)), seed


def test_two_programs_agree_on_training_for_a_percentage() -> None:
    """Training time with a percentage instead of a price is a line, and no part of what the worker is paid."""
    for seed in range(20):
        given = budget(seed)
        for worker in given["workers"][:1]:
            training = {"id": "share", "kind": "training_time", "worker_id": worker["id"], "percent": "5"}
            given = {**given, "costs": [*given["costs"], training]}
        assert shown(worked_out(given)) == shown(second_calculation.work_out(given)), seed


@pytest.mark.parametrize("shard", range(SHARDS))
def test_totals_are_the_sums_of_what_is_shown(shard: int) -> None:
    """Lines, instalments, ways and streams add up exactly, and every value is a whole number of pence."""
    for seed in range(shard, counts.BUDGETS, SHARDS):
        found = worked_out(budget(seed))
        totals, lines = found["totals"], found["lines"]
        assert sum(line["pence"] for line in lines) == totals["recurring"] + totals["start"] + totals["one_off"], seed
        assert sum(found["by_way"].values()) == sum(line["pence"] for line in lines), seed
        if found["by_stream"]:
            assert sum(found["by_stream"].values()) == sum(line["pence"] for line in lines), seed
            assert sum(found["contingency_by_stream"].values()) == totals["contingency"], seed
        paid = [line["pence"] for line in lines if line["nature"] == "recurring" and line["way"] != "notional"]
        assert sum(each["pence"] for each in found["instalments"]) == max(0, sum(paid)), seed
        assert all(type(each) is int for each in totals.values()), seed


@pytest.mark.parametrize("shard", range(SHARDS))
def test_the_order_of_lines_changes_nothing(shard: int) -> None:
    """Shifts, costs and workers that stand in another order come to the same lines and totals."""
    for seed in range(shard, counts.BUDGETS, SHARDS):
        given = budget(seed)
        turned = {**given, **{name: given[name][::-1] for name in work_out.LISTS}}
        one, other = shown(worked_out(given)), shown(worked_out(turned))
        for each in (one, other):
            each["provisional"] = set(each["provisional"])
        assert one == other, seed
