"""Staff alerts stay folded while the family may still sit there, after a visit was closed."""

import pytest

from phb_tui.content.forms import FINISHED
from phb_tui.domain.records.changes import Record
from phb_tui.screens.base.family_cover import STILL_THERE
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tests.screens.app_harness import opened
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import painted

pytestmark = pytest.mark.anyio


def at_a_visit(session: Session) -> tuple[Record, Record]:
    """Somebody with an alert for staff, and the visit to them that is open."""
    person = somebody(session)
    new = record_lists.new(session, "flag", person.record_id)
    editing.save(session, new, {"what": "Son threatened staff", "kind": "safeguarding"})
    visits.read_alerts(session, person)
    visit = visits.open_now(session, person.record_id)
    assert visit
    return person, visit


async def test_closing_a_visit_at_the_table_shows_no_staff_alert(session: Session) -> None:
    """While the closing page is filled in, and an hour after its button, alerts stay folded; then they are shown."""
    person, visit = at_a_visit(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await app.push_screen(TodayScreen(person.record_id))
        await app.push_screen(FormScreen(visits.closing(session, visit), context={"visit_id": visit.record_id}))
        await pilot.pause()
        await pilot.press(*"Nan", "tab", *"It was good", "tab")
        await pilot.pause()
        assert editing.read(session, "closing", visits.closing(session, visit).record_id, None).text("read_back")
        assert "threatened" not in painted(pilot)
        assert not visits.is_closed(session, visit)
        app.screen.query_one("#continue").focus()
        await pilot.press("enter")
        await pilot.pause()
        assert visits.is_closed(session, visit)
        assert "Closed visit: read or correct it" in painted(pilot)
        assert "! 1 staff alert: F8" in painted(pilot)
        await pilot.press("escape", "escape")
        await pilot.pause()
        for hour in (0, 1):
            app.visited_at[person.record_id] -= hour * STILL_THERE
            await app.push_screen(PersonOverviewScreen(person.record_id))
            await pilot.pause()
            assert ("Son threatened staff" in painted(pilot)) == bool(hour)
            await pilot.press("escape")
            await pilot.pause()


async def test_a_visit_that_a_colleague_closes_shows_nothing_at_this_table(session: Session) -> None:
    """When another laptop closes the visit meanwhile, what is folded here stays folded."""
    person, visit = at_a_visit(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        editing.save(session, visits.closing(session, visit), {"visit_id": visit.record_id, FINISHED: "yes"})
        await app.push_screen(TodayScreen(person.record_id))
        await pilot.pause()
        assert "threatened" not in painted(pilot)
