"""Deciding: what has to be said, who may, and that all of a decision is written at once."""

import pytest

from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Record, Value
from phb_tui.errors import RuleBroken
from phb_tui.services.decision import deciders, deciding, requests, standing, subjects
from phb_tui.services.decision.standing import Standing
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests.screens.screen_harness import log_length
from tests.services.decision.samples import (
    LEAD,
    ME,
    OTHER,
    PANEL,
    POLICY,
    agreed_plan,
    confirm,
    decision_about,
    kept_version,
    refuse,
    request_for,
    set_policy,
)


def asked_by_others(laptop: Session, person_id: str, **values: Value) -> Record:
    """A request of 1,008.83 in all that a colleague built, for whoever uses this laptop to decide."""
    version = kept_version(laptop, person_id)
    version = editing.save(laptop, version, {"built_by": f'["{OTHER}"]'})
    own = [{"role": "nurse advisor", "nature": "one_off", "first": 150000}]
    set_policy(laptop, {**POLICY, "self": own, "appeal_days": 28})
    return request_for(laptop, version, to=ME, **values)


def written(laptop: Session, there: Standing, **values: str) -> Record:
    """What was written of the next decision."""
    begun = deciding.draft(laptop, there)
    return editing.save(laptop, begun, {**deciding.link(there), **values})


def decide(laptop: Session, request: Record, outcome: str, **values: str) -> Record:
    """Write and decide."""
    there = standing.of(laptop, request)
    return deciding.decide(laptop, request, written(laptop, there, **values), outcome)


def test_a_decision_is_one_change_with_all_of_it(laptop: Session, person_id: str) -> None:
    """Words, amount, who, when and how to ask again are written together under the id of its number."""
    request = asked_by_others(laptop, person_id)
    local = record_lists.single(laptop, "local", None)
    editing.save(laptop, local, {"appeal": "Write to us.", "advocacy": "Invented Voices"})
    before = change_log.last(laptop.store.db, laptop.team_id)
    made = decide(laptop, request, "approved", reasons="It helps her back to work.", learning="Quick.")
    assert made.record_id == record_ids.decision_id(request.record_id, 1)
    changes = change_log.pending_of_record(laptop.store.db, laptop.team_id, made.record_id)
    assert [dict(each.fields) for each in changes] == [
        {
            "request_id": request.record_id, "outcome": "approved", "reasons": "It helps her back to work.",
            "learning": "Quick.", "decided_by": ME, "decided_name": "Ada Okafor", "decided_role": "nurse advisor",
            "decided_on": "2026-11-23", "value": 100883, "measure": "first",
            "appeal": "Write to us.\nYou can ask until Monday 21 December 2026.", "advocacy": "Invented Voices",
        }
    ]  # fmt: skip
    assert change_log.last(laptop.store.db, laptop.team_id) == before + 3  # the words, the decision, the words gone
    assert record_lists.of(laptop, "decision", person_id) == [made]
    found = standing.of(laptop, request)
    assert (found.newest, found.is_confirmed, found.is_waiting) == (made, False, False)


def test_whoever_may_not_decide_writes_nothing_and_keeps_their_words(laptop: Session, person_id: str) -> None:
    """Above the own limit nothing is decided; to say no, or to pass it on, is another matter."""
    request = asked_by_others(laptop, person_id)
    limit = {"role": "nurse advisor", "nature": "one_off"}
    set_policy(laptop, {"limits": [{**limit, "first": 100000}], "self": [{**limit, "first": 150000}]})
    with pytest.raises(RuleBroken, match="in the first year is above what you may decide"):
        decide(laptop, request, "approved", reasons="Yes.")
    there = standing.of(laptop, request)
    assert there.decisions == ()
    assert deciding.draft(laptop, there).text("reasons") == "Yes."
    assert deciding.why_not_me(laptop, request, "deferred") == ""


