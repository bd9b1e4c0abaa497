"""Alerts and what one must know: at the top of every screen, in full with F8, and read before a visit starts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from phb_tui.content.forms import FINISHED
from phb_tui.domain.calendar import dates
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.records.changes import Record, SyncPosition, Value
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.visit.alerts import AlertsScreen, ReadAlertsScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.person import banner, caseload
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from phb_tui.store import sync_state
from phb_tui.store.database import transaction
from tests import counts
from tests.screens.app_harness import SCREENS, opened
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import painted

pytestmark = pytest.mark.anyio
SIZES = [(60, 20), (80, 24), (160, 48), (40, 12)]
LONG = "Ring first and wait at the gate, " * 12 + "then the very last words"


def write(session: Session, person: Record, form: str, /, **values: Value) -> Record:
    """A record about somebody."""
    return editing.save(session, record_lists.new(session, form, person.record_id), values)


def watched(session: Session) -> Record:
    """Somebody with one alert of each sort, an allergy and a ReSPECT form; safeguarding was written last."""
    person = somebody(session, take_care="Dog loose in the garden")
    write(session, person, "flag", what="Smokes beside the oxygen", kind="risk_other")
    write(session, person, "flag", what="Son threatened staff", kind="safeguarding", told="Team lead, 3 June")
    allergy = {"what": "Allergic to penicillin", "sort": "allergy", "source": "GP letter", "as_of": "2026-03-12"}
    write(session, person, "must_know", **allergy)
    write(session, person, "must_know", what="ReSPECT form on the fridge", sort="respect")
    return person


def squeezed(text: str) -> str:
    """Painted words without their line breaks."""
    return " ".join(text.split())


async def read_all(pilot: Pilot[int]) -> str:
    """Everything on a page, going down it with the keyboard."""
    seen: list[str] = []
    for _ in range(40):
        await pilot.pause()
        text = painted(pilot)
        if seen and text == seen[-1]:
            break
        seen.append(text)
        await pilot.press("down")
    return "\n".join(seen)


async def test_two_alerts_are_two_lines_at_80_by_24_safeguarding_first(session: Session) -> None:
    """Each alert has a line of its own at the top, safeguarding before the lone-worker alert."""
    person = somebody(session, take_care="Dog loose in the garden, ring first and wait")
    write(session, person, "flag", what="Son threatened staff", kind="safeguarding")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        rows = [line.strip() for line in painted(pilot).splitlines()]
        first = next(n for n, row in enumerate(rows) if row == "! Safeguarding: Son threatened staff")
        assert rows[first + 1].startswith("! Lone-worker alert: Dog loose in the garden, ring first and wait")


@pytest.mark.parametrize("size", SIZES)
async def test_no_alert_is_left_out_without_saying_so(session: Session, size: tuple[int, int]) -> None:
    """Alerts that have no row are counted at the top with the key that shows them, at every size."""
    person = watched(session)
    for number in range(10):
        write(session, person, "flag", what=f"Another thing {number}", kind="risk_other")
    async with opened(session, size) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        text = painted(pilot)
        assert "! Safeguarding: Son threatened" in text
        assert " more: F8" in text or all(f"! Staff alert: Another thing {number}" in text for number in range(10))


@pytest.mark.parametrize("size", SIZES)
async def test_f8_shows_every_alert_whole(session: Session, size: tuple[int, int]) -> None:
    """F8 shows all alerts in full with source and date, a long one wrapped, at every size by keyboard."""
    person = watched(session)
    write(session, person, "flag", what=LONG, kind="visit")
    async with opened(session, size) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f8")
        text = squeezed(await read_all(pilot))
        wanted = ["Son threatened staff", "Team lead, 3 June", "Dog loose", "Smokes beside", "then the very last words"]
        wanted += ["Allergic to penicillin", "GP letter", "12 March 2026", "ReSPECT form on the fridge"]
        assert [words for words in wanted if words not in text] == []


FROM = ["person overview", "conversation", "about me", "form", "section", "plan", "preview", "copies", "trend"]


@pytest.mark.parametrize("name", counts.some(FROM))
async def test_f8_works_on_every_screen_about_a_person(session: Session, name: str) -> None:
    """From any screen about a person F8 shows their alerts, and again goes back."""
    person = somebody(session)
    write(session, person, "flag", what="Son threatened staff", kind="safeguarding")
    async with opened(session) as (app, pilot):
        await app.push_screen(SCREENS[name](app, session, person))
        visit = visits.open_now(session, person.record_id)
        if visit:  # the screen began one; the alerts are read before it
            editing.save(session, visits.closing(session, visit), {"visit_id": visit.record_id, FINISHED: "yes"})
            app.visited_at.clear()
        here = app.screen
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, AlertsScreen)
        assert "Son threatened staff" in painted(pilot)
        await pilot.press("f8")
        await pilot.pause()
        assert app.screen is here


async def test_f8_says_no_alerts_where_there_are_none(session: Session) -> None:
    """On the list of people, and about somebody without any, F8 says that there are no alerts."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await pilot.press("f8")
        await pilot.pause()
        assert "No alerts" in painted(pilot)
        await pilot.press("escape")
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.press("f8")
        await pilot.pause()
        assert "No alerts" in painted(pilot)


