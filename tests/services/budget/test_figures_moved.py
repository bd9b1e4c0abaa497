"""Figures that arrive later: each open budget is worked out again and says what moved, and from when."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from phb_tui import content
from phb_tui.domain.records.changes import Record
from phb_tui.services.budget import figures_moved, versions
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.budget.kept_budgets import keep
from tests.services.budget.test_versions import keep_version


def send_rates(laptop: Session, version: int, **figures: dict[str, str]) -> None:
    """A table of rates as the team server sends it: the one that ships, with more figures by day for some rates."""
    table: dict[str, Any] = tomllib.loads((Path(content.__file__).parent / "data" / "rates.toml").read_text("utf-8"))
    for rate in table["rate"]:
        rate["from"] |= figures.get(rate["id"], {})
    text = json.dumps({**table, "version": version}, default=str)
    editing.save(laptop, record_lists.single(laptop, "rates", None), {"version": version, "text": text})


def send_policy(laptop: Session, version: int, **policy: object) -> None:
    """A policy as the team server sends it."""
    record = record_lists.single(laptop, "policy", None)
    editing.save(laptop, record, {"version": version, "text": json.dumps(policy)})


@pytest.fixture
def budget(laptop: Session, person_id: str) -> Record:
    """Example B, kept as version 1; the person has a name."""
    editing.save(laptop, editing.read(laptop, "person", person_id, person_id), {"known_as": "Annie"})
    return keep(laptop, person_id, examples.b(), purpose="indicative")


def told(laptop: Session, person_id: str) -> list[str]:
    """The reminders that come from a budget."""
    return [each.words for each in reminders.due(laptop, person_id) if each.record.kind == "budget"]


def test_new_figures_say_from_when_a_budget_changes_and_by_how_much(
    laptop: Session, person_id: str, budget: Record
) -> None:
    """Higher bands of the pension from 6 April 2027 make it less from that day, until a new version is kept."""
    version = keep_version(laptop, budget)
    assert figures_moved.changes_since(laptop, version) is None
    send_rates(laptop, 2, pension_low={"2027-04-06": "6,500.00"})
    found = figures_moved.changes_since(laptop, version)
    # Maria's slice of 244 days: 3 % of (18,999.56 - 4,357.14) is 439.27 in place of 444.50; 5.23 over 244 days.
    assert found == figures_moved.Moved(date(2027, 4, 6), -523 - 4 * 10, -15)
    assert told(laptop, person_id) == [
        "The amount of the budget of Annie changes on 6 April 2027: - £0.15 a week.",
    ]
    keep_version(laptop, budget)
    assert told(laptop, person_id) == []


def test_a_wage_that_a_new_law_forbids_falls_due(laptop: Session, person_id: str, budget: Record) -> None:
    """The amounts stay, but somebody has to look: once Tom is 21 his wage is below what the law then asks."""
    keep_version(laptop, budget)
    send_rates(laptop, 2, nmw_21={"2027-04-01": "13.70"})
    (say,) = told(laptop, person_id)
    assert say.startswith("Look at the budget of Annie: £13.40 an hour is less than the law allows from")


def test_a_policy_that_arrives_later_counts_from_the_first_day(laptop: Session, person_id: str, budget: Record) -> None:
    """What is put by is the team's to say: the whole first year is another amount, and no week is."""
    editing.save(laptop, budget, {"contingency_weeks": "", "name": "At home"})
    keep_version(laptop, editing.read(laptop, "budget", budget.record_id, person_id))
    send_policy(laptop, 1, contingency_weeks=2)
    assert told(laptop, person_id) == [
        "The amount of the budget of Annie (At home) changes on 7 December 2026: + £1,637.76 in all.",
    ]


def test_only_open_budgets_and_newer_figures_are_told(laptop: Session, person_id: str, budget: Record) -> None:
    """A version that another laptop kept with newer figures, a damaged one, one that is replaced or ended: nothing."""
    version = keep_version(laptop, budget)
    send_rates(laptop, 2, pension_low={"2027-04-06": "6,500.00"})
    for fields in ({"rates": 3}, {"inputs": "{"}, {"lines": "{"}, {"rates": "9" * 5_000, "inputs": ""}):
        other = Record(version.team_id, version.kind, "other", person_id, {**version.fields, **fields})
        assert figures_moved.changes_since(laptop, other) is None
    phb = record_lists.single(laptop, "phb", person_id)
    phb = editing.save(laptop, phb, {"ended_on": "2026-11-20"})
    assert told(laptop, person_id) == []
    editing.save(laptop, phb, {"ended_on": ""})
    assert len(told(laptop, person_id)) == 1
    after = keep(laptop, person_id, examples.c(), purpose="indicative")
    after = editing.save(laptop, after, {"replaces_id": budget.record_id})
    assert len(told(laptop, person_id)) == 1
    keep_version(laptop, after)
    assert told(laptop, person_id) == []
    assert versions.all_of(laptop, budget) == [version]
