"""Send and get: what waits, how it goes, how it ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input, ProgressBar

from phb_tui.errors import CentralRefused, CentralUnreachable, WouldRemove
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.start.rejoin import RejoinScreen
from phb_tui.screens.sync.outbox import OutboxScreen
from phb_tui.screens.sync.quarantine import QuarantineScreen
from phb_tui.screens.sync.sync_overview import SyncScreen
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.services.sync.sync_service import Progress
from phb_tui.store import change_log, remote_writes
from phb_tui.store.database import transaction
from tests.screens.team_harness import (
    SIZES,
    TEAM,
    ScreenBelow,
    Team,
    app_of,
    choose,
    disagree,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    team_in,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_in(tmp_path) as made:
        yield made


@pytest.fixture
def laptop(team: Team) -> Session:
    return team.laptop(1, "Ada Okafor")


async def test_what_waits_is_said_in_a_sentence(laptop: Session) -> None:
    """The screen says how many changes wait and that nothing was sent yet."""
    somebody(laptop)
    async with opened_screen(laptop, SyncScreen()) as pilot:
        assert shown(pilot, "#waiting") == "1 change is waiting to be sent. Not synced yet."


async def test_how_far_it_has_come_is_said_in_words_and_shown(laptop: Session) -> None:
    """A round trip shows "4 of 9 changes sent" and a bar as far."""
    screen = SyncScreen()
    async with opened_screen(laptop, screen) as pilot:
        screen.progress(Progress(4, 5, 2, more=True))
        await pilot.pause()
        assert shown(pilot, "#going") == "4 of 9 changes sent. 2 updates received."
        bar = screen.query_one(ProgressBar)
        assert (bar.progress, bar.total) == (4, 9)


async def test_f5_sends_everything_and_says_so(team: Team, laptop: Session) -> None:
    """After F5 a sentence says that everything is sent, what came in and what central holds."""
    two = team.laptop(2, "Sam Brown")
    somebody(two)
    team.exchange(two)
    somebody(laptop)
    async with opened_screen(laptop, SyncScreen(), central=team.central) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        words = "Done. 1 change sent. 2 updates received.\nUp to date. The team server holds 2 changes of your team."
        assert shown(pilot, "#going") == words
        assert shown(pilot, "#waiting").startswith("Nothing is waiting to be sent. Last synced")


async def test_a_problem_says_that_everything_is_saved_and_what_to_do(laptop: Session) -> None:
    """A problem is shown as a sentence, with where the words are and which key tries again."""
    screen = SyncScreen()
    async with opened_screen(laptop, screen) as pilot:
        screen.exchanged(CentralRefused("The team server does not know this laptop."))
        await pilot.pause()
        assert shown(pilot, "#going") == (
            "There is a problem: The team server does not know this laptop.\n"
            "Everything is saved on this laptop. Press F5 to try again."
        )


async def test_a_quiet_failure_is_not_called_a_success(laptop: Session) -> None:
    """An exchange that ended without a problem's words and without finishing is not said to be done."""
    screen = SyncScreen()
    somebody(laptop)
    async with opened_screen(laptop, screen) as pilot:
        screen.exchanged(None)
        assert "The team server could not be reached just now." in shown(pilot, "#going")
        screen.progress(Progress(4, 5, 0, more=False))
        screen.exchanged(None)
        assert "Done" not in shown(pilot, "#going")


async def test_news_before_the_screen_is_there_is_shown_once_it_is(laptop: Session) -> None:
    """An exchange that ends before the screen is painted is still told."""
    screen = SyncScreen()
    screen.progress(Progress(1, 0, 0, more=False, total=7))
    screen.exchanged(None)
    async with opened_screen(laptop, screen) as pilot:
        assert "The team server holds 7 changes of your team." in shown(pilot, "#going")


def keep_aside(laptop: Session, *op_nos: int) -> None:
    with transaction(laptop.store.db):
        aside = dict.fromkeys(op_nos, "It names [another] person.")
        change_log.acknowledge(laptop.store.db, TEAM, max(op_nos), aside)


async def test_what_central_kept_aside_is_shown_with_its_words(laptop: Session) -> None:
    """Each change that central kept aside is shown with whose it is, why, and what was written."""
    somebody(laptop)
    keep_aside(laptop, 1)
    async with opened_screen(laptop, SyncScreen()) as pilot:
        await choose(pilot, "#next", "See changes the team server could not accept (1)")
        assert isinstance(pilot.app.screen, QuarantineScreen)
        told = shown(pilot, "#kept-aside")
        assert [w for w in ("Rhys Price", "It names [another] person.", "Price") if w not in told] == []


async def test_what_was_kept_aside_is_seen_to(laptop: Session) -> None:
    """Once somebody says so, nothing asks for attention any more."""
    somebody(laptop)
    somebody(laptop)
    keep_aside(laptop, 1, 2)
    async with opened_screen(laptop, QuarantineScreen()) as pilot:
        await choose(pilot, "#what-next", "Mark as dealt with")
        await choose(pilot, "#what-next", "Mark as dealt with")
        assert shown(pilot, "#kept-aside") == "The team server accepted everything."
        assert sync_service.status(laptop).quarantined == 0


async def test_what_was_kept_aside_is_written_again(laptop: Session) -> None:
    """The same words become a new change that waits to be sent."""
    somebody(laptop, phone="1")
    keep_aside(laptop, 1)
    receiving_aside(laptop)
    async with opened_screen(laptop, QuarantineScreen()) as pilot:
        await choose(pilot, "#what-next", "Write it again")
        assert sync_service.status(laptop).waiting == 1
        assert sync_service.status(laptop).quarantined == 0


