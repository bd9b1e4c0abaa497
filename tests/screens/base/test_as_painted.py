"""What Enter does on a screen is what was painted there, also when others' words have just come in."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Click, Key
from textual.pilot import Pilot

from phb_tui.app import key_queue
from phb_tui.app.key_queue import IDLE_SECONDS
from phb_tui.app.phb_app import PhbApp
from phb_tui.central.storage.repository import Repository
from phb_tui.domain.records.changes import Record
from phb_tui.domain.records.record_codec import Row
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.caseload.people_list import PeopleList
from phb_tui.screens.conflicts.low_risk import LowRiskConflictsScreen
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.transfer import TransferScreen
from phb_tui.screens.shell.help import HelpScreen
from phb_tui.screens.sync.quarantine import QuarantineScreen
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, field_conflicts, roster
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import change_log
from phb_tui.store.database import transaction
from tests import received
from tests.screens.app_harness import opened
from tests.screens.team_harness import Team, choose, disagree, opened_screen, somebody, team_in, write

pytestmark = pytest.mark.anyio
SURNAMES = ["Baker", "Cook", "Dyer"]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """A team beside another one."""
    with team_in(tmp_path) as made:

        def add(tables: Repository) -> None:
            tables.add_team("south", "South team")

        made.storage.write({"south"}, add)
        yield made


def people(session: Session, *surnames: str) -> list[Record]:
    """People by their family names."""
    return [somebody(session, given_name="Sam", family_name=name, known_as="") for name in surnames]


def leave(session: Session, person: Record) -> None:
    """Another team has somebody now."""
    with transaction(session.store.db):
        row = Row(person.record_id, "person", person.record_id, 900, "{}", "{}", "south")
        received.apply_rows(session.store.db, [row], session.team_id)


async def come_in(app: PhbApp, pilot: Pilot[int]) -> None:
    """An exchange has ended."""
    app.background_sync._ended(None)
    await pilot.pause()


async def go_to_second(app: PhbApp, pilot: Pilot[int]) -> None:
    """Go to the second person in the list."""
    listed = app.screen.query_one(PeopleList)
    listed.focus()
    await pilot.press("home", "down")
    assert listed.here == 1


def person_shown(app: PhbApp) -> str:
    """Whose page is open; "" for none."""
    return app.screen.person_id if isinstance(app.screen, PersonOverviewScreen) else ""


@pytest.mark.parametrize("search", ["", "sam"])
async def test_somebody_new_in_the_list_does_not_take_the_place_of_another(session: Session, search: str) -> None:
    """People who come in above the highlighted person leave the highlight on that person; Enter opens them."""
    _baker, cook, _dyer = people(session, *SURNAMES)
    async with opened(session) as (app, pilot):
        await pilot.press(*search)
        await go_to_second(app, pilot)
        people(session, "Abbot", "Adams")
        await come_in(app, pilot)
        await pilot.press("enter")
        assert person_shown(app) == cook.record_id


@pytest.mark.parametrize(("key", "then"), [("down", "Dyer"), ("up", "Baker")])
async def test_somebody_who_left_the_list_is_not_replaced(session: Session, key: str, then: str) -> None:
    """Where the highlighted person goes to another team Enter opens nobody; an arrow goes on from their place."""
    _baker, cook, _dyer = people(session, *SURNAMES)
    async with opened(session) as (app, pilot):
        await go_to_second(app, pilot)
        leave(session, cook)
        await come_in(app, pilot)
        await pilot.press("enter")
        assert not person_shown(app)
        await pilot.press(key, "enter")
        assert caseload.person(session, person_shown(app)).text("family_name") == then


async def test_other_letters_begin_with_the_first_who_is_found(session: Session) -> None:
    """Typing another letter is another list: Enter opens the first in it."""
    people(session, "Cook", "Cooper", "Baker")
    async with opened(session) as (app, pilot):
        await pilot.press(*"sam coope", "enter")
        assert caseload.person(session, person_shown(app)).text("family_name") == "Cooper"


async def test_a_click_opens_who_was_painted_there(session: Session) -> None:
    """A click between reading the list and painting it opens the person who is still on the screen there."""
    baker, _cook, _dyer = people(session, *SURNAMES)
    async with opened(session) as (app, pilot):
        shown = app.screen
        assert isinstance(shown, BaseScreen)
        x, y = shown.query_one(PeopleList).content_region.offset
        with app.batch_update():  # nothing is painted meanwhile
            people(session, "Abbot")
            shown.reload()
            shown._forward_event(Click(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False))
        await pilot.pause()
        assert person_shown(app) == baker.record_id


async def test_pressing_enter_twice_on_a_team_hands_nobody_over(team: Team) -> None:
    """The question after choosing a team begins with "no", wherever in the list the team was."""
    team.storage.write({"a"}, lambda tables: tables.add_team("a", "A team"))
    laptop = team.laptop(1, "Ada Okafor")
    person = somebody(laptop)
    team.exchange(laptop)
    async with opened_screen(laptop, TransferScreen(person.record_id)) as pilot:
        await choose(pilot, "#teams", "South team")
        await pilot.press("enter")
        assert roster.pending_transfer(laptop, person.record_id) == ""


async def test_keeping_all_keeps_only_what_was_painted(team: Team) -> None:
    """Where another everyday conflict comes in, Enter on "Keep all of this" keeps nothing until it was gone to."""
    one, two = team.laptop(1, "Ada Okafor"), team.laptop(2, "Sam Brown")
    person = somebody(one, phone="0")
    disagree(team, one, two, person, ("phone", "1", "2"))
    async with opened_screen(two, LowRiskConflictsScreen(None)) as pilot:
        disagree(team, one, two, editing.read(one, "person", person.record_id, person.record_id),
                 ("next_visit", "2026-12-01", "2026-12-02"))  # fmt: skip
        assert isinstance(pilot.app.screen, BaseScreen)
        pilot.app.screen.reload_remote_changes()
        await pilot.press("enter")
        assert len(field_conflicts.low_risk(two)) == 2
        await pilot.press("home", "enter")
    assert field_conflicts.low_risk(two) == []


async def test_a_version_that_came_in_is_not_kept_in_place_of_another(team: Team) -> None:
    """The line that keeps a version keeps that one, whichever number it has by now."""
    laptops = [team.laptop(number, "Ada Okafor") for number in (1, 2, 3)]
    one, two, three = laptops
    person = somebody(one, phone="0")
    team.exchange(one, two, three)
    for laptop, words in ((one, "1"), (two, "2"), (three, "3")):
        write(laptop, person, {"phone": words})
    team.exchange(one, two)
    async with opened_screen(two, ConflictScreen()) as pilot:
        listed = pilot.app.screen.query_one("#choose")
        await pilot.press("down")
        meant = str(listed.highlighted_option.prompt)  # type: ignore[attr-defined]
        team.exchange(three, two)
        assert isinstance(pilot.app.screen, BaseScreen)
        pilot.app.screen.reload_remote_changes()
        assert str(listed.highlighted_option.prompt).endswith(meant[-1])  # type: ignore[attr-defined]
        await pilot.press("enter")
    assert editing.read(two, "person", person.record_id, person.record_id).text("phone") == meant[-1]


async def test_what_was_kept_aside_is_seen_to_one_by_one(session: Session) -> None:
    """Pressing Enter twice on "Mark as dealt with" sees to the one that was shown, and not to the next."""
    for number in (1, 2):
        somebody(session, phone=str(number))
    with transaction(session.store.db):
        change_log.acknowledge(session.store.db, session.team_id, 2, dict.fromkeys((1, 2), "It names another person."))
    async with opened_screen(session, QuarantineScreen()) as pilot:
        await choose(pilot, "#what-next", "Mark as dealt with")
        assert sync_service.status(session).quarantined == 1
        await pilot.press("down", "enter")
        assert sync_service.status(session).quarantined == 0


async def test_others_words_wait_until_the_hands_are_still(session: Session) -> None:
    """Within a second after a key what others wrote does not change the list; then it does, by itself."""
    people(session, *SURNAMES)
    async with opened(session) as (app, pilot):
        app.key_queue.still = IDLE_SECONDS
        pressed = time.monotonic()
        await pilot.press("down")
        people(session, "Abbot")
        listed = app.screen.query_one(PeopleList)
        app.background_sync._ended(None)
        seen = 0.0
        while listed._count == len(SURNAMES):
            await pilot.pause(0.01)
            seen = time.monotonic()
        assert seen - pressed >= IDLE_SECONDS


async def test_a_key_whose_widget_went_away_does_not_hold_up_the_next(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the mark behind a key is lost with its widget and no other key waits, the next key still has its turn."""
    (baker,) = people(session, "Baker")
    async with opened(session) as (app, pilot):
        app.screen.query_one(PeopleList).focus()
        with monkeypatch.context() as lost:
            lost.setattr(app.key_queue, "_send", lambda *_: None)
            await pilot.press("home")
        await pilot.press("enter")
        for _ in range(300):
            if person_shown(app):
                break
            await asyncio.sleep(0.01)
        await pilot.pause()  # the screen is there, but may not be filled yet
        assert person_shown(app) == baker.record_id


async def test_a_key_that_takes_its_widget_away_does_not_hold_up_the_next(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F2 in a form takes the field that had the focus away; the next key has its turn without waiting for its mark."""
    monkeypatch.setattr(key_queue, "MARKER_TIMEOUT", 1000.0)
    (baker,) = people(session, "Baker")
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(baker))
        await pilot.pause()
        app.screen.query_one("#field-given_name").focus()
        await pilot.pause()
        for key in ("f2", "f1"):
            app.post_message(Key(key, None))
        for _ in range(300):
            if isinstance(app.screen, HelpScreen):
                break
            await asyncio.sleep(0.01)
        await pilot.pause()
        assert app.family
        assert isinstance(app.screen, HelpScreen)


async def test_the_focus_stays_in_its_field_when_family_view_comes(session: Session) -> None:
    """F2 in a form draws its page anew; what is typed next still goes into the same field."""
    (baker,) = people(session, "Baker")
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(baker))
        await pilot.pause()
        app.screen.query_one("#field-known_as").focus()
        await pilot.press("f2", *"Slowly", "escape")
        await pilot.pause()
    kept = editing.read(session, "person", baker.record_id, baker.record_id)
    assert kept.text("known_as") == "Slowly"
