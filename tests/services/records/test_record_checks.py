"""What is wrong with a record beside its own fields: capacity, consent, what may never be paid for, levels."""

import pytest

from phb_tui.content import completeness_rules, forms
from phb_tui.domain.people import capacity
from phb_tui.domain.plan import completeness
from phb_tui.domain.records.changes import Record, Value
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session

WHOLE: dict[str, Value] = {
    "decision": "to have a direct payment", "conclusion": "lacks", "weigh": "no", "impairment": "yes", "causal": "yes",
}  # fmt: skip


def kept(laptop: Session, person_id: str, kind: str, **values: Value) -> Record:
    return editing.save(laptop, record_lists.new(laptop, kind, person_id), values)


def said(laptop: Session, record: Record) -> str:
    """What is wrong with a record, in words."""
    return " ".join(problem.sentence for problem in record_checks.problems(laptop, record))


@pytest.mark.parametrize("missing", ["weigh", "impairment", "causal"])
def test_lacks_without_what_it_rests_on_is_incomplete(laptop: Session, person_id: str, missing: str) -> None:
    """The conclusion needs what the person cannot do, an impairment, and that the one is because of the other."""
    record = kept(laptop, person_id, "capacity", **{**WHOLE, missing: ""})
    assert "This conclusion is complete only when" in said(laptop, record)
    assert said(laptop, kept(laptop, person_id, "capacity", **WHOLE)) == ""
    assert said(laptop, kept(laptop, person_id, "capacity", decision="x", conclusion="has")) == ""


@pytest.mark.parametrize(
    ("about", "consent", "warned"),
    [
        ("", "phb", True), ("consent", "phb", True), ("direct_payment", "phb", False), ("plan", "phb", False),
        ("direct_payment", "direct_payment", True), ("direct_payment", "managed_account", True),
        ("other", "direct_payment", False), ("", "pictures", True),
    ],
)  # fmt: skip
def test_lacks_warns_at_the_consent_it_is_about(
    laptop: Session, person_id: str, about: str, consent: str, *, warned: bool
) -> None:
    """A consent of somebody who lacks capacity for it asks for best interests; an older record counts for all."""
    found = kept(laptop, person_id, "capacity", **WHOLE, about=about)
    record = kept(laptop, person_id, "consent", about=consent, decision="given")
    problems = record_checks.problems(laptop, record)
    assert [(p.field, p.record_id) for p in problems] == ([("decision", found.record_id)] if warned else [])


def test_a_decision_in_their_best_interests_has_to_be_written(laptop: Session, person_id: str) -> None:
    """A consent decided in best interests asks for that decision until it is there."""
    about = kept(laptop, person_id, "capacity", **WHOLE)
    record = kept(laptop, person_id, "consent", about="phb", decision="best_interests")
    assert "Write the decision in their best interests" in said(laptop, record)
    under = record_lists.parent_link(about, "best_interests")
    editing.save(laptop, record_lists.new(laptop, "best_interests", person_id), {**under, "outcome": "Yes"})
    assert said(laptop, record) == ""


def test_best_interests_are_asked_for_at_the_assessment_of_this_decision(laptop: Session, person_id: str) -> None:
    """An assessment about this very decision counts before one that does not say, and a decision without words not."""
    kept(laptop, person_id, "capacity", **{**WHOLE, "decision": "where to live"})
    about = kept(laptop, person_id, "capacity", **WHOLE, about="direct_payment")
    record = kept(laptop, person_id, "consent", about="direct_payment", decision="best_interests")
    parent = record_lists.parent_link(about, "best_interests")
    written = editing.save(laptop, record_lists.new(laptop, "best_interests", person_id), {**parent, "wishes": "Bea"})
    assert [problem.record_id for problem in record_checks.problems(laptop, record)] == [about.record_id]
    editing.save(laptop, written, {"outcome": "Yes"})
    assert said(laptop, record) == ""


@pytest.mark.parametrize(
    ("again", "ends"),
    [
        ({"date": "2026-06-01"}, True), ({"date": "2026-06-01", "decision": "To have a direct payment."}, True),
        ({"date": "2024-01-01"}, False), ({"date": ""}, False), ({"date": "2028-06-01"}, False),
        ({"date": "2026-06-01", "decision": "to manage it"}, False), ({"date": "2026-06-01", "about": "plan"}, False),
        ({"date": "2026-06-01", "conclusion": "deferred"}, False),
    ],
)  # fmt: skip
def test_capacity_that_came_back_ends_the_warning(
    laptop: Session, person_id: str, again: dict[str, Value], *, ends: bool
) -> None:
    """A later assessment of the same decision by which the person has capacity counts instead of the earlier one."""
    kept(laptop, person_id, "capacity", **WHOLE, about="direct_payment", date="2025-12-01")
    found: dict[str, Value] = {"about": "direct_payment", "decision": WHOLE["decision"], "conclusion": "has", **again}
    kept(laptop, person_id, "capacity", **found)
    record = kept(laptop, person_id, "consent", about="direct_payment", decision="given")
    assert (said(laptop, record) == "") is ends


