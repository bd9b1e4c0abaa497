"""Somebody is handed over while their record is open: nothing typed is lost, and every screen says where they are."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from phb_tui.app.phb_app import PhbApp
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records.changes import Record
from phb_tui.domain.records.record_codec import Row
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.transferred import TransferredScreen
from phb_tui.screens.sync.outbox import OutboxScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import caseload
from phb_tui.services.records import roster
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.services.visit import visits
from phb_tui.store import device_status
from phb_tui.store.database import transaction
from tests import counts, received
from tests.screens.app_harness import SCREENS, disagree, opened, rhys
from tests.screens.screen_harness import choose, painted, shown
from tests.screens.team_harness import Team, somebody, team_in

pytestmark = pytest.mark.anyio
NOBODYS = {
    "unlock", "set up", "caseload", "sync", "outbox", "usb", "quarantine", "rejoin", "help", "menu",
    "leave family view", "overdue", "due this week", "finder", "conflict", "low risk conflicts", "transferred",
    "idle cover", "recovered", "decision log",
}  # fmt: skip
"""Screens that show no one person's record, or say by themselves that nothing is left."""
KEYS = ["enter", "down", "enter", "tab", "pagedown", "f4", "f6", "f7", "pageup", "1", "f1", "escape", "f9", "escape"]


def leave(session: Session, person: Record) -> None:
    """Central's word: everything about the person is another team's now."""
    db = session.store.db
    sql = "SELECT record_id, kind, person_id FROM record WHERE person_id = ?"
    found = db.execute(sql, [person.record_id]).fetchall()
    gone = [Row(record_id, kind, person_id, 900 + n, "{}", "{}", "south") for n, (record_id, kind, person_id) in
            enumerate(found)]  # fmt: skip
    with transaction(db):
        device_status.save_roster(db, {"teams": [["south", "South team"]]})
        received.apply_rows(db, gone, session.team_id)


async def type_something(app: PhbApp, pilot: Pilot[int]) -> str:
    """Type a word in the first field there is, and stay in it; "" when the screen has none."""
    fields = [words for words in app.screen.query(TextField) if words.focusable and words.display and words.region]
    if not fields or fields[0].record is None:
        return ""
    fields[0].focus()
    await pilot.pause()
    await pilot.press(*"zqx")
    await pilot.pause()
    return "zqx" if "zqx" in fields[0].text else ""


def log(session: Session) -> str:
    """Everything that was written on this laptop."""
    return json.dumps(list(session.store.db.table("change_log").rows), default=str)


async def test_every_screen_says_where_they_are_and_keeps_what_was_typed(session: Session) -> None:
    """After the exchange one sentence names the team, Enter goes back to the list, and the word is in the log."""
    async with opened(session) as (app, pilot):
        for name in counts.some(name for name in SCREENS if name not in NOBODYS):
            person = rhys(session)
            await app.push_screen(SCREENS[name](app, session, person))
            await pilot.pause()
            before = log(session).count("zqx")
            typed = await type_something(app, pilot)
            leave(session, person)
            app.background_sync._ended(None)
            await pilot.pause()
            assert isinstance(app.screen, TransferredScreen), name
            assert "is with South team now." in shown(pilot, "#sentence"), name
            assert log(session).count("zqx") > before or not typed, name
            await pilot.press("enter")
            await pilot.pause()
            await pilot.pause()
            assert isinstance(app.screen, CaseloadScreen), name
            assert "Rhys" not in painted(pilot), name
            assert caseload.count(session) == 0
    assert not app.reference


async def test_every_key_works_until_the_transfer_is_shown(session: Session) -> None:
    """Between central's word and the page that says it, every key of a screen still works or leads to the page."""
    async with opened(session, (60, 20)) as (app, pilot):
        below = len(app.screen_stack)
        for name in counts.some(sorted(SCREENS.keys() - (NOBODYS - {"conflict", "low risk conflicts"}))):
            person = rhys(session)
            await app.push_screen(SCREENS[name](app, session, person))
            await pilot.pause()
            leave(session, person)
            for key in KEYS:
                await pilot.press(key)
                await pilot.pause()
            for width in (160, 60):
                await pilot.resize_terminal(width, 20)
                await pilot.pause()
            app.refresh_status()
            while len(app.screen_stack) > below:
                app.pop_screen()
            await pilot.pause()
            assert app.is_running, name
    assert not app.reference


@pytest.mark.parametrize("everybodys", [True, False])
async def test_a_decision_that_was_begun_is_kept(session: Session, *, everybodys: bool) -> None:
    """What was typed between two versions is in the log once the page has led back to the list."""
    person = rhys(session)
    disagree(session, person)
    async with opened(session) as (app, pilot):
        await app.push_screen(ConflictScreen(None if everybodys else person.record_id))
        await pilot.pause()
        await choose(pilot, "#choose", "Write something else")
        await pilot.press(*"zqx")
        leave(session, person)
        app.background_sync._ended(None)
        await pilot.pause()
        assert isinstance(app.screen, TransferredScreen)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, CaseloadScreen)
        assert "zqx" in log(session)
    assert not app.reference


async def test_nobody_else_is_seen_by_the_family(session: Session) -> None:
    """In family view the way back to the list first asks to turn the laptop."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(SCREENS["person overview"](app, session, person))
        await pilot.press("f2")
        leave(session, person)
        app.background_sync._ended(None)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert "Turn the laptop back to you first" in painted(pilot)
        await pilot.press(*"staff", "enter")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseloadScreen)


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A team beside another one."""
    with team_in(tmp_path) as made:

        def add(tables: Repository) -> None:
            tables.add_team("south", "South team")

        made.storage.write({"south"}, add)
        yield made


def at_south(team: Team) -> str:
    """Everything the other team has, also what lies beside until somebody decides."""
    rows = team.storage.read({"south"}, lambda tables: tables.rows_after("south", 0, 99))
    return str([(row.values, row.origins) for row in rows])


@pytest.mark.parametrize("screen", ["form", "step"])
async def test_what_was_typed_travels_to_the_other_team(team: Team, screen: str) -> None:
    """A colleague hands the person over; what stands in the field goes after them with the next exchange."""
    one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Bea Example")
    person = somebody(one)
    team.exchange(one, two)
    async with opened(one) as (app, pilot):
        visit = visits.start(one, person.record_id) if screen == "step" else person
        await app.push_screen(ConversationScreen(visit, 1) if screen == "step" else FormScreen(person))
        await pilot.pause()
        typed = await type_something(app, pilot)
        assert typed
        roster.transfer(two, person.record_id, "south")
        sync_service.allow_removals(one, 1)  # one of one is more than one in ten
        team.exchange(two, one)
        app.background_sync._ended(None)
        await pilot.pause()
        assert isinstance(app.screen, TransferredScreen)
        assert shown(pilot, "#sentence") == "Rhys is with South team now."
        await pilot.press("enter")
        await app.push_screen(OutboxScreen())
        await pilot.pause()
        assert "Someone who is with South team now: " in shown(pilot, "#page-words")
    assert (caseload.count(one), caseload.lines(one, 0, 9), caseload.find(one, "Rhys")) == (0, [], [])
    team.exchange(one)
    assert typed in at_south(team)
    assert (sync_service.status(one).waiting, caseload.count(one)) == (0, 0)
