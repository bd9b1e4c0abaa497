"""What a decision has to say, and what is read of the version that it is about."""

import sys
from datetime import date

import pytest

from phb_tui.domain.decision import asked_version, contents
from phb_tui.domain.decision.authority import OUTCOMES
from phb_tui.domain.decision.limits import read_limits
from phb_tui.domain.records.changes import Value, canonical

WORDS: dict[str, Value] = {
    "reasons": "It meets the goal.", "conditions": "if checked", "alternatives": "a class", "until": "2026-12-01",
    "to": "panel",
}  # fmt: skip
DAY = date(2026, 11, 30)
"""The day of the decision."""
NEEDS = {
    "approved": set(), "conditions": {"conditions"}, "part": {"alternatives"}, "declined": {"alternatives"},
    "deferred": {"until"}, "escalated": {"to"},
}  # fmt: skip


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_each_outcome_says_what_it_has_to(outcome: str) -> None:
    """Reasons are needed for every outcome, and what an outcome asks besides for that one only (2.7)."""
    assert contents.missing(outcome, WORDS, DAY) == []
    for name in WORDS:
        needed = name in {"reasons", *NEEDS[outcome]}
        for nothing in (None, "", " \n", 7):
            said = [each.field for each in contents.missing(outcome, {**WORDS, name: nothing}, DAY)]
            assert said == ([name] if needed else []), (name, nothing)


def test_later_names_a_day_that_is_one() -> None:
    """Whoever decides later says on which day, and no words that only look like one."""
    for kept in ("soon", "2026-13-01", "2026-12", "20261201", "2026-W48-2", "9" * 5_000):
        assert [each.field for each in contents.missing("deferred", {**WORDS, "until": kept}, DAY)] == ["until"]


def test_later_is_after_the_day_of_the_decision() -> None:
    """A letter never promises a day that is over: the day of the decision, and any before it, is none to wait for."""
    said = {
        kept: [each.field for each in contents.missing("deferred", {**WORDS, "until": kept}, DAY)]
        for kept in ("2020-01-01", "2026-11-29", "2026-11-30", "2026-12-01")
    }
    assert said == {"2020-01-01": ["until"], "2026-11-29": ["until"], "2026-11-30": ["until"], "2026-12-01": []}
    assert contents.missing("approved", {**WORDS, "until": "2020-01-01"}, DAY) == []


def test_an_answer_is_promised_within_the_policys_days() -> None:
    """An urgent request has the smaller number of days; where the policy says none, any day may be promised."""
    limits = read_limits({"days": {"ongoing": 14, "one_off": 1, "urgent": 2}})
    asked = date(2026, 11, 25)
    assert contents.latest_answer(limits, "ongoing", asked, is_urgent=False) == date(2026, 12, 9)
    assert contents.latest_answer(limits, "ongoing", asked, is_urgent=True) == date(2026, 11, 27)
    assert contents.latest_answer(limits, "one_off", asked, is_urgent=True) == date(2026, 11, 26)
    assert contents.latest_answer(limits, "wheelchair", asked, is_urgent=False) == date(2026, 12, 9)
    assert contents.latest_answer(read_limits({"days": {"one_off": 1}}), "ongoing", asked, is_urgent=False) is None
    assert contents.latest_answer(limits, "ongoing", date.max, is_urgent=False) == date.max


def test_the_amount_is_the_one_that_is_named() -> None:
    """A value is compared with the version's amount of that measure, and with none where the measure is not known."""
    assert [contents.amount_of(measure, 5, 260) for measure in ("weekly", "first", "", None, 5)] == [
        5, 260, None, None, None
    ]  # fmt: skip


GOOD: dict[str, Value] = {
    "number": "2", "budget_id": "b", "for": "final", "total_weekly": 5, "total_first": 260, "built_by": '["nia"]',
    "inputs": canonical({"budget": {"id": "b"}, "workers": [], "shifts": [], "costs": [{"id": "c"}]}),
}  # fmt: skip


def test_a_version_that_cannot_be_read_is_none() -> None:
    """A version without a number, or with damaged or odd fields, says nothing to decide about."""
    read = asked_version.read_version(GOOD)
    assert read is not None
    assert (read.number, read.is_final, read.nature, read.has_contribution) == (2, True, "ongoing", False)
    for name in ("number", "budget_id", "total_weekly", "total_first", "built_by", "inputs"):
        for odd in (None, "[" * 9_000, 10**5_000, "x", -1 if name == "number" else None):
            if (name, odd) not in {("budget_id", "x"), ("budget_id", "[" * 9_000)} and not (
                isinstance(odd, int) and name.startswith("total")
            ):
                assert asked_version.read_version({**GOOD, name: odd}) is None, (name, str(odd)[:9])


def test_only_a_wheelchair_may_have_a_contribution() -> None:
    """What the person would pay themselves is seen in a budget of any other nature."""

    def inputs(nature: str) -> dict[str, Value]:
        budget = {"id": "b", "nature": nature}
        return {"inputs": canonical({"budget": budget, "workers": [], "shifts": [],
                                     "costs": [{"id": "c", "contribution": "5.00"}]})}  # fmt: skip

    found = {nature: asked_version.read_version({**GOOD, **inputs(nature)}) for nature in ("", "one_off", "wheelchair")}
    assert [version and version.has_contribution for version in found.values()] == [True, True, False]


def test_a_long_text_for_a_day_is_not_remembered() -> None:
    """Whoever sends megabytes where a day belongs does not fill central's memory."""
    for letters in (9, 11, 100_000):
        text = "9" * letters
        before = sys.getrefcount(text)
        assert contents.exact_day(text) is None
        assert sys.getrefcount(text) == before
    assert contents.exact_day("2027-03-27") == date(2027, 3, 27)
    assert contents.exact_day("2027-W12-6") is None
