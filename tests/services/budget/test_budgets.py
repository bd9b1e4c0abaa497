"""A person's budgets as records, each worked out with what it takes over from the one before."""

import pytest

from phb_tui.services.budget import budgets, team_figures
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.services.budget.kept_budgets import keep


@pytest.fixture
def person_id(laptop: Session) -> str:
    """Somebody who has a budget."""
    return "person-1"


def test_a_kept_budget_is_worked_out_as_its_example(laptop: Session, person_id: str) -> None:
    """Records that were typed give the figures of example B."""
    budget = keep(laptop, person_id, examples.b())
    found = budgets.worked(laptop, budgets.read(laptop, budget))
    assert (found.totals.recurring, found.totals.first, found.problems) == (4258178, 4613246, ())
    assert budgets.all_of(laptop, person_id) == [budget]


def test_a_budget_takes_over_what_the_one_before_has_used(laptop: Session, person_id: str) -> None:
    """Example H: of the allowance 3,276.29 is used when A's budget is replaced on 30 November."""
    before = keep(laptop, person_id, examples.a())
    now = keep(laptop, person_id, examples.h(), allowance_used="", replaces_id=before.record_id)
    found = budgets.worked(laptop, budgets.read(laptop, now))
    assert (found.totals.recurring, found.totals.weekly) == (1477080, 82060)
    assert found.budget is not None
    assert list(found.budget.used.values()) == [327629]


def test_a_budget_that_begins_after_the_one_before_has_ended_takes_nothing_over(
    laptop: Session, person_id: str
) -> None:
    """It does not take its place: sick pay and what is paid by the year count in whole again."""
    before = keep(laptop, person_id, examples.a())
    later = {"start_date": "2027-04-05", "end_date": "2027-08-08", "replaces_id": before.record_id}
    now = keep(laptop, person_id, examples.h(), allowance_used="", **later)
    found = budgets.worked(laptop, budgets.read(laptop, now))
    assert found.budget is not None
    assert (found.budget.replaces, dict(found.budget.used)) == (False, {})


def test_budgets_that_replace_each_other_in_a_circle_are_worked_out(laptop: Session, person_id: str) -> None:
    """Two laptops can link two budgets to each other; each counts the other once."""
    one = keep(laptop, person_id, examples.a())
    two = keep(laptop, person_id, examples.h(), replaces_id=one.record_id)
    one = editing.save(laptop, one, {"replaces_id": two.record_id})
    for budget in (one, two):
        assert budgets.worked(laptop, budgets.read(laptop, budget)).totals.recurring > 0


def test_what_is_typed_counts_before_it_is_kept(laptop: Session, person_id: str) -> None:
    """The total moves with a line that is being typed, also with a new one."""
    budget = keep(laptop, person_id, examples.c())
    records = budgets.read(laptop, budget)
    dearer = budgets.worked(laptop, records.with_typed(records.costs[0], {"price": "479.00"}))
    assert dearer.totals.one_off == 100883 + 10000
    new = record_lists.new(laptop, "cost", person_id)
    more = budgets.worked(laptop, records.with_typed(new, {"price": "1.00", "kind": "activity"}))
    assert more.totals.one_off == 100883 + 100


@pytest.mark.parametrize("text", ["", "{", "[]", '{"contingency_weeks": {}, "rates": 3}', "[" * 100_000, '"x"'])
def test_a_policy_that_cannot_be_read_stops_nothing(laptop: Session, text: str) -> None:
    """What central sends can be from a newer version or damaged; the default policy counts then."""
    if text:
        editing.save(laptop, record_lists.single(laptop, "policy", None), {"version": "3", "text": text})
    assert team_figures.policy(laptop).policy.ssp_weeks == 2


@pytest.mark.parametrize("version", ["", "x", "9" * 5_000, "99", "\N{ARABIC-INDIC DIGIT NINE}"])
def test_a_table_of_rates_that_cannot_be_read_leaves_the_one_that_ships(laptop: Session, version: str) -> None:
    """A newer table counts only if it can be read."""
    editing.save(laptop, record_lists.single(laptop, "rates", None), {"version": version, "text": '{"version": 99}'})
    assert team_figures.rates(laptop).version < 99
