"""Ctrl+P finds people, screens and words."""

import time
from typing import Any, TypeVar

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from phb_tui.app.phb_app import PhbApp
from phb_tui.domain.records.changes import Record
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.decision.letters import LettersScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation.finder import MOST, FinderScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.screens.app_harness import opened, talk
from tests.screens.screen_harness import lines, painted, somebody

pytestmark = pytest.mark.anyio
Kind = TypeVar("Kind", bound=Screen[Any])


def kept(session: Session, person: Record, of: str, **values: str) -> Record:
    """A record of a person."""
    return editing.save(session, record_lists.new(session, of, person.record_id), {**values})


def on(app: PhbApp, kind: type[Kind]) -> Kind:
    """The screen that is shown, which is of a kind."""
    assert isinstance(app.screen, kind)
    return app.screen


async def found(pilot: Pilot[int], typed: str) -> list[str]:
    """What the finder shows for what is typed."""
    if not isinstance(pilot.app.screen, FinderScreen):
        await pilot.press("ctrl+p")
        await pilot.pause()
    await pilot.press(*("space" if letter == " " else letter for letter in typed))
    await pilot.pause()
    return lines(pilot, "#lines")


async def test_a_person_is_found_from_anywhere(session: Session) -> None:
    """From a page of one person another one is found by name and opened over the list of people."""
    first = somebody(session)
    second = somebody(session, given_name="Ewa", family_name="Sample", date_of_birth="1962-05-03")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(first.record_id))
        assert (await found(pilot, "samp"))[:2] == ["People", "Ewa Sample  3 May 1962"]
        await pilot.press("enter")
        await pilot.pause()
        assert on(app, PersonOverviewScreen).person_id == second.record_id
        await pilot.press("escape")
        assert on(app, CaseloadScreen)


async def test_the_letters_of_a_person_are_found(session: Session) -> None:
    """The screen that lists every letter is found by its name."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        assert (await found(pilot, "letter"))[:2] == ["Open", "Letters"]
        await pilot.press("enter")
        await pilot.pause()
        assert on(app, LettersScreen)
        assert "There is no letter yet: nothing was decided and nothing was signed." in painted(pilot)


async def test_a_screen_and_a_key_are_found_by_their_words(session: Session) -> None:
    """The sections of the person who is open and the keys that work here are found, and Enter opens or does them."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        assert (await found(pilot, "people ar"))[:2] == ["Open", "People around you"]
        await pilot.press("enter")
        await pilot.pause()
        assert on(app, SectionScreen)
        assert "Colours  Ctrl+T" in await found(pilot, "colour")
        await pilot.press("enter")
        await pilot.pause()
        assert app.theme == "dark"


async def test_words_are_found_where_they_stand(session: Session) -> None:
    """What was typed is found in the record of the person who is open, with its field, and Enter opens that place."""
    person = somebody(session)
    other = somebody(session, given_name="Ewa")
    goal = kept(session, person, "goal", words="I want to sing again in the choir", why="It is me")
    kept(session, other, "goal", words="Choir of somebody else")
    talk(session, person)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        assert await found(pilot, "choir") == [
            "Words",
            "What do you want to change or keep? ... again in the choir",
        ]
        await pilot.press("enter")
        await pilot.pause()
        assert on(app, FormScreen).record.record_id == goal.record_id
        await found(pilot, "only a little")
        await pilot.press("enter")
        await pilot.pause()
        assert on(app, ConversationScreen).statement.id == session.content.statements[0].id


async def test_with_nobody_open_the_words_of_help_are_found(session: Session) -> None:
    """On the list of people a term that help explains is found with its meaning."""
    term = session.content.glossary[0]
    async with opened(session) as (_app, pilot):
        told = await found(pilot, term.term.lower()[:12])
        assert [line for line in told if line.startswith(f"{term.term}: ")] != []


async def test_at_most_twelve_lines_in_groups(session: Session) -> None:
    """However much is found, there are at most twelve lines below their headings, some of each group."""
    person = somebody(session)
    for number in range(20):
        somebody(session, given_name="Anna", family_name=f"Aaa{number}")
        kept(session, person, "goal", words=f"A goal {number}")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        told = await found(pilot, "a")
        assert [told.index(title) for title in ("People", "Open", "Words")] == [0, 5, 10]
        assert len(told) == MOST + 3


async def test_nothing_found_says_so_and_esc_goes_back(session: Session) -> None:
    """With no line that matches a sentence says so, Enter does nothing, Esc takes the words out and then closes."""
    somebody(session)
    async with opened(session) as (app, pilot):
        assert await found(pilot, "zzqq") == ["Nothing found. Esc takes out what you typed."]
        await pilot.press("enter", "escape")
        assert on(app, FinderScreen)
        await pilot.press("escape")
        assert on(app, CaseloadScreen)


@pytest.mark.parametrize("by", ["family view", "visit"])
async def test_it_finds_nothing_that_is_hidden(session: Session, by: str) -> None:
    """In family view and while a visit is open it finds no other people and no word or page that is for staff."""
    person = somebody(session, take_care="Zdog loose", nhs_number="9990000018")
    somebody(session, given_name="Zother", family_name="Zperson")
    kept(session, person, "flag", what="Zthreat", kind="safeguarding")
    kept(session, person, "goal", words="Zchoir")
    if by == "visit":
        visits.read_alerts(session, person)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        if by == "family view":
            await pilot.press("f2")
        assert await found(pilot, "z") == ["Words", "What do you want to change or keep? Zchoir"]
        for typed in ("consent and", "hand over", "alerts and risks", "999"):
            await pilot.press("escape")
            assert await found(pilot, typed) == ["Nothing found. Esc takes out what you typed."], typed
        assert "Zother" not in painted(pilot)
        assert app.family == (by == "family view")


async def test_staff_find_it_when_the_laptop_is_theirs(session: Session) -> None:
    """Outside a visit and family view staff find the words and the person that are hidden then."""
    person = somebody(session, take_care="Zdog loose")
    somebody(session, given_name="Zother", family_name="Zperson")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        told = await found(pilot, "z")
        assert [line.split(":")[-1].strip() for line in told if line not in {"People", "Words"}] == [
            "Zother Zperson",
            "Zdog loose",
        ]


async def test_what_is_typed_is_kept_before_another_place_opens(session: Session) -> None:
    """Words in a field are saved before the finder leads away from them."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(person))
        await pilot.press(*"Anna", "ctrl+p", *"people ar", "enter")
        await pilot.pause()
        assert on(app, SectionScreen)
        assert "Anna" in editing.read(session, "person", person.record_id, None).text("given_name")


async def test_a_letter_is_answered_in_fifty_milliseconds_among_many(session: Session) -> None:
    """With hundreds of records of the person who is open the lines for a letter take a twentieth of a second."""
    person = somebody(session)
    for number in range(150):
        kept(session, person, "goal", words=f"A goal number {number}", why="To sing again " * 10)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await found(pilot, "s")
        finder, taken = on(app, FinderScreen), []
        for typed in ("a", "si", "sing", "agai"):
            started = time.perf_counter()
            finder._lines(typed)
            taken.append(time.perf_counter() - started)
        assert min(taken) < 0.05
        assert finder.query_one(OptionList).option_count > 1
