"""Earlier words: everything a field has held, and putting back."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import OptionList

from phb_tui.domain.records.changes import Record
from phb_tui.errors import NotSaved
from phb_tui.screens.history.field_history import FieldHistoryScreen, staff_only
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests.screens.team_harness import (
    NOW,
    SIZES,
    ScreenBelow,
    Team,
    app_of,
    choose,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    team_in,
    write,
)

pytestmark = pytest.mark.anyio
LONG = "Knock twice and wait. " * 12 + "\n\nThen come in."


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_in(tmp_path) as made:
        yield made


class Clock:
    """A clock that goes on a minute each time it is looked at."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


@pytest.fixture
def laptop(team: Team) -> Session:
    return team.laptop(1, "Ada Okafor", Clock())


@pytest.fixture
def person(laptop: Session) -> Record:
    """Somebody whose phone number was changed twice."""
    record = somebody(laptop, phone="0191 111")
    return write(laptop, write(laptop, record, {"phone": "0191 222"}), {"phone": "0191 333"})


def phone(laptop: Session, person: Record) -> str:
    return editing.read(laptop, "person", person.record_id, person.record_id).text("phone")


async def test_every_value_is_there_newest_first(laptop: Session, person: Record) -> None:
    """All values stand in the list, the newest first, and the one that is there now says so."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        assert [line.splitlines()[-1].strip() for line in lines(pilot, "#earlier")] == [
            "0191 333",
            "0191 222",
            "0191 111",
        ]
        assert [line.startswith("Now: ") for line in lines(pilot, "#earlier")] == [True, False, False]


async def test_each_value_says_who_wrote_it_when_and_where(team: Team, laptop: Session, person: Record) -> None:
    """A value of this laptop and one of another both say when, where and by whom."""
    two = team.laptop(2, "Sam Brown")
    team.exchange(laptop, two)
    write(two, person, {"phone": "0191 444"})
    team.exchange(two, laptop)
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        here = NOW.astimezone()
        assert all(f"{here.day} {here:%B %Y} {here:%H}:" in line for line in lines(pilot, "#earlier"))
        others = [line for line in lines(pilot, "#earlier") if "0191 444" in line]
        assert ", on another laptop, by Sam Brown" in others[0]
        assert ", on this laptop, by Ada Okafor" in lines(pilot, "#earlier")[1]


async def test_the_screen_says_whose_and_which_field(laptop: Session, person: Record) -> None:
    """The person's name and the field's plain name are at the top."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        assert "Rhys Price" in shown(pilot, "#head")
        assert "─ Phone ─" in painted(pilot) or "━ Phone ━" in painted(pilot)


async def test_enter_puts_a_value_back(laptop: Session, person: Record) -> None:
    """Enter on an earlier value puts it back, says that it is saved, and goes back."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert phone(laptop, person) == "0191 111"
        assert isinstance(pilot.app.screen, ScreenBelow)
        assert app_of(pilot).saved == "Saved on this laptop 10:42"


async def test_enter_restores_the_newest_value_that_is_not_there_now(laptop: Session, person: Record) -> None:
    """The list opens on the newest value that is not in the field now: Enter restores it, as the footer says."""
    person = write(laptop, person, {"phone": "0191 222"})
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        assert "Enter  Restore" in shown(pilot, "#hints")
        await pilot.press("enter")
        await pilot.pause()
        assert phone(laptop, person) == "0191 333"


async def test_a_click_puts_a_value_back(laptop: Session, person: Record) -> None:
    """A click on an earlier value does what Enter does."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        await pilot.click("#earlier", offset=(5, 3))
        await pilot.pause()
        assert phone(laptop, person) == "0191 222"


async def test_nothing_is_lost_by_putting_back(laptop: Session, person: Record) -> None:
    """What was there before putting back is still in the list."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        await pilot.press("enter")
        await pilot.pause()
    values = [version.value for version in editing.history(laptop, person, "phone")]
    assert values == ["0191 222", "0191 333", "0191 222", "0191 111"]


async def test_esc_changes_nothing(laptop: Session, person: Record) -> None:
    """Esc goes back and the field holds what it held."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        await pilot.press("down", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
        assert phone(laptop, person) == "0191 333"


