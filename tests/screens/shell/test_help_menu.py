"""Help, the menu and the page that ends family view."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from phb_tui.content.steps import load
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.design.themes import THEMES
from phb_tui.screens.shell.help import HelpScreen
from phb_tui.screens.shell.leave_family_view import LeaveFamilyViewScreen
from phb_tui.screens.shell.menu import MenuScreen
from phb_tui.screens.widgets.read_only import ScrollPage
from phb_tui.services.session import Session
from tests.screens.team_harness import (
    SIZES,
    ScreenBelow,
    StaffScreenBelow,
    Team,
    app_of,
    opened_screen,
    painted,
    shown,
    team_in,
)

pytestmark = pytest.mark.anyio

KEYS = [
    ("escape", "Back", "Go back; everything is kept"),
    ("pagedown", "Next", "The next one"),
    ("f2", "Family view", "Turn the laptop to the family"),
    ("f9", "Menu", "Everything you can do here"),
    ("ctrl+l", "Lock", "Lock; everything is kept"),
    ("ctrl+s", "Save (saved automatically)", "There is no need to: all you type is saved"),
]
MANY = [(f"f{number}", f"Thing {number}", "") for number in range(20, 50)]


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    with team_in(tmp_path) as made:
        yield made


@pytest.fixture
def laptop(team: Team) -> Session:
    return team.laptop(1, "Ada Okafor")


def help_of(of: BaseScreen) -> HelpScreen:
    return HelpScreen(of, KEYS)


async def test_help_says_what_the_screen_is_for(laptop: Session) -> None:
    """Help begins with the words of the screen it was opened from, and names it at the top."""
    async with opened_screen(laptop, help_of(LeaveFamilyViewScreen())) as pilot:
        assert "The laptop is turned to the person and family." in painted(pilot)
        assert shown(pilot, "#head") == "Help: Family view"


async def test_help_lists_every_key_by_the_name_on_the_keyboard(laptop: Session) -> None:
    """Each key stands as it does on the keyboard, with its words and its explanation."""
    async with opened_screen(laptop, help_of(ScreenBelow())) as pilot:
        words = shown(pilot, "#page Static")
        assert "PgDn    Next. The next one." in words
        assert "Ctrl+L  Lock. Lock; everything is kept." in words
        assert "Ctrl+S  Save (saved automatically). There is no need to: all you type is saved." in words


async def test_help_explains_the_terms_and_gives_credit(laptop: Session) -> None:
    """Every term of art is explained, and the words' source stands last."""
    async with opened_screen(laptop, help_of(ScreenBelow())) as pilot:
        words = shown(pilot, "#page Static")
        assert [term.term for term in load().glossary if f"{term.term}: {term.meaning}" not in words] == []
        assert words.endswith(load().credit)


@pytest.mark.parametrize("key", ["escape", "f1"])
async def test_help_closes_with_esc_and_f1(laptop: Session, key: str) -> None:
    """Esc or F1 goes back to the screen help was opened from."""
    async with opened_screen(laptop, help_of(ScreenBelow())) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)


async def test_help_is_read_to_the_end_with_the_keyboard(laptop: Session) -> None:
    """The page has the focus when it is longer than the window, and End shows the credit line."""
    async with opened_screen(laptop, help_of(ScreenBelow())) as pilot:
        await pilot.press("end")
        await pilot.pause()
        assert "About Me v2.01" in painted(pilot)


async def test_help_that_fits_takes_no_focus(laptop: Session) -> None:
    """A page that is seen whole takes no focus, so Tab never goes nowhere."""
    async with opened_screen(laptop, help_of(ScreenBelow()), (160, 100)) as pilot:
        assert not pilot.app.screen.query_one(ScrollPage).focusable


async def test_help_opens_before_unlocking() -> None:
    """Help needs no open store."""
    async with Bare().run_test() as pilot:
        pilot.app.push_screen(help_of(ScreenBelow()))
        await pilot.pause()
        assert pilot.app.screen.query_one("#page Static")


async def test_help_in_family_view_never_leads_to_what_is_not_for_the_family(laptop: Session) -> None:
    """Turned to the family on the help page, Esc asks to turn the laptop back instead of showing other people."""
    async with opened_screen(laptop, help_of(StaffScreenBelow()), under=StaffScreenBelow) as pilot:
        app_of(pilot).family = True
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, HelpScreen)
        assert app_of(pilot).turned == 1


async def test_the_menu_shows_each_action_with_its_key(laptop: Session) -> None:
    """A line is the action, dots, and its key at the right; the menu itself is not in the list."""
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        pilot.app.push_screen(MenuScreen(KEYS))
        await pilot.pause()
        options = [str(option.prompt) for option in pilot.app.screen.query_one(OptionList).options]
        assert options[3].startswith("Lock ....")
        assert options[3].endswith(".... Ctrl+L")
        assert len({len(option) for option in options}) == 1
        assert not [option for option in options if option.startswith("Menu")]


