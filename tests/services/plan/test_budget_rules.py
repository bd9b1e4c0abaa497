"""What a plan is expected to have once there is a budget."""

import json

import pytest

from phb_tui.content import completeness_rules, forms
from phb_tui.domain.budget.sufficiency import EMPLOYING
from phb_tui.services.plan import plan_versions
from phb_tui.services.plan.plan_versions import Severity
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import somebody

RULES = {"told", "enough", "put_by", "training_paid", "holder", "paid_family", "paid_family_by", "paid_family_on"}
PLAN_RULES = {"support", "hours_for", "cost_for", "risk_decided"}


@pytest.fixture
def person_id(laptop: Session) -> str:
    """Somebody of whom nothing but the name is kept."""
    return somebody(laptop).record_id


def kept(laptop: Session, person_id: str, kind: str, /, **values: str) -> None:
    """Keep a record of a kind."""
    editing.save(laptop, record_lists.new(laptop, kind, person_id), {**values})


def missing(laptop: Session, person_id: str) -> set[str]:
    """The rules about budgets that find something missing."""
    return {item.rule.id for item in plan_versions.missing_items(laptop, person_id)} & RULES


def test_a_plan_without_a_budget_lacks_nothing_of_one(laptop: Session, person_id: str) -> None:
    """Nothing is asked about a budget before there is one, and nothing about one that is only tried out."""
    assert missing(laptop, person_id) == set()
    kept(laptop, person_id, "budget", purpose="what_if")
    assert missing(laptop, person_id) == set()


def test_what_a_budget_is_expected_to_say(laptop: Session, person_id: str) -> None:
    """When it was told, whether it is enough, what is put by, training of those employed, who holds the money."""
    kept(laptop, person_id, "budget", purpose="what_if", told_on="2026-01-01", enough="yes")
    values = {"purpose": "indicative", "nature": "ongoing", "management": "direct_payment", "enough": "not_asked"}
    kept(laptop, person_id, "budget", **values)
    kept(laptop, person_id, "worker", name="Maria", employed_as="employed")
    assert missing(laptop, person_id) == {"told", "enough", "put_by", "training_paid", "holder"}
    more = {"told_on": "2026-11-20", "enough": "no", "contingency_weeks": "4"}
    kept(laptop, person_id, "budget", **{**values, **more})
    kept(laptop, person_id, "cost", kind="training_course")
    editing.save(laptop, record_lists.single(laptop, "money_choice", person_id), {"holder": "Rhys"})
    assert missing(laptop, person_id) == set()


def test_what_is_only_tried_out_gives_a_plan_nothing_it_lacks(laptop: Session, person_id: str) -> None:
    """Weeks put by, and training, that only a what if pays for are still missing, and nobody has to hold its money."""
    kept(laptop, person_id, "budget", purpose="indicative", nature="ongoing", told_on="2026-11-20", enough="yes")
    values = {"purpose": "what_if", "nature": "ongoing", "contingency_weeks": "4", "management": "direct_payment"}
    tried = editing.save(laptop, record_lists.new(laptop, "budget", person_id), values)
    kept(laptop, person_id, "worker", name="Maria", employed_as="employed")
    kept(laptop, person_id, "cost", kind="training_course", budget_id=tried.record_id)
    assert missing(laptop, person_id) == {"put_by", "training_paid"}


def test_paid_family_in_the_same_home_stops_the_plan_until_it_is_explained(laptop: Session, person_id: str) -> None:
    """Why, who agreed and when are needed of each who lives there, and of nobody else."""
    kept(laptop, person_id, "worker", name="Tom", connected="no")
    assert missing(laptop, person_id) == set()
    kept(laptop, person_id, "worker", name="Bea", connected="yes", exception="Nobody else can lift him")
    found = [item for item in plan_versions.missing_items(laptop, person_id) if item.rule.id in RULES]
    assert {item.rule.id: item.rule.standing for item in found} == {
        "paid_family_by": Severity.NEEDED,
        "paid_family_on": Severity.NEEDED,
    }