@pytest.mark.parametrize(
    ("when", "old"), [("2025-11-01", True), ("2026-06-01", False), ("", False), ("long ago", False)]
)
def test_an_old_conclusion_shows_its_age(laptop: Session, person_id: str, when: str, *, old: bool) -> None:
    """A conclusion of more than a year ago asks whether it is still so."""
    kept(laptop, person_id, "capacity", **WHOLE, date=when)
    ((_record, sentence),) = record_checks.capacity_warnings(laptop, person_id, capacity.PLAN)
    assert ("Ask whether it is still so" in sentence) is old
    assert not old or "12 months ago" in sentence


@pytest.mark.parametrize("when", ["9999-12-31", "9999", "0001-01-01"])
def test_a_conclusion_at_the_ends_of_the_calendar_can_be_read(laptop: Session, person_id: str, when: str) -> None:
    """A date from which nothing can be counted on is shown as it is, and nothing raises."""
    kept(laptop, person_id, "capacity", **WHOLE, date=when)
    ((_record, sentence),) = record_checks.capacity_warnings(laptop, person_id, capacity.PLAN)
    assert "()" not in sentence


@pytest.mark.parametrize("reason", ["alcohol", "tobacco", "gambling", "debt", "illegal"])
def test_what_may_never_be_paid_for_cannot_be_kept(laptop: Session, person_id: str, reason: str) -> None:
    """It is not among what can be chosen; a record of before stays to be seen and has a sentence."""
    field = forms.field("excluded_spend", "outcome")
    assert field
    record = kept(laptop, person_id, "excluded_spend", asked="x", reason=reason)
    assert "kept" not in record_lists.options(laptop, field, record)
    old = editing.save(laptop, record, {"outcome": "kept"})
    assert "kept" in record_lists.options(laptop, field, old)
    assert "A budget may not pay for this." in said(laptop, old)
    other = kept(laptop, person_id, "excluded_spend", asked="x", reason="gp_core", outcome="kept")
    assert "kept" in record_lists.options(laptop, field, other)
    assert said(laptop, other) == ""


@pytest.mark.parametrize(
    ("domain", "level", "there"),
    [("continence", "P", False), ("communication", "S", False), ("cognition", "P", False), ("breathing", "P", True)],
)
def test_a_domain_has_its_own_levels(laptop: Session, person_id: str, domain: str, level: str, *, there: bool) -> None:
    """A level that a domain has not is not offered; one kept before is shown by its name and has a sentence."""
    field = forms.field("dst", domain)
    assert field
    assert (level in (field.options or {})) is there
    record = kept(laptop, person_id, "dst", **{domain: level})
    assert (said(laptop, record) == "") is there
    assert record_lists.display(laptop, record, domain) in {"Priority", "Severe"}


def missing(laptop: Session, person_id: str) -> set[str]:
    """The rules that a plan breaks."""
    return {
        item.rule.id
        for item in completeness.missing_items(completeness_rules.rules(), record_lists.everything(laptop, person_id))
    }


def test_a_refusal_about_pictures_is_no_consent_to_a_budget(laptop: Session, person_id: str) -> None:
    """Only a yes to the budget, or a decision in best interests, is consent to it."""
    kept(laptop, person_id, "consent", about="pictures", decision="refused")
    kept(laptop, person_id, "consent", about="phb", decision="refused")
    assert "consent_phb" in missing(laptop, person_id)
    kept(laptop, person_id, "consent", about="phb", decision="given")
    assert "consent_phb" not in missing(laptop, person_id)


@pytest.mark.parametrize(
    ("way", "asked"), [("direct_payment", True), ("managed_account", True), ("mixed", True), ("notional", False)]
)
def test_a_managed_account_and_a_mixture_count_as_direct_payments(
    laptop: Session, person_id: str, way: str, *, asked: bool
) -> None:
    """What is asked for a direct payment is asked for each way that has one."""
    editing.save(laptop, record_lists.single(laptop, "setup", person_id), {"management": way})
    rules_of_it = {"notice", "how_paid", "consent_direct_payment"}
    assert missing(laptop, person_id) & rules_of_it == (rules_of_it if asked else set())


def test_an_action_without_words_or_a_date_and_a_risk_without_safer_are_missing(
    laptop: Session, person_id: str
) -> None:
    """Each is named with its record, so that Enter leads there."""
    goal = kept(laptop, person_id, "goal", words="Choir")
    action = record_lists.new(laptop, "action", person_id)
    action = editing.save(
        laptop, action, {**record_lists.parent_link(goal, "action"), "who": "Bea", "by_when": "when it is warm"}
    )
    risk = kept(laptop, person_id, "risk", want="Swim", safer=" ")
    found = completeness.missing_items(completeness_rules.rules(), record_lists.everything(laptop, person_id))
    named = {(item.rule.id, item.record.record_id) for item in found if item.record}
    wanted = {("action_words", action.record_id), ("action_date", action.record_id), ("safer", risk.record_id)}
    assert wanted <= named
    editing.save(laptop, action, {"what": "Ring", "by_when": "next friday"})
    editing.save(laptop, risk, {"safer": "A friend"})
    assert not missing(laptop, person_id) & {"action_words", "action_date", "safer"}