@pytest.mark.parametrize(
    ("keys", "answer"),
    [(["enter"], "escape"), (["down", "down", "enter"], "f2"), (["escape"], None), (["f9"], None)],
)
async def test_the_menu_returns_the_chosen_key(laptop: Session, keys: list[str], answer: str | None) -> None:
    """Enter returns the key of the line; Esc and F9 return nothing."""
    answers: list[str | None] = []
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        pilot.app.push_screen(MenuScreen(KEYS), answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        assert answers == [answer]


async def test_a_click_in_the_menu_chooses(laptop: Session) -> None:
    """A click on a line returns its key."""
    answers: list[str | None] = []
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        pilot.app.push_screen(MenuScreen(KEYS), answers.append)
        await pilot.pause()
        await pilot.click("#lines", offset=(4, 3))
        await pilot.pause()
        assert answers == ["ctrl+l"]


async def test_a_long_menu_scrolls_in_a_small_window(laptop: Session) -> None:
    """At 60x20 the last of many lines is reached with End, and no line is cut."""
    async with opened_screen(laptop, ScreenBelow(), (60, 20)) as pilot:
        pilot.app.push_screen(MenuScreen(MANY))
        await pilot.pause()
        await pilot.press("down", "end")
        await pilot.pause()
        assert ". F49 " in painted(pilot)


def menu_lines(pilot: Pilot[int]) -> list[str]:
    """The lines of the menu, without dots and keys."""
    options = pilot.app.screen.query_one(OptionList).options
    return [str(option.prompt).split(" ..")[0] for option in options]


async def test_what_is_typed_narrows_the_menu(laptop: Session) -> None:
    """Letters leave the lines that have them, those first in which they begin a word, and choose none by themselves."""
    answers: list[str | None] = []
    keys = [("f8", "Unlocked", ""), *KEYS, ("f6", "Put a lock on", "")]
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        pilot.app.push_screen(MenuScreen(keys), answers.append)
        await pilot.pause()
        await pilot.press(*"LoC")
        await pilot.pause()
        assert menu_lines(pilot) == ["Lock", "Put a lock on", "Unlocked"]
        assert answers == []
        await pilot.press("enter")
        await pilot.pause()
        assert answers == ["ctrl+l"]


async def test_letters_typed_in_the_list_narrow_it_too(laptop: Session) -> None:
    """After an arrow letters still narrow the menu, and Backspace takes the last one out again."""
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        pilot.app.push_screen(MenuScreen(KEYS))
        await pilot.pause()
        await pilot.press("down", "l", "o", "down", "backspace", "backspace", "f", "a")
        await pilot.pause()
        assert menu_lines(pilot) == ["Family view"]


async def test_enter_runs_no_line_that_does_not_match(laptop: Session) -> None:
    """With words that no line has the menu says so, Enter does nothing, and Esc shows every line again, then closes."""
    answers: list[str | None] = []
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        pilot.app.push_screen(MenuScreen(KEYS), answers.append)
        await pilot.pause()
        await pilot.press("z", "z", "enter", "down", "enter")
        await pilot.pause()
        assert menu_lines(pilot) == ["Nothing here has these words. Esc shows everything again."]
        assert isinstance(pilot.app.screen, MenuScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert len(menu_lines(pilot)) == len(KEYS) - 1
        assert answers == []
        await pilot.press("escape")
        await pilot.pause()
        assert answers == [None]


async def test_enter_chooses_by_the_words_that_stand_there(laptop: Session) -> None:
    """Enter pressed before the lines were narrowed chooses by what stands in the field, not by the lines before."""
    answers: list[str | None] = []
    async with opened_screen(laptop, ScreenBelow()) as pilot:
        menu = MenuScreen(KEYS)
        pilot.app.push_screen(menu, answers.append)
        await pilot.pause()
        field = menu.query_one(Input)
        with field.prevent(Input.Changed):
            field.value = "lock"
        field.post_message(Input.Submitted(field, "lock"))
        await pilot.pause()
        assert answers == ["ctrl+l"]


@pytest.mark.parametrize("keys", [["escape"], ["f2"], ["f8"], ["s", "t", "a", "f", "f", "escape"]])
async def test_staying_in_family_view_changes_nothing(laptop: Session, keys: list[str]) -> None:
    """Esc, F2 and F8 leave the page and family view stays, also when the word stands there."""
    async with opened_screen(laptop, LeaveFamilyViewScreen(then_back=True)) as pilot:
        app_of(pilot).family = True
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
        assert app_of(pilot).family


@pytest.mark.parametrize("keys", [["enter"], ["down", "enter"], ["s", "t", "a", "f", "enter"], [*"staffs", "enter"]])
async def test_nothing_but_the_word_ends_family_view(laptop: Session, keys: list[str]) -> None:
    """Enter, the arrows or another word stay on the page, and it says what to type."""
    async with opened_screen(laptop, LeaveFamilyViewScreen()) as pilot:
        app_of(pilot).family = True
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(pilot.app.screen, LeaveFamilyViewScreen)
        assert app_of(pilot).family
        assert "Type the word staff, or press Esc" in painted(pilot)


@pytest.mark.parametrize(("then_back", "left"), [(False, 3), (True, 2)])
@pytest.mark.parametrize("word", ["staff", " Staff "])
async def test_the_word_leaves_family_view(laptop: Session, word: str, then_back: bool, left: int) -> None:  # noqa: FBT001 - a case
    """The word and Enter leave family view, and go one screen further back when that was asked for."""
    async with opened_screen(laptop, LeaveFamilyViewScreen(then_back=then_back)) as pilot:
        app_of(pilot).family = True
        pilot.app.screen.query_one(Input).value = word
        await pilot.press("enter")
        await pilot.pause()
        assert not app_of(pilot).family
        assert len(pilot.app.screen_stack) == left


@pytest.mark.parametrize("size", SIZES)
async def test_the_request_to_turn_is_seen_at_every_size(laptop: Session, size: tuple[int, int]) -> None:
    """The request, the word and the way back are on the screen at every size."""
    async with opened_screen(laptop, LeaveFamilyViewScreen(), size) as pilot:
        text = " ".join(painted(pilot).split())
        assert "Turn the laptop back to you first." in text
        assert "type the word staff and press Enter" in text
        assert "Esc stays in family view" in text


class Bare(App[int]):
    """The app before unlocking: no session, only colours."""

    family = False
    status = None
    saved = ""

    def __init__(self) -> None:
        super().__init__()
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
