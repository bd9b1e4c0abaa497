"""After a crash: what was being written is kept, and one key away from the list of people."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation.recovered import RecoveredScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.services.records import draft_recovery, editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.start import last_place
from phb_tui.services.start.last_place import Place
from phb_tui.services.visit import conversation, visits
from tests.screens.app_harness import opened, rhys
from tests.screens.screen_harness import lines, painted, somebody, words, words_painted

pytestmark = pytest.mark.anyio


def crashed(session: Session, *drafts: tuple[Record, Mapping[str, str]]) -> Session:
    """The laptop as it is unlocked after the app stopped while this was being typed."""
    for record, values in drafts:
        editing.save_draft(session, record, dict(values))
    return replace(session, recovered=draft_recovery.recover(session))


async def test_what_was_being_written_is_one_key_away(session: Session) -> None:
    """The list of people comes first, with whose record it was and no word of it; Enter opens the field with all."""
    person, other = rhys(session), somebody(session, given_name="Ewa", family_name="Sample")
    last_place.remember(session, Place("person", other.record_id))
    goal = record_lists.new(session, "goal", person.record_id)
    async with opened(crashed(session, (goal, {"words": "Go to choir"}))) as (app, pilot):
        assert [type(screen) for screen in app.screen_stack[-2:]] == [CaseloadScreen, RecoveredScreen]
        assert not app.family
        assert lines(pilot, "#kept")[0] == "Rhys Price: My goal  NHS ...0018"
        assert not any(said in painted(pilot) for said in ("choir", "Ewa"))
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, FormScreen)
        assert (app.screen.record.record_id, words(pilot, "words").text) == (goal.record_id, "Go to choir")
        below = app.screen_stack[-2]
        assert isinstance(below, PersonOverviewScreen)
        assert below.person_id == person.record_id
        assert isinstance(app.screen_stack[-3], CaseloadScreen)


async def test_the_list_of_people_is_one_key_away_too(session: Session) -> None:
    """The last line shows the list of people, as Esc does."""
    draft = (record_lists.new(session, "goal", rhys(session).record_id), {"words": "Go to choir"})
    async with opened(crashed(session, draft)) as (app, pilot):
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.screen, CaseloadScreen)


async def test_an_answer_opens_at_its_statement(session: Session) -> None:
    """What was being said about a statement is opened where it is said."""
    person = rhys(session)
    visit = visits.start(session, person.record_id)
    statement = session.content.statements[2]
    answer = conversation.statement_answer(session, visit, statement).answer
    context = {"visit_id": visit.record_id, "statement": statement.id}
    async with opened(crashed(session, (answer, {**context, "words": "A number to ring"}))) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)
        assert "A number to ring" in painted(pilot)


async def test_the_last_of_several_comes_first_and_what_is_for_staff_has_no_name(session: Session) -> None:
    """Each record is a line, that of the last words first; of one for staff it says no more."""
    person = rhys(session)
    goal, flag = (record_lists.new(session, kind, person.record_id) for kind in ("goal", "flag"))
    later = crashed(session, (goal, {"words": "Go to choir"}), (flag, {"what": "Shouts"}))
    found = [one.record.kind for one in draft_recovery.records(later)]
    assert sorted(found) == ["flag", "goal"]
    assert found == [change.kind for change in later.recovered][::-1]
    async with opened(later) as (_app, pilot):
        assert "Rhys Price: for staff  NHS ...0018" in lines(pilot, "#kept")
        assert "Staff alert" not in painted(pilot)


async def test_somebody_who_is_not_here_any_more_is_said_and_not_opened(session: Session) -> None:
    """What was written about somebody whom another team has now is kept; choosing it says that they are not here."""
    draft = (record_lists.new(session, "goal", "somebody-else"), {"words": "Go to choir"})
    async with opened(crashed(session, draft)) as (app, pilot):
        assert lines(pilot, "#kept")[0] == "My goal"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RecoveredScreen)
        assert "This person is not on this laptop" in words_painted(pilot)


def test_what_was_removed_meanwhile_is_not_offered(session: Session) -> None:
    """When the record of the draft was removed, there is nothing to open: what was written is in its history."""
    goal = editing.save(session, record_lists.new(session, "goal", rhys(session).record_id), {"words": "Go"})
    removed = record_lists.remove(session, goal)
    later = crashed(session, (removed, {"words": "Go to choir"}))
    assert later.recovered
    assert draft_recovery.records(later) == []


async def test_who_reads_along_stays_in_family_view_after_a_crash(session: Session) -> None:
    """A crash in family view comes back to it, at the person who was there, with what was written; no list is shown."""
    person, other = rhys(session), somebody(session, given_name="Ewa", family_name="Sample")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f2")
        await pilot.pause()
        assert app.family
    goal = record_lists.new(session, "goal", person.record_id)
    async with opened(crashed(session, (goal, {"words": "Go to choir"}))) as (app, pilot):
        assert app.family
        assert isinstance(app.screen, PersonOverviewScreen)
        assert app.screen.person_id == person.record_id
        assert "What you were writing is kept" in words_painted(pilot)
        assert other.text("given_name") not in painted(pilot)
        await pilot.press("f2", *"staff", "enter")
        await pilot.pause()
        assert last_place.recall(session).family is False
