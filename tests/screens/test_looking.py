"""Looking never writes: whatever is opened and left again, nothing is kept and nothing is sent."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import OptionList

from phb_tui.app.phb_app import PhbApp
from phb_tui.content.sections import sections
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import draft_recovery, editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from phb_tui.store import local_writes
from tests import counts
from tests.screens.app_harness import SCREENS, on_each, opened, planned, rhys, talk
from tests.screens.screen_harness import choose, log_length, opened_screen, somebody, type_in

pytestmark = pytest.mark.anyio
ACTS = {"start", "completed", "screen:make_tasks"}
"""Lines that do something when they are chosen, and say so."""
ODD = "one\r\ntwo\rthree\u2028four\x0bfive\x85six\n\nseven"


def drafts(session: Session) -> int:
    return len(local_writes.drafts(session.store.db, session.device_id))


async def test_a_screen_that_is_opened_and_left_writes_nothing(session: Session) -> None:
    """Opening any screen, going through it with Tab and the page keys, and Esc leave the change log as it was."""

    async def look(_app: PhbApp, pilot: Pilot[int], _screen: Screen[Any]) -> object:
        before = log_length(session)
        await pilot.press("tab", "pagedown", "tab", "pageup", "shift+tab", "escape")
        await pilot.pause()
        after = (log_length(session), drafts(session))
        return "" if after == (before, 0) else after

    assert await on_each(session, rhys(session), look, (60, 20), 1 if counts.STEP == 1 else 2) == {}


async def _open_every_line(pilot: Pilot[int], session: Session, make: Any) -> list[str]:
    """Open each line of a screen and leave what it opened; the lines after which something was written."""
    wrote = []
    app = pilot.app
    await app.push_screen(make())
    await pilot.pause()
    listed = app.screen.query_one("#tasks, #visit, #parts", OptionList)
    ids = [str(option.id) for option in listed.options if option.id and not option.disabled]
    under: Screen[Any] = app.screen
    for chosen in ids:
        if chosen in ACTS or chosen.startswith("there:"):
            continue
        before = log_length(session)
        listed.focus()
        listed.highlighted = listed.get_option_index(chosen)
        await pilot.press("enter")
        await pilot.pause()
        for _ in range(9):
            if app.screen is under:
                break
            await pilot.press("escape")
            await pilot.pause()
        assert app.screen is under, chosen
        if (log_length(session), drafts(session)) != (before, 0):
            wrote.append(chosen)
    return wrote


@pytest.mark.parametrize("started", counts.some(["started", ""]))
async def test_a_line_that_is_opened_and_left_writes_nothing(started: str, session: Session) -> None:
    """Every line of the person's page, of the visit and of every section, with and without a visit of today."""
    person = somebody(session)
    planned(session, person)
    if started:
        talk(session, person)
    makes: list[Any] = [lambda: PersonOverviewScreen(person.record_id), lambda: TodayScreen(person.record_id)]
    makes += [lambda found=found: SectionScreen(person.record_id, found) for found in sections()]
    makes = counts.some(makes[bool(started) % counts.STEP :])
    async with opened(session, (60, 20)) as (_app, pilot):
        wrote = [line for make in makes for line in await _open_every_line(pilot, session, make)]
    assert wrote == []


async def test_text_with_odd_line_ends_is_looked_at_and_left_as_it_is(session: Session) -> None:
    """Every kind of line end comes from somewhere; going through the fields it stands in is no change."""
    person = editing.save(session, somebody(session), {"address": "x"})
    goal = planned(session, person)
    raw = {"address": ODD, "communication": ODD, "phone": ODD}
    editing.save(session, person, dict(raw))
    editing.save(session, goal, {"words": ODD, "why": ODD})
    before = log_length(session)
    async with opened(session) as (app, pilot):
        for name in ("form", "form with lists"):
            screen = SCREENS[name](app, session, editing.read(session, "person", person.record_id, person.record_id))
            before = log_length(session)
            await app.push_screen(screen)
            await pilot.press(*["tab"] * 6, "pagedown", *["tab"] * 6, "pagedown", *["tab"] * 6, "escape")
            assert log_length(session) == before


async def test_a_visit_that_nobody_started_is_not_kept(session: Session) -> None:
    """Talking through a step without a word leaves no visit, and the visit's page still asks to start it."""
    person = somebody(session)
    before = log_length(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(SectionScreen(person.record_id, sections()[1]))
        await pilot.pause()
        await choose(pilot, "#parts", "Talk about this step")
        await pilot.press("pagedown", "f6", "f7", "f7", "escape")
        await pilot.pause()
    assert log_length(session) == before
    assert visits.visits(session, person.record_id) == []
    assert visits.todays(session, person.record_id) is None


async def test_the_first_words_of_a_visit_begin_it(session: Session) -> None:
    """With the first thing said the visit is kept, with its day, its place and who is at the keyboard."""
    person = somebody(session)
    async with opened_screen(session, ConversationScreen(visits.todays_or_new(session, person.record_id), 1)) as pilot:
        await type_in(pilot, "words", "Only a little")
        await pilot.press("tab")
        await pilot.pause()
    visit = visits.todays(session, person.record_id)
    assert visit is not None
    assert visit.text("date") == session.today.isoformat()
    assert visit.text("place") == "At home"
    assert [record.text("name") for record in visits.attendees(session, visit)] == [session.nurse.name]
    assert [record.text("words") for record in conversation.at_visit(session, visit)] == ["Only a little"]


async def test_words_that_a_crash_left_begin_the_visit_of_their_own_day(session: Session) -> None:
    """Found on a later day, what was being typed is kept in a visit of the day on which it was typed."""
    person = somebody(session)
    visit = visits.todays_or_new(session, person.record_id)
    said = conversation.statement_answer(session, visit, session.content.statements[0])
    context = {"statement": said.statement.id, "visit_id": visit.record_id}
    editing.save_draft(session, said.answer, {**context, "words": "Only a little"})
    later = replace(session, now=lambda: datetime(2026, 11, 27, 9, tzinfo=UTC))
    draft_recovery.recover(later)
    (found,) = visits.visits(later, person.record_id)
    assert (found.record_id, found.text("date")) == (visit.record_id, "2026-11-23")
    assert len(record_lists.of(later, "answer", person.record_id)) == 1
