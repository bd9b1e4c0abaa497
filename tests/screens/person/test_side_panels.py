"""Panels beside the lists in a wide window: they say more about the line one is on, and nothing that is hidden now."""

import pytest
from textual.widgets import Static

from phb_tui.content import sections
from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen
from phb_tui.screens.lists.side_panel import SidePanel
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.plan.preview import PreviewScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.screens.app_harness import opened
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import painted

pytestmark = pytest.mark.anyio
WIDE = (160, 48)


def write(session: Session, person_id: str, kind: str, **values: str) -> None:
    """A record about somebody."""
    editing.save(session, record_lists.new(session, kind, person_id), {**values})


async def test_a_step_shows_what_is_behind_its_line(session: Session) -> None:
    """Beside the lines of a step stand the answers, then the records of the line one goes to; the state is a shape."""
    person = somebody(session)
    write(session, person.record_id, "goal", words="Back to choir")
    step = next(section for section in sections.sections() if section.step == 4)
    async with opened(session, WIDE) as (app, pilot):
        await app.push_screen(SectionScreen(person.record_id, step))
        await pilot.pause()
        panel = app.screen.query_one(SidePanel)
        assert str(panel.border_title) == "What was answered"
        assert session.content.step(4).statements[0].text[:40] in str(panel.query_one(Static).visual)
        await pilot.press("down", "down")
        await pilot.pause()
        assert "Back to choir" in str(panel.query_one(Static).visual)
        text = painted(pilot)
        assert "○ Not started" in text
        assert "◐ 1 written" in text


async def test_the_visit_shows_the_last_one_and_whom_to_ring(session: Session) -> None:
    """Beside the visit stand the person's words, what to bring, the last visit and people with their numbers."""
    person = somebody(session)
    write(session, person.record_id, "about_me", important_to_me="My garden")
    write(session, person.record_id, "agenda", what="The choir", bring="The leaflet")
    write(session, person.record_id, "contact", name="Bea", contact="01632 960 002")
    write(session, person.record_id, "visit", date="2026-11-09", place="At home")
    write(session, person.record_id, "task", what="For staff", only_staff="yes")
    async with opened(session, WIDE) as (app, pilot):
        await app.push_screen(TodayScreen(person.record_id))
        await pilot.pause()
        text = str(app.screen.query_one(SidePanel).query_one(Static).visual)
        for words in ("The leaflet", "Monday 9 November 2026, At home", "01632 960 002", "For staff"):
            assert words in text
        visits.start(session, person.record_id)
        app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "For staff" not in str(app.screen.query_one(SidePanel).query_one(Static).visual)


async def test_the_plan_shows_what_is_in_it_and_what_is_missing(session: Session) -> None:
    """Beside the lines of the plan stand what it lacks, and its goals."""
    person = somebody(session)
    write(session, person.record_id, "goal", words="Back to choir")
    async with opened(session, WIDE) as (app, pilot):
        await app.push_screen(PlanScreen(person.record_id))
        await pilot.pause()
        text = str(app.screen.query_one(SidePanel).query_one(Static).visual)
        assert "Still missing" in text
        assert "Back to choir" in text


async def test_what_is_due_shows_whom_it_is_about(session: Session) -> None:
    """Beside what is due this week stands the person of the line one is on."""
    person = somebody(session, phone="01632 960 009")
    write(session, person.record_id, "task", what="Ring Bea", by_when="2026-11-20")
    async with opened(session, WIDE) as (app, pilot):
        await app.push_screen(DueThisWeekScreen())
        await pilot.pause()
        assert str(app.screen.query_one(SidePanel).border_title) == "Rhys Price"
        assert "01632 960 009" in painted(pilot)


async def test_what_is_to_do_ends_with_its_date(session: Session) -> None:
    """A task's date stands at the right end of its line, with the mark where it is late, and is not said twice."""
    person = somebody(session)
    write(session, person.record_id, "task", what="Ring Bea", by_when="2026-11-20")
    write(session, person.record_id, "task", what="Order a ramp", by_when="2027-03-27")
    async with opened(session) as (app, pilot):
        await app.push_screen(TasksScreen(person.record_id))
        await pilot.pause()
        rows = [row.strip(" ┃│") for row in painted(pilot).splitlines()]
        assert any(row.endswith("   ! 20 Nov") for row in rows)
        assert any(row.endswith("   27 Mar") for row in rows)
        assert painted(pilot).count("27 Mar") == 1


async def test_titles_stand_in_the_line_and_no_heading_is_underlined_with_signs(session: Session) -> None:
    """A way to manage the budget and a heading of About me stand in the line, a paper on the screen has drawn lines."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(MoneyScreen(person.record_id))
        await pilot.pause()
        assert "─ Notional budget ─" in painted(pilot)
        await app.push_screen(PreviewScreen(person.record_id))
        await pilot.pause()
        assert "===" not in painted(pilot)
        assert "━━━" in painted(pilot)
        await app.push_screen(AboutMeScreen(person.record_id))
        await pilot.pause()
        assert "━ What is most important to me ━" in painted(pilot)
