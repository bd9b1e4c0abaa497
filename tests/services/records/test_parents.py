"""What belongs to a record in which nothing is written yet, such as an action whose goal was left empty."""

from functools import partial

import pytest

from phb_tui.content import forms
from phb_tui.documents import text
from phb_tui.domain.records.changes import Record
from phb_tui.domain.records.merge import Outcome, merge_record
from phb_tui.services.documents import plan_document
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import draft_recovery, editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import change_log
from tests.screens.screen_harness import somebody

HELD = [(parent, kind) for parent in forms.kinds() for kind in forms.form(parent).holds]


def only_an_action(session: Session) -> Record:
    """A goal that was never written, after an action for it was; as the form that was opened shows it."""
    goal = record_lists.new(session, "goal", somebody(session).record_id)
    action = record_lists.new(session, "action", goal.person_id or "")
    editing.save(session, action, {"what": "Ask about a lift", **record_lists.parent_link(goal, "action")})
    return goal


@pytest.mark.parametrize(("parent", "kind"), HELD)
def test_a_record_is_listed_with_the_first_one_that_belongs_to_it(parent: str, kind: str, session: Session) -> None:
    """Whatever belongs to a record that was never written is found under it, and both say that they are empty."""
    above = record_lists.new(session, parent, somebody(session).record_id)
    held = record_lists.new(session, kind, above.person_id or "")
    editing.save(session, held, {"what": "x", **record_lists.parent_link(above, kind)})
    (listed,) = record_lists.of(session, parent, above.person_id or "")
    assert (listed.record_id, record_lists.line(session, listed)) == (above.record_id, record_lists.UNSAID)
    assert [one.record_id for one in record_lists.of(session, kind, above.person_id or "", listed)] == [held.record_id]


@pytest.mark.parametrize("full", [False, True])
def test_an_action_without_a_goals_words_stands_under_a_goal_on_paper(session: Session, *, full: bool) -> None:
    """The copies of the plan have the action, under a goal of which they say that it is not written yet."""
    goal = only_an_action(session)
    copy = text.write(plan_document.plan(session, goal.person_id or "", full=full))
    assert copy.index("My goal (not written yet)") < copy.index("Ask about a lift")
    editing.save(session, goal, {"words": "Sing again"})
    copy = text.write(plan_document.plan(session, goal.person_id or "", full=full))
    assert copy.index("Sing again") < copy.index("Ask about a lift")
    assert "My goal (not written yet)" not in copy


def test_a_goal_that_was_left_empty_is_still_missing(session: Session) -> None:
    """A plan whose only goal is empty lacks a goal, and the empty one is where it is written."""
    goal = only_an_action(session)
    (item,) = [one for one in plan_versions.missing_items(session, goal.person_id or "") if one.rule.id == "goal"]
    assert item.record is not None
    assert item.record.record_id == goal.record_id


def test_a_goal_that_is_written_later_is_no_conflict(session: Session) -> None:
    """The words of a goal that were typed on a screen which showed it empty stand alone when they reach central."""
    goal = only_an_action(session)
    editing.save(session, goal, {"words": "Sing again"})
    state, outcomes = None, []
    for number, change in enumerate(change_log.pending_of_record(session.store.db, goal.team_id, goal.record_id), 1):
        state, outcome = merge_record(state, change, number)
        outcomes.append(outcome)
    assert (outcomes, state and state.fields["words"].value) == ([Outcome.APPLIED] * 2, "Sing again")


def test_what_a_crash_left_of_an_action_has_its_goal(session: Session) -> None:
    """An action of which only a draft was left stands under its goal, in which nothing is written, afterwards."""
    goal = record_lists.new(session, "goal", somebody(session).record_id)
    action = record_lists.new(session, "action", goal.person_id or "")
    editing.save_draft(session, action, {**record_lists.parent_link(goal, "action"), "what": "Ask about a lift"})
    draft_recovery.recover(session)
    (kept,) = record_lists.of(session, "goal", goal.person_id or "")
    assert [one.text("what") for one in record_lists.of(session, "action", goal.person_id or "", kept)] == [
        "Ask about a lift"
    ]


def test_no_record_is_written_over(session: Session) -> None:
    """A record that is there gets nothing when another one begins to belong to it, also when it was emptied."""
    goal = editing.save(session, record_lists.new(session, "goal", somebody(session).record_id), {"words": "Sing"})
    written = partial(change_log.pending_of_record, session.store.db, goal.team_id, goal.record_id)
    for words in ("Sing", ""):
        editing.save(session, editing.read(session, "goal", goal.record_id, goal.person_id), {"words": words})
        before = written()
        action = record_lists.new(session, "action", goal.person_id or "")
        editing.save(session, action, {"what": "Ask about a lift", **record_lists.parent_link(goal, "action")})
        assert written() == before