def lacks(laptop: Session, person_id: str) -> set[str]:
    """The rules about goals, lines and risks that find something missing."""
    return {item.rule.id for item in plan_versions.missing_items(laptop, person_id)} & PLAN_RULES


def test_weeks_put_by_as_the_policy_says_are_put_by(laptop: Session, person_id: str) -> None:
    """A budget that leaves the weeks empty takes the team's; without a policy they are missing."""
    kept(laptop, person_id, "budget", purpose="indicative", nature="ongoing", told_on="2026-11-20", enough="yes")
    assert missing(laptop, person_id) == {"put_by"}
    policy = {"version": "1", "text": json.dumps({"contingency_weeks": 4})}
    editing.save(laptop, record_lists.single(laptop, "policy", None), policy)
    assert missing(laptop, person_id) == set()


def test_a_goal_is_met_by_a_line_of_the_budget_too(laptop: Session, person_id: str) -> None:
    """A support, hours or a cost for a goal, or for its need, says what meets it; a what if does not."""
    need = editing.save(laptop, record_lists.new(laptop, "need", person_id), {"words": "Nights"}).record_id
    words = {"words": "Sleep", "need_id": need}
    goal = editing.save(laptop, record_lists.new(laptop, "goal", person_id), words).record_id
    tried = editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"purpose": "what_if"}).record_id
    meant = editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"purpose": "final"}).record_id
    kept(laptop, person_id, "shift", goal_id=goal, budget_id=tried)
    assert lacks(laptop, person_id) == {"support"}
    for kind, link in (("shift", {"goal_id": goal}), ("cost", {"need_id": need})):
        line = editing.save(laptop, record_lists.new(laptop, kind, person_id), {**link, "budget_id": meant})
        assert lacks(laptop, person_id) == set()
        record_lists.remove(laptop, line)
        assert lacks(laptop, person_id) == {"support"}


def test_a_line_for_no_need_and_an_undecided_risk_are_missing(laptop: Session, person_id: str) -> None:
    """Each is named with its record; what employing costs needs no goal, and a link to what is gone is none."""
    need = editing.save(laptop, record_lists.new(laptop, "need", person_id), {"words": "Nights"})
    meant = editing.save(laptop, record_lists.new(laptop, "budget", person_id), {"purpose": "final"})
    budget = {"budget_id": meant.record_id}
    kept(laptop, person_id, "cost", kind="payroll", **budget)
    shift = editing.save(laptop, record_lists.new(laptop, "shift", person_id), {"need_id": need.record_id, **budget})
    kept(laptop, person_id, "cost", what="Paints", **budget)
    risk = editing.save(laptop, record_lists.new(laptop, "risk", person_id), {"want": "Cycle", "decision": "escalate"})
    found = {item.rule.id: item.record for item in plan_versions.missing_items(laptop, person_id)}
    assert found.keys() & PLAN_RULES == {"support", "cost_for", "risk_decided"}
    assert found["risk_decided"] == risk
    record_lists.remove(laptop, need)
    kept(laptop, person_id, "need", words="Days")
    assert {item.rule.id: item.record for item in plan_versions.missing_items(laptop, person_id)}["hours_for"] == shift
    editing.save(laptop, risk, {"decision": "go"})
    assert "risk_decided" not in lacks(laptop, person_id)


def test_every_cost_that_meets_a_need_is_asked_which(laptop: Session) -> None:
    """The kinds of cost that the rule looks at are all but those that come with employing."""
    rule = next(each for each in completeness_rules.rules() if each.id == "cost_for")
    kinds = forms.field("cost", "kind")
    assert kinds is not None
    assert set(rule.only.partition("=")[2].split("|")) == {"", *(kinds.options or {})} - EMPLOYING
