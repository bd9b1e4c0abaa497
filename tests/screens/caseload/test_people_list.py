"""The list of people: digits at its rows, states as shape and word, and beside it the person one is on."""

import pytest
from textual.widgets import Input

from phb_tui.screens.caseload.caseload_list import STAYS, CaseloadScreen
from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen
from phb_tui.screens.caseload.people_list import PeopleList
from phb_tui.screens.caseload.people_row import line_words
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.person_summary import PersonSummary
from phb_tui.services.person.caseload import Line
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.screens.app_harness import opened
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import painted, shown

pytestmark = pytest.mark.anyio


async def test_a_digit_opens_the_row_it_stands_at(session: Session) -> None:
    """Digits stand at the first rows while the list has the focus, also of a list that has moved, and open them."""
    people = [somebody(session, given_name="Sam", family_name=f"Name{number:03}") for number in range(40)]
    async with opened(session) as (app, pilot):
        listed = app.screen.query_one(PeopleList)
        assert "2  Sam Name001" not in painted(pilot)  # the search takes digits itself
        await pilot.press("down")
        await pilot.pause()
        assert "2  Sam Name001" in painted(pilot)
        await pilot.press("end")
        await pilot.pause()
        first = listed.scroll_offset.y
        assert first > 0
        assert f"3  Sam Name{first + 2:03}" in painted(pilot)
        await pilot.press("3")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)
        assert app.screen.person_id == people[first + 2].record_id


async def test_a_letter_typed_in_the_list_is_searched_for(session: Session) -> None:
    """Whoever types a name while the list has the focus searches for it, and opens nobody."""
    somebody(session, given_name="Ada", family_name="Able")
    somebody(session, given_name="Bea", family_name="Zed")
    async with opened(session) as (app, pilot):
        await pilot.press("down", *"bea")
        await pilot.pause()
        assert isinstance(app.screen, CaseloadScreen)
        assert app.screen.query_one(Input).value == "bea"
        assert str(app.screen.query_one(PeopleList).border_subtitle) == "1 found"


async def test_esc_clears_the_search(session: Session) -> None:
    """Esc empties the search wherever the focus is, and everybody is listed again; Enter then opens what is due."""
    somebody(session)
    somebody(session, given_name="Bea", family_name="Zed")
    async with opened(session) as (app, pilot):
        await pilot.press(*"zed", "down", "escape")
        await pilot.pause()
        assert app.screen.query_one(Input).value == ""
        assert str(app.screen.query_one(PeopleList).border_subtitle) == "2 people"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)


async def test_what_is_due_is_one_key_away_after_somebody_was_opened(session: Session) -> None:
    """Back from a person, what is due opens by the digit at its line, or by Enter where the search has the focus."""
    somebody(session)
    async with opened(session) as (app, pilot):
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert "0  Due this week" in painted(pilot)
        await pilot.press("0")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "0  Due this week" not in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)


async def test_arrows_go_from_the_list_to_what_is_due_and_back(session: Session) -> None:
    """Up at the first row goes to the line above it, Down goes back into the list."""
    somebody(session)
    async with opened(session) as (app, pilot):
        await pilot.press("down", "up", "down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)
        await pilot.press("escape", "up", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)


def test_states_are_shape_and_word() -> None:
    """A step, a late review and two versions have the shapes that they have on every screen."""
    who = ("p", "Rhys Price", "27 Mar 1962", "9990000018", "")
    told = line_words(Line(*who, 3, waiting=False, conflict=True, review_overdue=True), 120)
    assert "◐ step 3" in told
    assert "! review overdue  ◆ two versions" in told
    assert "○ Not started" in line_words(Line(*who, 0, waiting=False, conflict=False), 74)


async def test_wide_shows_the_person_one_is_on(session: Session) -> None:
    """From 110 columns a panel beside the list is about the highlighted person, and follows the highlight."""
    somebody(session, given_name="Ada", family_name="Able", phone="01632 960 001")
    somebody(session, given_name="Bea", family_name="Zed", phone="01632 960 002", take_care="Dog")
    async with opened(session, (120, 36)) as (app, pilot):
        await pilot.pause(STAYS * 2)
        assert "01632 960 001" in shown(pilot, "#beside Static")
        await pilot.press("down", "down")
        await pilot.pause(STAYS * 2)
        assert str(app.screen.query_one(PersonSummary).border_title) == "Bea Zed"
        assert "01632 960 002" in shown(pilot, "#beside Static")
        assert "! Lone-worker alert: Dog" in painted(pilot)
        app.family = True
        app.screen.refresh_frame()  # type: ignore[attr-defined]
        await pilot.pause(STAYS * 2)
        assert "01632 960" not in painted(pilot)
        assert "Dog" not in painted(pilot)


async def test_beside_the_list_staff_alerts_are_counted_while_a_visit_is_open(session: Session) -> None:
    """What only staff may read is not beside the list while the family of that person may be sitting there."""
    person = somebody(session, take_care="Dog")
    visits.start(session, person.record_id)
    async with opened(session, (120, 36)) as (_app, pilot):
        await pilot.pause(STAYS * 2)
        assert "! 1 staff alert" in painted(pilot)
        assert "Dog" not in painted(pilot)
