"""About Me: one heading at a time, in the person's own voice."""

import pytest

from phb_tui.content import forms
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import (
    SIZES,
    arrive,
    lines,
    log_length,
    opened_screen,
    painted,
    shown,
    somebody,
    type_in,
    words,
)

pytestmark = pytest.mark.anyio
HEADINGS = [field for field in forms.form("about_me").fields() if field.code]


@pytest.fixture
def person_id(laptop: Session) -> str:
    return somebody(laptop).record_id


async def test_it_begins_with_the_first_heading(laptop: Session, person_id: str) -> None:
    """The first heading, its prompt and its place are shown, ready to write."""
    first = HEADINGS[0]
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        assert shown(pilot, "#card") == first.label
        assert shown(pilot, "#prompt") == first.hint
        assert "1 of 7" in shown(pilot, "#head")
        assert words(pilot, first.name).has_focus


async def test_page_down_goes_to_the_next_heading_and_keeps_the_words(laptop: Session, person_id: str) -> None:
    """PgDn in the middle of a word keeps it as one change and goes to the next heading."""
    first, second = HEADINGS[:2]
    before = log_length(laptop)
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        await type_in(pilot, first.name, "my dog")
        await pilot.press("pagedown")
        await pilot.pause()
        assert record_lists.single(laptop, "about_me", person_id).text(first.name) == "my dog"
        assert log_length(laptop) == before + 1
        assert shown(pilot, "#card") == second.label
        assert words(pilot, second.name).has_focus


async def test_page_up_comes_back_to_the_words(laptop: Session, person_id: str) -> None:
    """PgUp comes back to a heading with what was written there."""
    first = HEADINGS[0]
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        await type_in(pilot, first.name, "my dog")
        await pilot.press("pagedown", "pageup")
        await pilot.pause()
        assert shown(pilot, "#card") == first.label
        assert words(pilot, first.name).text == "my dog"


async def test_the_content_changes_in_place(laptop: Session, person_id: str) -> None:
    """Turning to another heading opens no other screen."""
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        before = pilot.app.screen
        await pilot.press("pagedown", "pagedown")
        assert pilot.app.screen is before


async def test_after_the_headings_it_asks_who_helped(laptop: Session, person_id: str) -> None:
    """The last page asks who helped to write, and PgDn stays there."""
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        for _ in range(9):
            await pilot.press("pagedown")
        await type_in(pilot, "supported_by", "Mum")
        await pilot.press("escape")
        assert record_lists.single(laptop, "about_me", person_id).text("supported_by") == "Mum"


async def test_looking_through_the_headings_changes_nothing(laptop: Session, person_id: str) -> None:
    """Going through every heading without writing makes no change."""
    before = log_length(laptop)
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        for _ in range(8):
            await pilot.press("pagedown")
        await pilot.press("escape")
        assert log_length(laptop) == before


async def test_a_heading_being_written_is_not_overwritten(laptop: Session, person_id: str) -> None:
    """When changes arrive, the heading somebody is writing under keeps their words and the focus."""
    first = HEADINGS[0]
    screen = AboutMeScreen(person_id)
    async with opened_screen(laptop, screen) as pilot:
        await type_in(pilot, first.name, "my dog")
        arrive(laptop, record_lists.single(laptop, "about_me", person_id), {first.name: "my cat"})
        screen.reload()
        await pilot.pause()
        assert words(pilot, first.name).text == "my dog"
        assert words(pilot, first.name).has_focus


async def test_a_wide_screen_lists_what_is_written(laptop: Session, person_id: str) -> None:
    """A wide screen says of each heading whether something is written."""
    first = HEADINGS[0]
    editing.save(laptop, record_lists.single(laptop, "about_me", person_id), {first.name: "my dog"})
    async with opened_screen(laptop, AboutMeScreen(person_id), (160, 48)) as pilot:
        listed = lines(pilot, "#headings")
        assert listed[0].endswith("written")
        assert all(line.endswith("Not started") for line in listed[1:])
        assert "Not started" in painted(pilot)


async def test_a_click_in_the_list_goes_to_the_heading(laptop: Session, person_id: str) -> None:
    """A click on a heading in the list goes there."""
    async with opened_screen(laptop, AboutMeScreen(person_id), (160, 48)) as pilot:
        await pilot.click("#headings", offset=(4, 3))
        await pilot.pause()
        assert "2 of 7" in shown(pilot, "#head")


async def test_a_heading_is_shown_as_it_was_written(laptop: Session, person_id: str) -> None:
    """Square brackets in somebody's words are shown as they are."""
    first = HEADINGS[0]
    editing.save(laptop, record_lists.single(laptop, "about_me", person_id), {first.name: "my [b]dog[/b]"})
    async with opened_screen(laptop, AboutMeScreen(person_id)) as pilot:
        assert "my [b]dog[/b]" in painted(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_leaves_room_to_write(laptop: Session, person_id: str, size: tuple[int, int]) -> None:
    """At every size the longest heading leaves at least three rows to write in."""
    async with opened_screen(laptop, AboutMeScreen(person_id), size) as pilot:
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert words(pilot, HEADINGS[2].name).size.height >= 3
