"""To whom a request is put or passed on: only somebody who may say yes to it."""

from typing import Any

from phb_tui.domain.decision.authority import Asked, Decider
from phb_tui.domain.decision.limits import PANEL, read_limits
from phb_tui.domain.decision.to_whom import may_be_asked, passed_on, why_not_to

LIMITS = read_limits({
    "limits": [
        {"role": "team lead", "nature": "ongoing", "weekly": 150000},
        {"role": "PHB officer", "nature": "ongoing", "weekly": 50000},
    ],
    "self": [{"role": "PHB officer", "nature": "ongoing", "weekly": 10000}],
    "high_risk_to": PANEL, "panel": ["pat", "gone"],
})  # fmt: skip
ROLES = {"lea": "team lead", "ann": "team lead", "off": "PHB officer", "nia": "nurse advisor", "pat": PANEL}
LEA, PAT = Decider("lea", "team lead"), Decider("pat", PANEL)


def ongoing(weekly: int, **other: Any) -> Asked:
    return Asked("ongoing", weekly, weekly * 52, **other)


def test_only_who_may_say_yes_is_asked() -> None:
    """Limit, risk, and who built it or asked count as at the decision itself; somebody of no team is nobody."""
    asked = {
        "within": ongoing(50000), "above": ongoing(50001), "high": ongoing(1, risk="high"),
        "built": ongoing(10001, involved=frozenset({"off", "lea"})), "own": ongoing(100, involved=frozenset({"off"})),
    }  # fmt: skip
    found = {
        name: [to for to in (*ROLES, PANEL, "stranger", "") if may_be_asked(LIMITS, about, to, ROLES)]
        for name, about in asked.items()
    }
    assert found == {
        "within": ["lea", "ann", "off", PANEL], "above": ["lea", "ann", PANEL], "high": [PANEL],
        "built": ["ann", PANEL], "own": ["lea", "ann", "off", PANEL],
    }  # fmt: skip


def test_the_panel_is_asked_as_one_and_has_to_have_a_member() -> None:
    """A member is asked by no name of their own; a panel of whom nobody is in the team, or who built it, is none."""
    assert not may_be_asked(LIMITS, ongoing(1), "pat", ROLES)
    assert not may_be_asked(LIMITS, ongoing(1), PANEL, {"lea": "team lead", "gone": "team lead"})
    assert not may_be_asked(LIMITS, ongoing(1, involved=frozenset({"pat"})), PANEL, ROLES)


def test_nobody_passes_it_on_to_themselves() -> None:
    """What is passed on goes to somebody else: a member of the panel does not pass it on to the panel."""
    assert passed_on(LIMITS, ongoing(60000), LEA, ROLES) == ["ann", PANEL]
    assert passed_on(LIMITS, ongoing(60000), PAT, ROLES) == ["lea", "ann"]
    assert why_not_to(LIMITS, ongoing(60000), "lea", LEA, ROLES) == "Choose someone else who may say yes to this."
    assert why_not_to(LIMITS, ongoing(60000), "ann", LEA, ROLES) == ""


def test_what_is_overtaken_is_passed_on_to_nobody() -> None:
    """Nobody can say yes to it any more, and the sentence says what to do instead."""
    for other, said in (({"is_newest": False}, "newer version"), ({"plan_is_newest": False}, "agreed again")):
        asked = ongoing(1, **other)
        assert passed_on(LIMITS, asked, LEA, ROLES) == []
        assert said in why_not_to(LIMITS, asked, "ann", LEA, ROLES)
