"""Who may decide a request (rule R24)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.decision import authority
from phb_tui.domain.decision.authority import APPROVING, OUTCOMES, PASSING_ON, Asked, Decider, may_decide
from phb_tui.domain.decision.limits import read_limits

POLICY: dict[str, Any] = {
    "limits": [
        {"role": "team lead", "nature": "ongoing", "weekly": 150000, "first": None},
        {"role": "team lead", "nature": "one_off", "first": 100000},
        {"role": "nurse advisor", "nature": "one_off", "first": 25000},
        {"role": "PHB officer", "nature": "one_off"},
    ],
    "self": [{"role": "nurse advisor", "nature": "one_off", "first": 10000}],
    "people": {"ann": {"ongoing": {"weekly": 90000}}},
    "high_risk_to": "panel",
    "panel": ["pat"],
}
LEAD, NURSE = Decider("lea", "team lead"), Decider("nia", "nurse advisor")
PAT = Decider("pat", "panel")


def says(asked: Asked, who: Decider, outcome: str = "approved", policy: dict[str, Any] | None = None) -> str:
    return may_decide(read_limits(POLICY if policy is None else policy), asked, who, outcome)


def ongoing(weekly: int = 100, **other: Any) -> Asked:
    return Asked("ongoing", weekly, weekly * 52, **other)


def one_off(first: int, **other: Any) -> Asked:
    return Asked("one_off", 0, first, **other)


def test_a_limit_is_reached_to_the_penny() -> None:
    """The limit itself may be decided and a penny more may not (R24 b, h)."""
    assert says(ongoing(150000), LEAD) == ""
    assert "1,500.01 a week is above what you may decide: \N{POUND SIGN}1,500.00" in says(ongoing(150001), LEAD)
    assert says(one_off(100000), LEAD) == ""
    assert "1,000.01 in the first year is above" in says(one_off(100001), LEAD)


def test_the_smaller_of_role_and_person_counts() -> None:
    """A named person's own limit lowers the role's and never raises it (R24 b)."""
    ann = Decider("ann", "team lead")
    assert says(ongoing(90000), ann) == ""
    assert "limit" not in says(ongoing(90001), LEAD)
    assert "900.00" in says(ongoing(90001), ann)
    raised = {**POLICY, "people": {"lea": {"ongoing": {"weekly": 999999}}}}
    assert "1,500.00" in says(ongoing(150001), LEAD, policy=raised)


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_without_a_policy_nobody_decides(outcome: str) -> None:
    """No policy: nobody, the panel neither (R24 e)."""
    for who in (LEAD, NURSE, PAT):
        assert "no policy" in says(ongoing(), who, outcome, {})


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_a_limit_without_an_amount_is_none(outcome: str) -> None:
    """A role without an entry, or whose entry sets no amount, decides nothing of that nature (R24 a, b)."""
    for who, asked in (
        (NURSE, ongoing()),
        (Decider("olu", "PHB officer"), one_off(1)),
        (LEAD, Asked("wheelchair", 0, 1)),
    ):
        assert "does not say that you may" in says(asked, who, outcome)


@pytest.mark.parametrize("outcome", sorted(OUTCOMES - APPROVING))
def test_saying_no_or_passing_on_needs_no_reaching_limit(outcome: str) -> None:
    """Whoever has a limit may say No, later, or pass on a request above it (R24 a)."""
    assert says(ongoing(999999), LEAD, outcome) == ""


@pytest.mark.parametrize("risk", ["high", "not a word of ours", "HIGH"])
def test_high_risk_is_for_the_panel(risk: str) -> None:
    """High risk, and every risk that is not known here, is approved or refused by the panel only (R24 c)."""
    for outcome in OUTCOMES:
        assert bool(says(ongoing(risk=risk), LEAD, outcome)) == (outcome not in PASSING_ON)
        assert says(ongoing(risk=risk), PAT, outcome) == ""
    assert says(ongoing(risk="ordinary"), LEAD) == ""
    assert says(ongoing(risk=risk), LEAD, policy={**POLICY, "high_risk_to": "team lead"}) == ""
    assert "the panel decides" in says(ongoing(risk=risk), LEAD, policy={**POLICY, "high_risk_to": ["?"]})


def test_a_member_of_the_panel_is_named_by_the_policy_and_has_the_role() -> None:
    """The role alone or the name alone makes no member; members have no limit (R24 c)."""
    assert says(ongoing(999999), PAT) == ""
    assert "does not name you" in says(ongoing(1), Decider("kim", "panel"))
    assert "does not say that you may" in says(ongoing(1), Decider("pat", "nurse advisor"))


def test_nobody_decides_what_they_built_above_their_own_limit() -> None:
    """What somebody built or asked for they decide within `self` only, and a panel member never (R24 d)."""
    assert says(one_off(10000, involved=frozenset({"nia"})), NURSE) == ""
    for outcome in (*APPROVING, "declined"):
        assert "You built this" in says(one_off(10001, involved=frozenset({"nia"})), NURSE, outcome)
        assert "You built this" in says(ongoing(1, involved=frozenset({"lea"})), LEAD, outcome)
        assert "You built this" in says(ongoing(1, involved=frozenset({"pat"})), PAT, outcome)
    assert says(one_off(999999, involved=frozenset({"nia"})), NURSE, "escalated") == ""


def test_only_the_newest_is_approved() -> None:
    """An older version, or one with an older plan, may be refused but not approved (R24 g)."""
    for old in (ongoing(is_newest=False), ongoing(plan_is_newest=False)):
        for who in (LEAD, PAT):
            assert says(old, who)
            assert says(old, who, "declined") == ""


def test_an_outcome_that_is_not_known_decides_nothing() -> None:
    """Another word for Yes is none."""
    for outcome in ("", "accepted", "APPROVED"):
        assert says(ongoing(), PAT, outcome) == "Choose what is decided."


@pytest.mark.parametrize("amount", [True, -1, 1.5, "1.5", "-1", "1e9", "\uff19", [], {}, 10**12, "9" * 5000])
def test_an_unreadable_limit_allows_nothing(amount: object) -> None:
    """An amount that is none closes its whole entry, of a role and of a person."""
    broken = {"limits": [{"role": "team lead", "nature": "ongoing", "weekly": amount, "first": 999999999}]}
    assert says(ongoing(1), LEAD, policy=broken)
    assert says(ongoing(1), LEAD, policy={**POLICY, "people": {"lea": {"ongoing": {"weekly": amount}}}})
    assert says(ongoing(1), LEAD, policy={**POLICY, "people": {"lea": {"ongoing": amount}}})


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.sampled_from(sorted(POLICY)), inner)
    ),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from([*POLICY, "tiers", "days"]), json))
def test_no_policy_breaks_the_reader(policy: dict[str, Any]) -> None:
    """Whatever stands in a policy is read, and says a sentence or nothing."""
    for who in (LEAD, NURSE, PAT):
        assert isinstance(says(ongoing(1), who, policy=policy), str)


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_nobody_but_the_panel_approves_above_the_limit(limit: int, weekly: int, first: int) -> None:
    """Whatever the amounts, who approves is within every limit that is set (R24 b)."""
    policy = {**POLICY, "limits": [{"role": "team lead", "nature": "ongoing", "weekly": limit, "first": None}]}
    found = read_limits(policy)
    assert authority.reaches(found, Asked("ongoing", weekly, first), LEAD) == (weekly <= limit <= 999_999_999)
