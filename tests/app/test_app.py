"""The app as a nurse uses it: finding people, the menu, what never leaves the app."""

import pytest
from textual.widgets import Input

from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.caseload.people_list import PeopleList
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.services.person import caseload
from phb_tui.services.session import Session
from tests.screens.app_harness import opened, rhys
from tests.screens.screen_harness import painted, somebody, type_words

pytestmark = pytest.mark.anyio


async def test_typing_part_of_a_name_finds_and_enter_opens(session: Session) -> None:
    """A person is found as the name is typed; Enter opens the first one found."""
    somebody(session, given_name="Ewa", family_name="Sample")
    rhys(session)
    async with opened(session) as (app, pilot):
        await type_words(pilot, "pri")
        await pilot.pause()
        assert "1 found" in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)


async def test_an_empty_search_says_what_to_do(session: Session) -> None:
    """Nobody found is a sentence with the next step in it."""
    async with opened(session) as (_, pilot):
        assert "No people on this laptop yet" in painted(pilot)
        await type_words(pilot, "zz")
        await pilot.pause()
        assert "Nobody found" in painted(pilot)


async def test_a_click_opens_the_person_that_was_clicked(session: Session) -> None:
    """The list works with the mouse."""
    first = somebody(session, given_name="Ada", family_name="Able")
    rhys(session)
    async with opened(session) as (app, pilot):
        await pilot.click(PeopleList, offset=(5, 1))
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)
        assert app.screen.person_id == first.record_id


async def test_a_long_list_is_walked_to_its_end(session: Session) -> None:
    """End goes to the last of many people, and only the rows that are seen are read."""
    for number in range(150):
        somebody(session, given_name="Person", family_name=f"Name{number:03}")
    async with opened(session) as (app, pilot):
        app.screen.query_one(PeopleList).focus()
        await pilot.press("end")
        await pilot.pause()
        assert "Name149" in painted(pilot)
        assert len(app.screen.query_one(PeopleList)._blocks) <= 3


async def test_somebody_new_is_in_the_list_once_a_name_is_typed(session: Session) -> None:
    """F7 starts a record; leaving it without a word leaves nothing behind."""
    async with opened(session) as (app, pilot):
        await pilot.press("f7")
        await pilot.press("escape")
        await pilot.pause()
        assert caseload.count(session) == 0
        await pilot.press("f7")
        await type_words(pilot, "Zoe")
        await pilot.press("escape", "escape")  # the person's own page, then the list
        await pilot.pause()
        assert caseload.count(session) == 1
        assert isinstance(app.screen, CaseloadScreen)
        assert "Zoe" in painted(pilot)


async def test_the_menu_does_what_is_chosen(session: Session) -> None:
    """F9 lists everything with its key; choosing does it."""
    async with opened(session) as (app, pilot):
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press(*"colour", "enter")
        await pilot.pause(0.2)
        assert app.theme == "dark"


async def test_nothing_goes_to_the_systems_clipboard(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copying stays inside the app."""
    async with opened(session) as (app, _):
        sent: list[str] = []
        assert app._driver
        monkeypatch.setattr(app._driver, "write", sent.append)
        app.copy_to_clipboard("a person's words")
        assert (sent, app.clipboard) == ([], "a person's words")


async def test_the_search_field_takes_words_at_once(session: Session) -> None:
    """The list starts with the cursor in the search."""
    async with opened(session) as (app, pilot):
        await type_words(pilot, "x")
        assert app.screen.query_one(Input).value == "x"
