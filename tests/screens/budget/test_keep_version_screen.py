"""Keeping a version on its screen: what stands against it, who agreed, and what is shown of what was kept."""

import pytest
from msgspec.structs import replace
from textual.widgets import Button

from phb_tui.domain.records.changes import ConflictingValue, FieldState, Record, RecordState
from phb_tui.domain.records.record_codec import row_of
from phb_tui.screens.budget.keep_version import KeepVersionScreen
from phb_tui.screens.budget.kept_version import KeptVersionScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.budget import budgets, versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store.database import transaction
from tests import received
from tests.screens import sample_budgets
from tests.screens.screen_harness import (
    app_of,
    choose,
    lines,
    opened_screen,
    painted,
    press_continue,
    shown,
    somebody,
    type_in,
    words,
    words_painted,
)

pytestmark = pytest.mark.anyio
NOON = "2026-11-23T12:00:00.000Z"


@pytest.fixture
def budget(session: Session) -> Record:
    """A budget with a half-filled line and two needs that nothing meets."""
    return sample_budgets.budget(session, somebody(session))


async def test_what_stands_against_it_leads_to_its_place(session: Session, budget: Record) -> None:
    """Each sentence opens the record and the page where it is put right, and nothing is kept before."""
    async with opened_screen(session, KeepVersionScreen(budget.person_id or "", budget.record_id)) as pilot:
        assert lines(pilot, "#against")[1] == "! choir: Write what it costs."
        await pilot.press("1")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.page.title == "What it costs"
        await pilot.press("escape")
        await press_continue(pilot)
        assert "There is a problem" in painted(pilot)
        assert "Enter the full name of who agrees" in painted(pilot)
    assert versions.all_of(session, budget) == []


async def test_who_agreed_is_written_and_the_version_is_kept(session: Session, budget: Record) -> None:
    """After keeping it says so; the fields come back only when the budget changes, for the next number."""
    person_id = budget.person_id or ""
    cost = budgets.read(session, budget).costs[-1]
    editing.save(session, cost, {"price": "10.00"})
    async with opened_screen(session, KeepVersionScreen(person_id, budget.record_id), (80, 60)) as pilot:
        await type_in(pilot, "agreed_by", "Rhys Price")
        await type_in(pilot, "agreed_on", "today")
        pilot.app.screen.query_one("ChoiceList").focus()
        await pilot.press("1")
        await type_in(pilot, "lacking", "later")
        await pilot.pause()
        await press_continue(pilot)
        (version,) = versions.all_of(session, budget)
        assert (version.text("lacking"), version.text("agreed_how"), version.text("agreed_on")) == (
            "later",
            "said",
            "2026-11-23",
        )
        assert "Version 1 is kept. Nothing has changed since." in shown(pilot, "#what")
        assert not pilot.app.screen.query_one("#page").display
        assert lines(pilot, "#kept")[1].startswith("Version 1, 23 November 2026, agreed by Rhys Price")
        editing.save(session, cost, {"price": "11.00"})
        pilot.app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert pilot.app.screen.query_one("#page").display
        assert "Keep this as version 2" in painted(pilot)
        await choose(pilot, "#kept", "Version 1")
        assert isinstance(pilot.app.screen, KeptVersionScreen)
        assert "Version 1 of the budget" in painted(pilot)
    assert versions.being_kept(session, budget).fields == {}


async def test_a_day_more_than_a_year_ago_stops_once(session: Session, budget: Record) -> None:
    """It is named, and the button pressed once more keeps the version; a month is refused however often."""
    cost = budgets.read(session, budget).costs[-1]
    editing.save(session, cost, {"price": "10.00"})
    draft = editing.save(session, versions.being_kept(session, budget), record_lists.parent_link(budget, versions.KIND))
    agreed = {"agreed_by": "Rhys Price", "agreed_how": "said", "lacking": "later"}
    async with opened_screen(session, KeepVersionScreen(budget.person_id or "", budget.record_id), (80, 60)) as pilot:
        for day, kept in (("November 2024", []), ("November 2024", []), ("3 11 2024", []), ("3 11 2024", ["1"])):
            draft = versions.being_kept(session, budget)
            editing.save(session, draft, {**agreed, "agreed_on": day})
            pilot.app.screen.reload()  # type: ignore[attr-defined]
            pilot.app.screen.query_one("#keep", Button).press()
            await pilot.pause()
            assert [version.text("number") for version in versions.all_of(session, budget)] == kept
            assert kept or any(
                "the whole date" in line or "Check the year" in line for line in lines(pilot, "#problem-list")
            )


