"""Send and get: what waits, how it goes, how it ended."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import ProgressBar

from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.sync import SyncScreen, address_words, waiting_words
from phb_tui.services.session import Session
from phb_tui.services.syncing import Progress, Status
from phb_tui.store import change_log
from phb_tui.store.database import transaction
from tests.screens.support import (
    SIZES,
    TEAM,
    Team,
    Under,
    choose,
    disagree,
    laid,
    lines,
    painted,
    shown,
    somebody,
    team_in,
)

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC).astimezone()


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
    async with laid(laptop, SyncScreen()) as pilot:
        assert shown(pilot, "#waiting") == "1 change is waiting to be sent. Nothing has been sent yet."


@pytest.mark.parametrize(
    ("ago", "words"), [(timedelta(hours=1), "today at"), (timedelta(days=2), "on 21 November 2026 at")]
)
def test_when_it_was_last_sent_is_said_as_people_do(ago: timedelta, words: str) -> None:
    """Today is called today; another day by its date."""
    last = NOON - ago
    found = waiting_words(Status(9, last.isoformat(), 0, 0), NOON)
    assert found == f"9 changes are waiting to be sent. Last sent {words} {last:%H:%M}."


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://127.0.0.1:8765", "What has arrived can be seen in a browser at http://127.0.0.1:8765"),
        ("http://localhost:8765", "What has arrived can be seen in a browser at http://localhost:8765"),
        ("http://[::1]:8765", "What has arrived can be seen in a browser at http://[::1]:8765"),
        ("https://central.example.nhs.uk", "Central is at https://central.example.nhs.uk"),
        ("https://localhost.example.org", "Central is at https://localhost.example.org"),
        ("", ""),
    ],
)
def test_a_browser_is_named_only_where_it_can_see_central(address: str, words: str) -> None:
    """Only when central runs on this machine is the nurse told to look in a browser."""
    assert address_words(address) == words


async def test_how_far_it_has_come_is_said_in_words_and_shown(laptop: Session) -> None:
    """A round trip shows "4 of 9 sent" and a bar as far."""
    screen = SyncScreen()
    async with laid(laptop, screen) as pilot:
        screen.progress(Progress(4, 5, 2, more=True))
        await pilot.pause()
        assert shown(pilot, "#going") == "4 of 9 sent. 2 records came in."
        bar = screen.query_one(ProgressBar)
        assert (bar.progress, bar.total) == (4, 9)


async def test_f5_sends_everything_and_says_so(team: Team, laptop: Session) -> None:
    """After F5 a sentence says that everything is sent, what came in and what central holds."""
    two = team.laptop(2, "Sam Brown")
    somebody(two)
    team.exchange(two)
    somebody(laptop)
    async with laid(laptop, SyncScreen(), central=team.central) as pilot:
        await pilot.press("f5")
        await pilot.pause()
        words = "Done. 1 sent. 2 records came in.\nEverything is sent. Central holds 2 changes of your team."
        assert shown(pilot, "#going") == words
        assert shown(pilot, "#waiting").startswith("Nothing is waiting to be sent. Last sent")


async def test_a_problem_says_that_everything_is_saved_and_what_to_do(laptop: Session) -> None:
    """A problem is shown as a sentence, with where the words are and which key tries again."""
    screen = SyncScreen()
    async with laid(laptop, screen) as pilot:
        screen.exchanged("Central does not know this laptop.")
        await pilot.pause()
        assert shown(pilot, "#going") == (
            "There is a problem: Central does not know this laptop.\n"
            "Everything is saved on this laptop. Press F5 to try again."
        )


async def test_a_quiet_failure_is_not_called_a_success(laptop: Session) -> None:
    """An exchange that ended without a problem's words and without finishing is not said to be done."""
    screen = SyncScreen()
    somebody(laptop)
    async with laid(laptop, screen) as pilot:
        screen.exchanged("")
        assert "Central could not be reached just now." in shown(pilot, "#going")
        screen.progress(Progress(4, 5, 0, more=False))
        screen.exchanged("")
        assert "Done" not in shown(pilot, "#going")


async def test_news_before_the_screen_is_there_is_shown_once_it_is(laptop: Session) -> None:
    """An exchange that ends before the screen is painted is still told."""
    screen = SyncScreen()
    screen.progress(Progress(1, 0, 0, more=False, total=7))
    screen.exchanged("")
    async with laid(laptop, screen) as pilot:
        assert "Central holds 7 changes of your team." in shown(pilot, "#going")


async def test_what_central_kept_aside_is_told(laptop: Session) -> None:
    """The sentences of changes that central kept aside stand on the screen, like ones counted together."""
    somebody(laptop)
    somebody(laptop)
    with transaction(laptop.store.db):
        change_log.acknowledge(
            laptop.store.db, TEAM, 2, {1: "It names [another] person.", 2: "It names [another] person."}
        )
    async with laid(laptop, SyncScreen()) as pilot:
        assert shown(pilot, "#aside") == (
            "Central kept these aside. Tell your team lead:\n2 changes: It names [another] person."
        )


async def test_conflicts_can_be_decided_from_here(team: Team, laptop: Session) -> None:
    """When two versions came in, a line says how many there are and opens them."""
    two = team.laptop(2, "Sam Brown")
    person = somebody(laptop, phone="0")
    disagree(team, laptop, two, person, ("phone", "1", "2"), ("address", "A", "B"))
    async with laid(two, SyncScreen()) as pilot:
        assert lines(pilot, "#next") == ["Send and get again", "Decide between versions (2)", "Go back to work"]
        await choose(pilot, "#next", "Decide")
        assert isinstance(pilot.app.screen, ConflictScreen)


async def test_without_conflicts_nothing_asks_for_a_decision(laptop: Session) -> None:
    """Where there is nothing to decide there is no line for it, and the last line goes back."""
    async with laid(laptop, SyncScreen()) as pilot:
        assert lines(pilot, "#next") == ["Send and get again", "Go back to work"]
        await choose(pilot, "#next", "Go back")
        assert isinstance(pilot.app.screen, Under)


async def test_send_and_get_again_does(team: Team, laptop: Session) -> None:
    """The first line starts again what F5 starts."""
    somebody(laptop)
    async with laid(laptop, SyncScreen(), central=team.central) as pilot:
        await choose(pilot, "#next", "Send")
        assert "Done. 1 sent." in shown(pilot, "#going")


@pytest.mark.parametrize("size", SIZES)
async def test_everything_stays_in_sight_at_every_size(laptop: Session, size: tuple[int, int]) -> None:
    """At every size the result, the lines to choose from and central's address are on the screen."""
    screen = SyncScreen()
    async with laid(laptop, screen, size) as pilot:
        screen.exchanged("No connection to central. Everything is saved on this laptop and will be sent later.")
        await pilot.pause()
        text = painted(pilot)
        assert [
            w for w in ("Press F5", "Send and get again", "Go back to work", "127.0.0.1:8765") if w not in text
        ] == []
        assert text.count("saved on this") == 1


async def test_nothing_of_it_is_for_the_family() -> None:
    """Talk of sending is never shown in family view."""
    assert not SyncScreen.FAMILY_SAFE