async def test_a_visit_starts_only_when_all_alerts_were_read(session: Session) -> None:
    """Start shows every alert; Esc starts nothing; Enter keeps who read which, and when, and the visit starts."""
    person = watched(session)
    async with opened(session, (80, 40)) as (app, pilot):
        await app.push_screen(TodayScreen(person.record_id))
        await pilot.press("enter")
        await pilot.pause()
        text = painted(pilot)
        assert all(words in text for words in ("Son threatened staff", "Dog loose", "Smokes", "penicillin", "ReSPECT"))
        await pilot.press("escape")
        await pilot.pause()
        assert visits.todays(session, person.record_id) is None
        await pilot.press("enter", "enter")
        await pilot.pause()
        visit = visits.todays(session, person.record_id)
        assert visit is not None
        (read,) = visits.alerts_read(session, visit)
        assert read.text("who") == session.nurse.name
        assert read.text("date") == session.today.isoformat()
        assert read.text("time") == f"{session.now().astimezone():%H:%M}"
        shown = banner.of(session, caseload.person(session, person.record_id)).all_alerts
        assert read.text("alerts").split() == [alert.id for alert in shown]
        assert len(shown) == 5
        assert isinstance(app.screen, TodayScreen)


async def test_the_conversation_starts_with_the_alerts_too(session: Session) -> None:
    """Talking without a visit shows the alerts first, goes on after Enter, and does not ask again."""
    person = watched(session)
    async with opened(session, (80, 40)) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        app.open_part(person.record_id, "talk:1")
        await pilot.pause()
        assert isinstance(app.screen, ReadAlertsScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)
        await pilot.press("escape")
        app.open_part(person.record_id, "talk:1")
        await pilot.pause()
        assert isinstance(app.screen, ConversationScreen)


async def test_enter_goes_to_the_end_before_it_says_read(session: Session) -> None:
    """In a small window Enter shows the rest of the page first; nothing counts as read that was not on the screen."""
    person = somebody(session)
    write(session, person, "flag", what=LONG, kind="safeguarding")
    write(session, person, "flag", what="The last alert", kind="visit")
    async with opened(session, (40, 12)) as (app, pilot):
        await app.push_screen(TodayScreen(person.record_id))
        await pilot.press("enter")
        await pilot.pause()
        seen = painted(pilot)
        for _ in range(60):
            if visits.todays(session, person.record_id) is not None:
                break
            seen += "\n" + painted(pilot)
            await pilot.press("enter")
            await pilot.pause()
        assert "then the very last words" in squeezed(seen)
        assert "The last alert" in seen


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.sampled_from(["", "about "]))
def test_an_end_counts_to_its_last_day(day: date, about: str) -> None:
    """What ends on a day, in a month or in a year is over only after the last day that this can mean."""
    for kept in (day.isoformat(), f"{day:%Y-%m}", str(day.year)):
        last = dates.last_day(f"{about}{kept}")
        assert last is not None
        assert last >= day
        assert not dates.is_past(f"{about}{kept}", last)
        assert dates.is_past(f"{about}{kept}", date.fromordinal(last.toordinal() + 1))
    assert not dates.is_past("when the dog is gone", day)


@pytest.mark.parametrize(("end", "there"), [("2026-11-23", True), ("2026-11", True), ("about 2026", True),
                                            ("2026-11-22", False), ("2026-10", False), ("2025", False)])  # fmt: skip
async def test_an_alert_is_shown_on_its_last_day(session: Session, end: str, there: bool) -> None:  # noqa: FBT001 - a case
    """An alert stands at the top until the day, month or year of its end is past."""
    person = somebody(session)
    write(session, person, "flag", what="Dog", kind="visit", end_date=end)
    assert bool(banner.of(session, person).alerts) is there


@pytest.mark.parametrize("family", counts.some([True, False]))
@pytest.mark.parametrize(("whose", "line"), [("carer", "Carer: BSL interpreter"), ("person", "How to communicate: BSL"),
                                             ("", "How to communicate: BSL"),
                                             ("representative", "Someone acting for them: BSL"),
                                             ("from a newer version", "from a newer version: BSL")])  # fmt: skip
async def test_a_need_is_shown_as_whose_it_is(session: Session, whose: str, line: str, family: bool) -> None:  # noqa: FBT001 - a case
    """A carer's need never passes for the person's, at the top, with F8 and on the visit's page, in family view too."""
    person = somebody(session)
    write(session, person, "accessible_need", need="BSL interpreter", whose=whose)
    async with opened(session, (160, 48)) as (app, pilot):
        app.family = family
        for make in (PersonOverviewScreen, TodayScreen, AlertsScreen):
            await app.push_screen(make(person.record_id))
            await pilot.pause()
            text = painted(pilot)
            assert line in text
            assert ("How to communicate: BSL" in text) == (whose in {"", "person"})


@pytest.mark.parametrize(("days", "said"), [(1.9, False), (2.1, True), (8, True)])
async def test_what_is_old_says_of_when_it_is(session: Session, days: float, said: bool) -> None:  # noqa: FBT001 - a case
    """When nothing was received for two days the head of every screen says from when it is; sending changes nothing."""
    person = somebody(session)
    last = session.now() - timedelta(days=days)
    with transaction(session.store.db):
        state = sync_state.read(session.store.db, session.team_id).advanced(SyncPosition(1, 1), "")
        sync_state.write(session.store.db, state.finished(utc(last)))
    words = f"What you see is from {dates.in_words(last.astimezone().date().isoformat())}"
    async with opened(session) as (app, pilot):
        app.refresh_status()
        await pilot.pause()
        assert (words in painted(pilot)) is said
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        assert (words in painted(pilot)) is said
        await pilot.press("f2")
        await pilot.pause()
        assert words not in painted(pilot)
