"""What was agreed last time, on one key."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.visit.last_time import LastTimeScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import last_time, visits
from tests.screens import sample_screens
from tests.screens.app_harness import agreed, opened
from tests.screens.screen_harness import opened_screen, painted, shown, somebody

pytestmark = pytest.mark.anyio


async def test_last_time_is_five_keys_from_the_list_of_people(session: Session) -> None:
    """Three letters, Enter and F4 show the last visit's date, who was there, what was agreed and what is open."""
    person = somebody(session, given_name="Annie", family_name="Example")
    sample_screens.last_time(session, agreed(session, person))
    async with opened(session) as (app, pilot):
        await pilot.press("a", "n", "n", "enter", "f4")
        await pilot.pause()
        assert isinstance(app.screen, LastTimeScreen)
        text = shown(pilot, "#page-words")
    wanted = (
        "27 March 2026, At home", "Who was there\n- Bea", "Only a little", "Version 1", "Go to choir again",
        "  - Ask about a lift - Bea", "Not done yet\n- Ask about a lift", "Asked to talk about\n- Ask about a lift",
    )  # fmt: skip
    assert [words for words in wanted if words not in text] == []


async def test_a_visit_that_goes_on_is_not_last_time(session: Session) -> None:
    """Today's visit is last time once it is closed; until then it is the visit before."""
    person = somebody(session)
    sample_screens.last_time(session, agreed(session, person))
    today = visits.start(session, person.record_id)
    told = last_time.of_person(session, person)
    assert told.visit is not None
    assert told.visit.text("date") == "2026-03-27"
    editing.save(session, visits.closing(session, today), {"finished": "yes"})
    told = last_time.of_person(session, person)
    assert told.visit is not None
    assert told.visit.record_id == today.record_id


async def test_what_was_agreed_is_the_version_not_todays_words(session: Session) -> None:
    """A goal that was changed since stands as it was agreed."""
    person = somebody(session)
    agreed(session, person)
    (goal,) = record_lists.of(session, "goal", person.record_id)
    editing.save(session, goal, {"words": "Something else"})
    told = last_time.of_person(session, person)
    assert [goal.text("words") for goal, _actions in told.goals] == ["Go to choir again"]


async def test_the_first_time_says_so(session: Session) -> None:
    """Before the first visit and the first agreement the page says that there were none."""
    async with opened_screen(session, LastTimeScreen(somebody(session).record_id)) as pilot:
        text = shown(pilot, "#page-words")
        assert "There was no visit yet." in text
        assert "No plan has been agreed yet." in text


def secret(session: Session) -> Record:
    """Somebody whose last visit has notes for staff, and a plan whose task is for staff."""
    person = somebody(session)
    sample_screens.last_time(session, agreed(session, person))
    (visit,) = visits.visits(session, person.record_id)
    editing.save(session, visit, {"notes": "Zsecret"})
    return person


async def test_the_family_reads_no_notes_for_staff_on_it(session: Session) -> None:
    """Staff read the visit's notes here; in family view and while a visit is open they are not shown."""
    person = secret(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f4")
        await pilot.pause()
        assert "Zsecret" in painted(pilot)
        await pilot.press("escape", "f2", "f4")
        await pilot.pause()
        assert isinstance(app.screen, LastTimeScreen)
        assert "Zsecret" not in painted(pilot)
    visits.read_alerts(session, person)
    async with opened_screen(session, LastTimeScreen(person.record_id)) as pilot:
        assert "Zsecret" not in painted(pilot)


async def test_it_opens_once(session: Session) -> None:
    """F4 on the page itself opens no second one."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f4", "f4", "f4", "escape")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)