@pytest.mark.parametrize(
    ("outcome", "needed", "value"),
    [
        ("conditions", "conditions", "When the course has begun."),
        ("part", "alternatives", "The council's pool."),
        ("declined", "alternatives", "The council's pool."),
        ("deferred", "until", "2026-12-01"),
        ("escalated", "to", "panel"),
    ],
)
def test_each_outcome_needs_its_words(laptop: Session, person_id: str, outcome: str, needed: str, value: str) -> None:
    """Reasons always, and beside them what this outcome cannot be without; of another outcome nothing is written."""
    request = asked_by_others(laptop, person_id)
    there = standing.of(laptop, request)
    names = [name for name, _say in deciding.problems(laptop, request, written(laptop, there), outcome)]
    assert names == ["reasons", needed]
    with pytest.raises(RuleBroken):
        decide(laptop, request, outcome)
    assert standing.of(laptop, request).decisions == ()
    every = {"conditions": "c", "alternatives": "a", "until": "2026-12-02", "to": LEAD, "reasons": "So.", needed: value}
    made = decide(laptop, request, outcome, **every)
    kept = {name: made.text(name) for name in deciding.ONLY_FOR if made.text(name)}
    assert kept == {needed: value}


def test_a_day_that_was_worked_out_is_written_once(laptop: Session, person_id: str) -> None:
    """A decision is sealed with its first change, so "in 2 weeks" stands in it as the day and never as typed."""
    request = asked_by_others(laptop, person_id)
    made = decide(laptop, request, "deferred", reasons="A report is missing.", until="in 2 weeks")
    assert made.text("until") == "2026-12-07"
    assert len(change_log.pending_of_record(laptop.store.db, laptop.team_id, made.record_id)) == 1


def test_later_is_a_later_day_and_somebody_else_is_somebody_who_may(laptop: Session, person_id: str) -> None:
    """The laptop asks what central asks: a day after today, and nobody who may not say yes, or oneself."""
    request = asked_by_others(laptop, person_id)
    set_policy(laptop, {**POLICY, "self": []})
    there = standing.of(laptop, request)

    def wrong(outcome: str, **values: str) -> list[str]:
        begun = written(laptop, there, reasons="So.", **values)
        return [name for name, _say in deciding.problems(laptop, request, begun, outcome)]

    assert [wrong("deferred", until=day) for day in ("yesterday", "today", "tomorrow")] == [["until"], ["until"], []]
    assert [wrong("escalated", to=to) for to in (ME, OTHER, PANEL, LEAD, "panel")] == [["to"]] * 3 + [[], []]
    assert [each.id for each in deciding.others(laptop, request)] == [LEAD, "panel"]


def test_what_was_put_off_is_decided_under_the_next_number(laptop: Session, person_id: str) -> None:
    """After a later or a passing on there is another decision; after a yes or a no there is none."""
    request = asked_by_others(laptop, person_id)
    decide(laptop, request, "deferred", reasons="Wait.", until="2026-12-01")
    made = decide(laptop, request, "declined", reasons="No.", alternatives="Walks.")
    assert made.record_id == record_ids.decision_id(request.record_id, 2)
    with pytest.raises(RuleBroken, match="decided already"):
        decide(laptop, request, "approved", reasons="Yes.")


def test_words_stay_while_somebody_else_puts_it_off(laptop: Session, person_id: str) -> None:
    """What was begun before a colleague put it off is in the next decision, and not in the one after that."""
    request = asked_by_others(laptop, person_id)
    words = {"reasons": "It fits.", "learning": "Ask earlier.", "until": "2026-12-15"}
    begun = written(laptop, standing.of(laptop, request), **words)
    confirm(laptop, decision_about(laptop, request, outcome="deferred", until="2026-12-01"))
    there = standing.of(laptop, request)
    assert there.number == 2
    assert deciding.draft(laptop, there).record_id == begun.record_id
    made = deciding.decide(laptop, request, deciding.draft(laptop, there), "deferred")
    assert (made.text("reasons"), made.text("learning")) == ("It fits.", "Ask earlier.")
    assert deciding.draft(laptop, standing.of(laptop, request)).fields == {}