def receiving_aside(laptop: Session) -> None:
    with transaction(laptop.store.db):
        remote_writes.hide_rejected(laptop.store.db, TEAM, [1])


async def test_what_waits_and_what_was_sent_is_listed(team: Team, laptop: Session) -> None:
    """What waits stands by person, and what has been sent below."""
    somebody(laptop)
    async with opened_screen(laptop, OutboxScreen(), central=team.central) as pilot:
        assert "Rhys Price: 1 change" in shown(pilot, "#page-words")
        assert "has not synced yet" in shown(pilot, "#page-words")


async def test_taking_many_people_off_is_asked(laptop: Session) -> None:
    """An exchange that would remove many people says so, and goes on only after a choice that names how many."""
    screen = SyncScreen()
    async with opened_screen(laptop, screen) as pilot:
        screen.exchanged(WouldRemove(60, 200))
        await pilot.pause()
        assert "many people on this laptop have another team now" in shown(pilot, "#going")
        assert "My team lead says it is right: remove 60 people from this laptop" in lines(pilot, "#next")


async def test_a_laptop_that_is_not_let_in_can_join_again(laptop: Session) -> None:
    """When central refuses the laptop, a line asks for a new code; nonsense in it is named and stays."""
    screen = SyncScreen()
    async with opened_screen(laptop, screen) as pilot:
        screen.exchanged(CentralRefused("The team server does not know this laptop."))
        await pilot.pause()
        await choose(pilot, "#next", "Join with a new code")
        assert isinstance(pilot.app.screen, RejoinScreen)
        await pilot.press(*"phb2.x", "enter")
        assert "This is not a joining code." in shown(pilot, "#problem")
        assert pilot.app.screen.query_one("#code", Input).value == "phb2.x"


async def test_conflicts_can_be_decided_from_here(team: Team, laptop: Session) -> None:
    """When two versions came in, a line says how many there are and opens them."""
    two = team.laptop(2, "Sam Brown")
    person = somebody(laptop, phone="0")
    disagree(team, laptop, two, person, ("phone", "1", "2"), ("address", "A", "B"))
    async with opened_screen(two, SyncScreen()) as pilot:
        assert lines(pilot, "#next")[:2] == ["Sync again", "Choose which version is right (2, of which 2 can wait)"]
        await choose(pilot, "#next", "Choose which")
        assert isinstance(pilot.app.screen, ConflictScreen)


async def test_without_conflicts_nothing_asks_for_a_decision(laptop: Session) -> None:
    """Where there is nothing to decide there is no line for it, and the last line goes back."""
    async with opened_screen(laptop, SyncScreen()) as pilot:
        assert lines(pilot, "#next") == [
            "Sync again",
            "See what waits, and what was sent",
            "Sync with a USB stick, without a network",
            "Go back to work",
        ]
        await choose(pilot, "#next", "Go back")
        assert isinstance(pilot.app.screen, ScreenBelow)


async def test_send_and_get_again_does(team: Team, laptop: Session) -> None:
    """The first line starts again what F5 starts."""
    somebody(laptop)
    async with opened_screen(laptop, SyncScreen(), central=team.central) as pilot:
        await choose(pilot, "#next", "Sync again")
        assert "Done. 1 change sent." in shown(pilot, "#going")


@pytest.mark.parametrize("size", SIZES)
async def test_everything_stays_in_sight_at_every_size(laptop: Session, size: tuple[int, int]) -> None:
    """At every size the result, the lines to choose from and central's address are on the screen."""
    screen = SyncScreen()
    async with opened_screen(laptop, screen, size) as pilot:
        words = "No connection to the team server. Everything is saved on this laptop and will be sent later."
        screen.exchanged(CentralUnreachable(words))
        await pilot.pause()
        text = painted(pilot)
        assert [w for w in ("Press F5", "Sync again", "Go back to work", "127.0.0.1:8765") if w not in text] == []
        assert shown(pilot, "#going").count("saved on this laptop") == 1


async def test_what_central_did_not_take_is_said_at_once(laptop: Session) -> None:
    """That something was kept aside stands at the top, and the line to see it is highlighted after the exchange."""
    somebody(laptop)
    keep_aside(laptop, 1)
    screen = SyncScreen()
    async with opened_screen(laptop, screen) as pilot:
        assert shown(pilot, "#care") == "The team server could not accept 1 change."
        screen.progress(Progress(1, 0, 0, more=False, total=7))
        screen.exchanged(None)
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, QuarantineScreen)


async def test_the_next_thing_to_do_is_highlighted(team: Team, laptop: Session) -> None:
    """When everything is sent, Enter goes back to work; when there is something to decide, it goes there."""
    two = team.laptop(2, "Sam Brown")
    person = somebody(laptop, communication="0")
    async with opened_screen(laptop, SyncScreen(), central=team.central) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
    disagree(team, laptop, two, person, ("communication", "1", "2"))
    async with opened_screen(two, SyncScreen(), central=team.central) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConflictScreen)
    async with opened_screen(two, SyncScreen(), central=team.central) as pilot:
        await pilot.press("down")
        app_of(pilot).exchange()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, OutboxScreen)


async def test_nothing_of_it_is_for_the_family() -> None:
    """Talk of sending is never shown in family view."""
    assert not SyncScreen.FAMILY_SAFE
