"""Entered in error: off every list, paper and count, with a reason; in the history, and put back with one line."""

from pathlib import Path

import pytest
from textual.widgets import Input

from phb_tui.content.sections import Part, Section
from phb_tui.domain.records.changes import Record, Value
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.forms.error_reason import ErrorReasonScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.entered_in_error import EnteredInErrorScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.services.person import caseload, entered_in_error, reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.services.visit import conversation, step_progress, visits
from phb_tui.store import change_log
from tests.screens.app_harness import opened, planned
from tests.screens.screen_harness import ScreenBelow, choose, lines, opened_screen, painted, shown, somebody
from tests.screens.team_harness import team_in
from tests.services.decision.samples import kept_version

pytestmark = pytest.mark.anyio
WHY = "It was written down for the wrong person"


def said(session: Session, person: Record) -> Record:
    visit = visits.start(session, person.record_id)
    answer = conversation.statement_answer(session, visit, session.content.statements[0]).answer
    values: dict[str, Value] = {"answer": "partly", "words": "Not mine", "would_help": "A lift"}
    conversation.save_answer(session, visit, answer, values)
    return visit


def test_a_person_entered_in_error_leaves_every_list_and_comes_back(session: Session) -> None:
    """They are not listed, counted or found, and nobody is like them; put back, everything is as it was."""
    person = somebody(session, nhs_number="9990000018", date_of_birth="1962-05-03")
    other = somebody(session, given_name="Nia", nhs_number="9990000018")
    marked = entered_in_error.mark(session, person, WHY)
    assert [line.name for line in caseload.lines(session, 0, 9)] == ["Nia Price"]
    assert [line.same_number for line in caseload.lines(session, 0, 9)] == [False]
    assert (caseload.count(session), caseload.find(session, "1962")) == (1, [])
    (found,) = entered_in_error.people_in_error(session)
    assert (found.why, found.who) == (WHY, "Ada Okafor (you)")
    entered_in_error.restore(session, marked)
    assert caseload.count(session) == 2
    assert caseload.find(session, "1962") == [person.record_id]
    assert entered_in_error.people_in_error(session) == []
    assert other.record_id in caseload.find(session, "nia")


def test_a_visit_entered_in_error_takes_what_was_said_with_it(session: Session) -> None:
    """Answers, voices, attendees and the task that came of it leave papers, counts and what is due, and come back."""
    person = somebody(session)
    visit = said(session, person)
    about = person.record_id
    before = record_lists.everything(session, about)
    assert {"answer", "attendee", "task", "visit"} <= set(before)
    marked = entered_in_error.mark(session, visit, WHY)
    assert set(record_lists.everything(session, about)) == {"person"}
    assert (reminders.to_do(session, about), visits.visits(session, about)) == ([], [])
    assert sum(step.said for step in step_progress.progress(session, about)) == 0
    assert caseload.lines(session, 0, 9)[0].step == 0
    entered_in_error.restore(session, marked)
    assert {kind: len(found) for kind, found in record_lists.everything(session, about).items()} == {
        kind: len(found) for kind, found in before.items()
    }


def test_what_belongs_to_a_mistake_leaves_with_it(session: Session) -> None:
    """The actions of a goal that was entered in error are on no list and in no plan; those of another one stay."""
    person = somebody(session)
    wrong = planned(session, person)
    planned(session, person)
    marked = entered_in_error.mark(session, wrong, WHY)
    assert len(record_lists.of(session, "action", person.record_id)) == 1
    assert len(record_lists.everything(session, person.record_id)["action"]) == 1
    entered_in_error.restore(session, marked)
    assert len(record_lists.of(session, "action", person.record_id)) == 2


def test_a_visit_of_the_same_day_begins_anew(session: Session) -> None:
    """After today's visit was entered in error, another one begins: nothing of the mistake comes into it."""
    person = somebody(session)
    wrong = entered_in_error.mark(session, said(session, person), WHY)
    right = visits.start(session, person.record_id)
    assert right.record_id != wrong.record_id
    assert conversation.at_visit(session, right) == []
    assert visits.start(session, person.record_id).record_id == right.record_id


def test_an_older_laptop_takes_it_off_its_lists_too(session: Session) -> None:
    """The reason travels in one change with `removed`, which every version reads."""
    goal = entered_in_error.mark(session, planned(session, somebody(session)), WHY)
    change = change_log.pending(session.store.db, session.team_id, 99)[-1]
    assert change.record_id == goal.record_id
    assert dict(change.fields) == {"removed": "yes", "error_reason": WHY}


