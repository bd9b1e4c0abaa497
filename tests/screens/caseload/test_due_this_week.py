"""Due this week: one key from the list of people, and each line opens its place."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.screens.caseload import due_this_week
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.app_harness import opened
from tests.screens.screen_harness import choose, lines, painted, shown, somebody

pytestmark = pytest.mark.anyio


def task(session: Session, person: Record, what: str, by_when: str) -> Record:
    """A task of a person."""
    new = record_lists.new(session, "task", person.record_id)
    return editing.save(session, new, {"what": what, "by_when": by_when})


async def test_it_is_one_key_from_the_list_of_people(session: Session) -> None:
    """With nothing typed Enter opens what is due, as the marked line says; with a name typed it opens the person."""
    task(session, somebody(session), "Ring Bea", "2026-11-24")
    async with opened(session) as (app, pilot):
        assert "►   Due this week" in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)
        assert "Ring Bea" in painted(pilot)
        await pilot.press("escape", *"rhys")
        await pilot.pause()
        assert "►   Rhys Price" in painted(pilot)
        assert f"{SHAPES.here}   Due" not in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Personal Health Budget" in shown(pilot, "#head")


async def test_up_and_a_click_reach_it_too(session: Session) -> None:
    """Up goes from the search to the line, whose Enter opens it, and so does a click."""
    somebody(session)
    async with opened(session) as (app, pilot):
        await pilot.press("r", "up", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)
        await pilot.press("escape")
        await pilot.click("#due-line")
        await pilot.pause()
        assert isinstance(app.screen, DueThisWeekScreen)


async def test_a_task_that_is_done_there_leaves_the_list(session: Session) -> None:
    """A line opens the record it comes from; back on the list, what is no longer due is gone."""
    person = somebody(session)
    ring = task(session, person, "Ring Bea", "2026-11-20")
    task(session, person, "Write", "2026-11-24")
    async with opened(session) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        await choose(pilot, "#due", "Rhys Price                 Ring Bea  ! 20")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.record.record_id == ring.record_id
        editing.save(session, ring, {"done": "yes"})
        await pilot.press("escape")
        await pilot.pause()
        assert [line for line in lines(pilot, "#due") if "Ring Bea" in line] == []
        assert "0 late, 1 in all" in shown(pilot, "#how-far")


async def test_a_visit_opens_where_it_is_made(session: Session) -> None:
    """A visit of today opens the page of today's visit, one of another day the person."""
    person = somebody(session, next_visit="2026-11-23")
    async with opened(session) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TodayScreen)
        editing.save(session, person, {"next_visit": "2026-11-25"})
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PersonOverviewScreen)


async def test_many_people_are_looked_through_without_keeping_a_key_waiting(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While not everybody has been looked through the screen says how far it is and takes keys, also to go back."""
    monkeypatch.setattr(due_this_week, "SLICE", 0.0)
    for number in range(12):
        task(session, somebody(session, given_name=f"Person{number}"), "Ring", "2026-11-24")
    async with opened(session) as (app, pilot):
        screen = DueThisWeekScreen()
        await app.push_screen(screen)
        assert shown(pilot, "#how-far").startswith("Looking: ")
        assert shown(pilot, "#how-far").endswith(" of 12 people")
        for _ in range(500):
            if "12 in all" in shown(pilot, "#how-far"):
                break
            await pilot.pause(0.01)
        assert len([line for line in lines(pilot, "#due") if "Ring" in line]) == 12
        screen.reload()
        assert screen._left
        await pilot.press("escape")
        assert isinstance(app.screen, CaseloadScreen)