async def test_an_indicative_version_needs_nobody_to_agree(session: Session, budget: Record) -> None:
    """About how much there is can be kept at once; who agreed may stay empty."""
    editing.save(session, budgets.read(session, budget).costs[-1], {"price": "10.00"})
    editing.save(session, budget, {"purpose": "indicative"})
    async with opened_screen(session, KeepVersionScreen(budget.person_id or "", budget.record_id)) as pilot:
        assert not pilot.app.screen.query_one("#against").display
        assert not pilot.app.screen.query_one("#field-lacking").is_on_screen
        await press_continue(pilot)
        assert "Version 1 is kept." in painted(pilot)
    assert len(versions.all_of(session, budget)) == 1


async def test_what_is_typed_next_lands_in_a_field_when_all_was_put_right(session: Session, budget: Record) -> None:
    """Back from the last line that stood against it, the list of them is gone and a field has the focus."""
    editing.save(session, budget, {"purpose": "indicative"})
    async with opened_screen(session, KeepVersionScreen(budget.person_id or "", budget.record_id)) as pilot:
        await pilot.press("1")
        await pilot.pause()
        editing.save(session, budgets.read(session, budget).costs[-1], {"price": "10.00"})
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("A", "n", "n")
        assert words(pilot, "agreed_by").text == "Ann"


async def test_a_damaged_or_newer_version_is_shown_as_it_is(session: Session, budget: Record) -> None:
    """A version whose lines cannot be read here is listed, opened, and says so."""
    link = record_lists.parent_link(budget, versions.KIND)
    values = {**link, "number": "7", "lines": "{", "inputs": "[]", "total_weekly": "x", "rates": "9" * 5_000}
    editing.save(session, record_lists.new(session, versions.KIND, budget.person_id or ""), dict(values))
    async with opened_screen(session, KeepVersionScreen(budget.person_id or "", budget.record_id)) as pilot:
        assert "Keep this as version 8" in str(pilot.app.screen.query_one("#keep").label)  # type: ignore[attr-defined]
        await choose(pilot, "#kept", "Version 7")
        assert isinstance(pilot.app.screen, KeptVersionScreen)
        assert "Version 7" in painted(pilot)


async def test_the_family_reads_nothing_of_what_colleagues_wrote(session: Session, budget: Record) -> None:
    """Two versions of a rate stand against it; in family view it is not said which, and choosing is refused."""
    shift = budgets.read(session, budget).shifts[0]
    side = ConflictingValue("99.00", "device-2", 1, "nurse-2", "2026-11-23T09:00:00.000Z", 1)
    values = {name: FieldState(value, 1, session.device_id, 1, "nurse-1", NOON) for name, value in shift.fields.items()}
    values["rate"] = replace(values["rate"], sides=(side,))
    state = RecordState(session.team_id, "shift", shift.record_id, shift.person_id, 1, values)
    with transaction(session.store.db):
        received.apply_rows(session.store.db, [row_of(state)], session.team_id)
    async with opened_screen(session, KeepVersionScreen(budget.person_id or "", budget.record_id)) as pilot:
        assert "Choose which version is right first: What is paid" in words_painted(pilot)
        app_of(pilot).action_family()
        await pilot.pause()
        assert "Two people wrote different things. Turn the laptop back to decide." in words_painted(pilot)
        assert "What is paid" not in words_painted(pilot)
        await choose(pilot, "#against", "! Two people")
        assert "Turn the laptop back to you" in painted(pilot)
        assert isinstance(pilot.app.screen, KeepVersionScreen)