async def test_a_full_disk_is_said_and_the_list_stays(
    laptop: Session, person: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When nothing can be saved, a sentence says so and the list stays open."""

    def full(*_args: object) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(editing, "restore", full)
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        await pilot.press("down", "enter")
        await pilot.pause()
        assert shown(pilot, "#saved") == "There is a problem: The disk is full."
        assert isinstance(pilot.app.screen, FieldHistoryScreen)


async def test_a_field_that_was_never_written_says_so(laptop: Session, person: Record) -> None:
    """Where there is nothing to put back, a sentence says so and Esc goes back."""
    async with opened_screen(laptop, FieldHistoryScreen(person, "address")) as pilot:
        assert lines(pilot, "#earlier") == ["Nothing was here before."]
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)


@pytest.mark.parametrize("size", SIZES)
async def test_long_words_are_read_whole(laptop: Session, size: tuple[int, int]) -> None:
    """The value the list is on stands whole below or beside it, with its paragraphs, and Tab and End read on."""
    person = write(laptop, somebody(laptop, address=LONG), {"address": "Short"})
    async with opened_screen(laptop, FieldHistoryScreen(person, "address"), size) as pilot:
        await pilot.press("tab", "end")
        await pilot.pause()
        assert shown(pilot, "#words") == LONG.strip()
        assert "Then come in." in painted(pilot)


async def test_brackets_in_a_persons_words_stay(laptop: Session, person: Record) -> None:
    """Square brackets are words, whatever they would mean to a terminal library."""
    person = write(laptop, person, {"phone": "[b]call[/b] [/] after 6"})
    async with opened_screen(laptop, FieldHistoryScreen(person, "phone")) as pilot:
        assert "[b]call[/b] [/] after 6" in lines(pilot, "#earlier")[0]
        await pilot.press("up")
        await pilot.pause()
        assert shown(pilot, "#words") == "[b]call[/b] [/] after 6"


async def test_answers_and_dates_are_in_words(laptop: Session, person: Record) -> None:
    """A kept answer and a kept date stand as people say them."""
    person = write(laptop, person, {"next_visit": "27 3 2027"})
    visit = visits.start(laptop, person.record_id)
    said = conversation.statement_answer(laptop, visit, laptop.content.statements[0])
    answer = conversation.save_answer(laptop, visit, said.answer, {"answer": "not_yet"})
    async with opened_screen(laptop, FieldHistoryScreen(person, "next_visit")) as pilot:
        assert "27 March 2027" in lines(pilot, "#earlier")[0]
    async with opened_screen(laptop, FieldHistoryScreen(answer, "answer")) as pilot:
        assert "Not yet" in lines(pilot, "#earlier")[0]


async def test_the_list_stays_on_its_value_when_changes_arrive(laptop: Session, person: Record) -> None:
    """A new value that arrives does not move the reader to another one."""
    screen = FieldHistoryScreen(person, "phone")
    async with opened_screen(laptop, screen) as pilot:
        write(laptop, person, {"phone": "0191 555"})
        screen.reload()
        await pilot.pause()
        option = screen.query_one(OptionList).highlighted_option
        assert option is not None
        assert "0191 222" in str(option.prompt)


async def test_the_family_never_sees_what_is_for_staff(laptop: Session) -> None:
    """In family view the earlier values of a field for staff are not shown, and nothing says where one was written."""
    person = somebody(laptop, take_care="Dog bites", address="1 Tyne Street")
    assert staff_only("person", "take_care")
    screen = FieldHistoryScreen(person, "take_care")
    async with opened_screen(laptop, screen) as pilot:
        app_of(pilot).family = True
        screen.reload()
        screen.refresh_frame()
        await pilot.pause()
        assert "Dog" not in painted(pilot)
        assert lines(pilot, "#earlier") == ["Only staff may read this."]
    async with opened_screen(laptop, FieldHistoryScreen(person, "address")) as pilot:
        app_of(pilot).family = True
        pilot.app.screen.query_one("#earlier")
        assert isinstance(pilot.app.screen, FieldHistoryScreen)
        pilot.app.screen.reload()
        assert "laptop" not in lines(pilot, "#earlier")[0]
        await choose(pilot, "#earlier", "Now:")