def test_a_yes_with_figures_that_are_not_known_makes_a_task(laptop: Session, person_id: str) -> None:
    """The budget is worked out again when the expected change comes, which is a task with that day; once a version."""
    request = asked_by_others(laptop, person_id)
    version = subjects.version_of(laptop, request)
    assert version is not None
    editing.save(laptop, version, {"provisional": "yes"})
    decide(laptop, request, "declined", reasons="No.", alternatives="Walks.")
    assert record_lists.of(laptop, "task", person_id) == []
    decide(laptop, request_for(laptop, version), "approved", reasons="Yes.")
    (task,) = record_lists.of(laptop, "task", person_id)
    assert (task.text("what"), task.text("by_when")) == (
        "Work the budget out again when the figures are known",
        "2027-04-01",
    )


def test_a_version_that_cannot_be_read_is_not_decided(laptop: Session, person_id: str) -> None:
    """Without amounts nobody can be within their limit."""
    request = asked_by_others(laptop, person_id)
    version = subjects.version_of(laptop, request)
    assert version is not None
    editing.save(laptop, version, {"total_first": "9" * 5000})
    with pytest.raises(RuleBroken, match="cannot be read here"):
        decide(laptop, request, "approved", reasons="Yes.")


def test_a_newer_version_or_plan_is_decided_instead(laptop: Session, person_id: str) -> None:
    """An older version is not approved, and neither is one whose plan was agreed again (R24 g)."""
    request = asked_by_others(laptop, person_id, plan_id=agreed_plan(laptop, person_id).record_id)
    assert deciding.why_not_me(laptop, request, "approved") == ""
    agreed_plan(laptop, person_id)
    assert "The plan was agreed again since" in deciding.why_not_me(laptop, request, "approved")
    version = subjects.version_of(laptop, request)
    assert version is not None
    second = record_lists.new(laptop, "budget_version", person_id)
    editing.save(laptop, second, {**version.fields, "number": "2"})
    assert "There is a newer version of this budget" in deciding.why_not_me(laptop, request, "approved")


def test_words_that_central_did_not_take_can_be_used_again(laptop: Session, person_id: str) -> None:
    """A decision that was kept aside gives its words to the next draft, and its outcome to nobody."""
    request = asked_by_others(laptop, person_id)
    made = decision_about(laptop, request, reasons="It fits.", conditions="Ask first.")
    refuse(laptop, made, "The risk is high.")
    there = standing.of(laptop, request)
    begun = deciding.take_words(laptop, there, there.kept_aside[0])
    assert (begun.text("reasons"), begun.text("conditions"), begun.text("outcome")) == ("It fits.", "Ask first.", "")


def test_a_small_one_off_is_asked_and_decided_in_one_go(laptop: Session, person_id: str) -> None:
    """Who has a limit for what they built themselves may ask themselves and say yes; somebody else is chosen first."""
    own = {**POLICY, "self": [{"role": "nurse advisor", "nature": "one_off", "first": 150000}], "tiers": []}
    set_policy(laptop, own)
    kept_version(laptop, person_id)
    agreed_plan(laptop, person_id)
    subject = subjects.all_of(laptop, person_id)[0]
    draft = editing.save(laptop, requests.begun(laptop, person_id), {"wish": "A gym", "risk": "ordinary"})
    about = subjects.asked(laptop, subject, "ordinary")
    assert about is not None
    found = deciders.choices(laptop, about)
    assert (found[0].id, deciders.first_asked(about, found)) == (ME, OTHER)
    assert deciders.first_asked(about, found[:1]) == ME
    request = requests.ask(laptop, subject, draft, ME)
    assert decide(laptop, request, "approved", reasons="Small and quick.").text("outcome") == "approved"


def test_a_decision_that_is_too_long_to_be_sent_whole_is_not_made(laptop: Session, person_id: str) -> None:
    """It would arrive in parts, and the first part would seal it."""
    request = asked_by_others(laptop, person_id)
    words = dict.fromkeys(("reasons", "way_decided", "learning"), "\N{GRINNING FACE}" * 100_000)
    before = log_length(laptop)
    with pytest.raises(RuleBroken, match="fewer words"):
        decide(laptop, request, "approved", **words)
    assert log_length(laptop) == before + 1
