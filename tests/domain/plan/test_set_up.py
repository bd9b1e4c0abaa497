"""Which tasks of setting a budget up are needed, and what becomes of those that are not."""

from dataclasses import dataclass
from datetime import date

import pytest

from phb_tui.domain.plan import set_up
from phb_tui.domain.plan.set_up import Situation
from phb_tui.domain.records.changes import Record, SyncPosition, Value

TODAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Declared:
    """A task as the content declares it."""

    ways: tuple[str, ...] = ("direct_payment",)
    one_off: bool = False
    employs: bool = False
    weeks: int = 2
    days_before: int | None = None


def task(**fields: Value) -> Record:
    """A task that was made."""
    return Record("team", "task", "t1", "p", {"made_for": "direct_payment", **fields}, SyncPosition())


@pytest.mark.parametrize(
    ("declared", "now", "why"),
    [
        (Declared(), Situation("direct_payment"), ""),
        (Declared(), Situation("notional"), "another_way"),
        (Declared(), Situation("direct_payment", is_one_off=True), "one_off"),
        (Declared(one_off=True), Situation("direct_payment"), "ongoing"),
        (Declared(employs=True), Situation("direct_payment"), "nobody_employed"),
        (Declared(employs=True), Situation("direct_payment", employs=True), ""),
    ],
)
def test_a_task_is_needed_by_way_sort_of_budget_and_employment(declared: Declared, now: Situation, why: str) -> None:
    """Any of the three can make it one that is not needed, and each has a reason of its own."""
    assert set_up.why_not(declared, now) == why


@pytest.mark.parametrize(
    ("fields", "way", "changed"),
    [
        ({}, "notional", {"not_needed": "another_way"}),
        ({"done": "yes"}, "notional", {}),
        ({"removed": "yes"}, "notional", {}),
        ({}, "not_sure", {}),
        ({}, "", {}),
        ({"not_needed": "one_off"}, "direct_payment", {"not_needed": ""}),
        ({"not_needed": "other"}, "direct_payment", {}),
        ({"not_needed": "a reason of a newer version"}, "direct_payment", {}),
        ({"removed": "yes", "closed_for_way": "notional"}, "direct_payment", {"removed": "", "closed_for_way": ""}),
    ],
)
def test_an_open_task_closes_and_opens_with_what_it_is_for(
    fields: dict[str, Value], way: str, changed: dict[str, Value]
) -> None:
    """What is done stays done, what somebody removed or gave their own reason stays, and no way decides nothing."""
    assert set_up.change(task(**fields), Declared(), Situation(way), TODAY) == changed


def test_a_day_is_counted_back_from_the_first_day_and_never_before_today() -> None:
    """While the first day is not known, weeks from now count; at the ends of the calendar nothing breaks."""
    declared = Declared(days_before=35)
    known = Situation("direct_payment", first_day=date(2027, 3, 1))
    assert set_up.new(declared, known, TODAY, TODAY)["by_when"] == "2027-01-25"
    soon = Situation("direct_payment", first_day=date(2026, 12, 1))
    assert set_up.new(declared, soon, TODAY, TODAY)["by_when"] == "2026-11-23"
    assert set_up.new(declared, Situation("direct_payment"), TODAY, TODAY) == {
        "by_when": "2026-12-07", "counted": "2026-12-07",
    }  # fmt: skip
    for day in (date.min, date.max):
        assert set_up.new(declared, Situation("direct_payment", first_day=day), TODAY, TODAY)["by_when"]