def test_a_mistake_and_new_words_meet_as_a_conflict(tmp_path: Path) -> None:
    """Words that a colleague wrote meanwhile are not taken away: somebody decides whether it stays on the list."""
    with team_in(tmp_path) as team:
        one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
        goal = planned(one, somebody(one))
        team.exchange(one, two)
        theirs = editing.read(two, "goal", goal.record_id, goal.person_id)
        entered_in_error.mark(one, goal, WHY)
        editing.save(two, theirs, {"why": "I miss my friends"})
        team.exchange(one, two, one)
        shown_here = editing.read(one, "goal", goal.record_id, goal.person_id)
        assert "removed" in shown_here.open
        assert sync_service.status(one).conflicts == 1


async def test_a_goal_is_marked_and_put_back_by_keys(session: Session) -> None:
    """F9 or Ctrl+R on its form asks why; a reason in one's own words is taken; the form says it and puts it back."""
    person = somebody(session)
    goal = planned(session, person)
    async with opened_screen(session, FormScreen(goal)) as pilot:
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert lines(pilot, "#error-choose")[-1] == "Go back; nothing changes"
        await choose(pilot, "#error-choose", "For the reason written above")
        assert "Write the reason first" in painted(pilot)
        assert pilot.app.screen.query_one(Input).has_focus
        await pilot.press(*"mine", "enter")
        await pilot.pause()
        assert record_lists.of(session, "goal", person.record_id) == []
        assert lines(pilot, "#marks")[-1] == "Entered in error: mine. Undo"
        await choose(pilot, "#marks", "Entered in error")
        (back,) = record_lists.of(session, "goal", person.record_id)
        assert back.text("error_reason") == ""


async def test_a_person_is_marked_and_put_back_by_keys(session: Session) -> None:
    """From the person's page to the list, which does not have them; from the list's menu they are put back."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("ctrl+r")
        await pilot.pause()
        await choose(pilot, "#in-error", "+ This person's whole record")
        await choose(pilot, "#error-choose", "It was written down twice")
        assert shown(pilot, "#head").startswith("Your people")
        assert caseload.count(session) == 0
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert lines(pilot, "#in-error")[0].startswith("Rhys Price\n  It was written down twice")
        await pilot.press("enter")
        await pilot.pause()
        assert "Marked by Ada Okafor (you)" in painted(pilot)
        await choose(pilot, "#error-choose", "Restore")
        assert isinstance(app.screen, EnteredInErrorScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen_stack[-1], CaseloadScreen)
        assert caseload.lines(session, 0, 9)[0].person_id == person.record_id


async def test_a_visit_is_marked_from_where_it_is_read_back(session: Session) -> None:
    """On what was said at a visit the menu has the line; afterwards one is back where the visit was opened."""
    person = somebody(session)
    visit = said(session, person)
    async with opened_screen(session, ReadBackScreen(visit), under=ScreenBelow) as pilot:
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ErrorReasonScreen)
        await choose(pilot, "#error-choose", WHY)
        assert shown(pilot, "#head") == "Under"
    assert visits.visits(session, person.record_id) == []


@pytest.mark.parametrize("kind", ["goal", "budget", "contact"])
async def test_what_was_removed_is_put_back_from_its_list(session: Session, kind: str) -> None:
    """The list that it was on counts what was removed; there it stands with who and when, and comes back."""
    person = somebody(session)
    values = {"goal": "words", "budget": "name", "contact": "name"}
    record = editing.save(session, record_lists.new(session, kind, person.record_id), {values[kind]: "To Swansea"})
    listed = Section(id=f"list-{kind}", title="All", parts=(Part(kind=kind),))
    async with opened_screen(session, SectionScreen(person.record_id, listed)) as pilot:
        assert "removed:" not in "".join(lines(pilot, "#parts"))
        record_lists.remove(session, record)
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        await choose(pilot, "#parts", "1 removed: look, or restore it")
        assert "Removed by Ada Okafor (you), " in lines(pilot, "#in-error")[0]
        await choose(pilot, "#in-error", lines(pilot, "#in-error")[0].split("\n")[0])
        assert shown(pilot, "#head").endswith("Removed")
        await choose(pilot, "#error-choose", "Restore")
        assert record_lists.of(session, kind, person.record_id)[0].record_id == record.record_id
        await pilot.press("escape")
        await pilot.pause()
        assert "removed:" not in "".join(lines(pilot, "#parts"))


def test_what_the_program_takes_away_itself_is_not_among_what_was_removed(session: Session) -> None:
    """Drafts of versions that were used are on no list; a goal that somebody removed is."""
    person = somebody(session)
    kept_version(session, person.record_id)
    found = entered_in_error.removed(session, person.record_id)
    assert [mistake.record.kind for mistake in found] == []
    goal = planned(session, person)
    record_lists.remove(session, goal)
    assert [mistake.record.record_id for mistake in entered_in_error.removed(session, person.record_id)] == [
        goal.record_id
    ]
