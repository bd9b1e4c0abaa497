"""The right person: who else has a number is said at once, and one person is told from another on every screen."""

import pytest
from textual.widgets import Input

from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.caseload.people_list import PeopleList
from phb_tui.screens.caseload.people_row import line_words
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.services.person import caseload
from phb_tui.services.person.caseload import Line
from phb_tui.services.session import Session
from tests.screens.app_harness import opened
from tests.screens.screen_harness import (
    arrive,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    type_in,
    words,
    words_painted,
)

pytestmark = pytest.mark.anyio
NUMBER = "999 000 0018"


async def test_a_number_that_somebody_has_is_said_on_leaving_the_field(session: Session) -> None:
    """With who, without taking the focus, and what was typed stays; F6 and Enter open the other person."""
    first = somebody(session, nhs_number=NUMBER, date_of_birth="1962-05-03")
    second = somebody(session, given_name="Reece", family_name="Example")
    async with opened_screen(session, FormScreen(second)) as pilot:
        await type_in(pilot, "nhs_number", "9990000018")
        assert lines(pilot, "#alike-list") == []
        await pilot.press("tab")
        await pilot.pause()
        assert words(pilot, "date_of_birth").has_focus
        seen = words_painted(pilot)
        assert "Someone else here already has this NHS number: Rhys Price, born 3 May 1962" in seen
        assert words(pilot, "nhs_number").text == NUMBER
        await pilot.press("f6", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PersonOverviewScreen)
        assert pilot.app.screen.person_id == first.record_id
        await pilot.press("escape")
        assert caseload.person(session, second.record_id).text("nhs_number") == NUMBER


async def test_adding_a_person_ends_on_that_persons_page(session: Session) -> None:
    """Esc from the form of somebody new opens their page; back on the list, the line is on them."""
    somebody(session, given_name="Aled", family_name="Aaron")
    somebody(session, given_name="Zoe", family_name="Zachary")
    async with opened(session) as (app, pilot):
        await pilot.press("f7")
        await pilot.pause()
        await pilot.press(*"Nora", "tab", *"Middle", "escape")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)
        assert app.screen.person().text("given_name") == "Nora"
        await pilot.press("escape")
        await pilot.pause()
        assert "►   Nora Middle" in painted(pilot)


async def test_a_new_person_of_whom_nothing_was_typed_leads_back_to_the_list(session: Session) -> None:
    """Esc from an empty form of somebody new keeps nobody and shows the list of people."""
    async with opened(session) as (app, pilot):
        await pilot.press("f7", "escape")
        await pilot.pause()
        assert isinstance(app.screen, CaseloadScreen)
    assert caseload.count(session) == 0


async def test_the_same_name_and_birth_date_are_said_on_leaving_the_field(session: Session) -> None:
    """Leaving the date of birth is enough, also of somebody who was not there a moment ago."""
    somebody(session, date_of_birth="1962-05-03")
    async with opened_screen(session, FormScreen(caseload.add(session))) as pilot:
        for name, text in (("given_name", "rhys"), ("family_name", "PRICE"), ("date_of_birth", "3 5 1962")):
            await type_in(pilot, name, text)
        await pilot.press("tab")
        await pilot.pause()
        assert lines(pilot, "#alike-list")[0].startswith("There is already someone of this name and date of birth")


async def test_nothing_about_anybody_else_shows_in_family_view(session: Session) -> None:
    """Turned to the family, neither the form nor the person's page names who has the same number."""
    somebody(session, given_name="Nia", family_name="Secret", nhs_number=NUMBER)
    person = somebody(session, nhs_number=NUMBER)
    for screen in (FormScreen(person), PersonOverviewScreen(person.record_id)):
        async with opened_screen(session, screen) as pilot:
            assert "Nia Secret" in words_painted(pilot)
            pilot.app.action_family()  # type: ignore[attr-defined]
            await pilot.pause()
            assert "Secret" not in painted(pilot)


async def test_one_that_arrives_is_named_on_the_persons_page(session: Session) -> None:
    """After an exchange the person's page has a line that opens the other; it is never the first line."""
    person, other = somebody(session, nhs_number=NUMBER), caseload.add(session)
    arrive(session, other, {"given_name": "Reece", "family_name": "Example", "nhs_number": NUMBER})
    async with opened_screen(session, PersonOverviewScreen(person.record_id)) as pilot:
        assert lines(pilot, "#tasks")[1].startswith("The same person? Someone else here already has this NHS number")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PersonOverviewScreen)
        assert pilot.app.screen.person_id == other.record_id


@pytest.mark.parametrize("width", [38, 56, 74, 108, 154])
def test_a_line_of_the_list_always_has_what_tells_two_people_apart(width: int) -> None:
    """However narrow the window, name, date of birth and the end of the NHS number are there; a long name is cut."""
    line = Line("p", "Gwenllian Morgan-Prothero", "27 Mar 1962", NUMBER, "27 Nov 2026", 3, waiting=True, conflict=True)
    told = line_words(line, width)
    assert told.startswith("Gwenllian Morga")
    assert "27 Mar 1962" in told
    assert (NUMBER if width >= 108 else "...0018") in told


def test_what_needs_care_comes_before_the_next_visit() -> None:
    """In a window of 80 columns the same number is marked, and the visit gives way."""
    line = Line(
        "p", "Rhys Price", "27 Mar 1962", NUMBER, "27 Nov 2026", 3,
        waiting=True, conflict=True, same_name=True, same_number=True,
    )  # fmt: skip
    assert "same NHS number" in line_words(line, 74)
    assert len(line_words(line, 74)) <= 74


async def test_the_head_tells_two_people_of_one_name_apart(session: Session) -> None:
    """Every screen about a person has the date of birth and the end of the NHS number; the family sees neither."""
    people = [
        somebody(session, date_of_birth="1962-05-03", nhs_number=NUMBER),
        somebody(session, date_of_birth="1989-01-30", nhs_number="9990000026"),
    ]
    heads = []
    for person in people:
        async with opened_screen(session, PersonOverviewScreen(person.record_id)) as pilot:
            heads.append(" ".join(shown(pilot, "#head").split()))
            pilot.app.action_family()  # type: ignore[attr-defined]
            await pilot.pause()
            assert "Rhys Personal" in " ".join(shown(pilot, "#head").split())
    assert heads[0].startswith("Rhys Price · born 3 May 1962 · NHS ...0018")
    assert heads[1].startswith("Rhys Price · born 30 Jan 1989 · NHS ...0026")
    async with opened_screen(session, PersonOverviewScreen(people[0].record_id), (160, 48)) as pilot:
        assert f"NHS {NUMBER}" in shown(pilot, "#head")


async def test_leaving_a_person_clears_the_search(session: Session) -> None:
    """Back on the list everybody is there again: what found one person would hide the next."""
    somebody(session, given_name="Nia", family_name="Zed")
    somebody(session)
    async with opened(session) as (app, pilot):
        await pilot.press(*"zed")
        await pilot.pause()
        assert str(app.screen.query_one(PeopleList).border_subtitle) == "1 found"
        await pilot.press("enter")
        await pilot.pause()
        assert "Personal Health Budget" in shown(pilot, "#head")
        await pilot.press("escape")
        await pilot.pause()
        assert shown(pilot, "#head").startswith("Your people")
        assert app.screen.query_one(Input).value == ""
        assert str(app.screen.query_one(PeopleList).border_subtitle) == "2 people"
        assert app.screen.query_one(PeopleList).line_at(1) is not None
