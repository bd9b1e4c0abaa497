"""Keys mean the same on every screen."""

from typing import Any

import pytest
from textual.binding import Binding
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.shell.help import HelpScreen
from phb_tui.screens.shell.key_map import KEY_MAP
from phb_tui.screens.visit.conversation import LAST, ConversationScreen
from phb_tui.screens.widgets.answer_list import AnswerList
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation
from tests.screens.app_harness import on_each, opened, rhys, talk
from tests.screens.screen_harness import shown
from tests.screens.test_every_screen import ours

pytestmark = pytest.mark.anyio
MEANINGS = {meaning.key: meaning.action for meaning in KEY_MAP if meaning.key.startswith("f")}
CLOSES = {"back", "nothing", "dismiss(None)"}
"""Actions of a page that the same key opens: pressed again it closes the page, or does nothing there."""


def is_another(binding: Binding) -> bool:
    """Whether a binding gives a key of the map another meaning."""
    keys = [key for key in binding.key.split(",") if key in MEANINGS]
    return any(binding.id != MEANINGS[key] for key in keys) and binding.action not in CLOSES


async def test_no_key_of_the_map_has_another_meaning_on_any_screen(session: Session) -> None:
    """On every screen as it is opened F1 to F9 do what the map says, or nothing."""

    async def look(app: PhbApp, _pilot: Pilot[int], screen: Screen[Any]) -> object:
        there = [active.binding for active in screen.active_bindings.values() if active.enabled]
        return [f"{binding.key}: {binding.action}" for binding in there if is_another(binding)]

    assert await on_each(session, rhys(session), look) == {}


def test_no_part_of_a_screen_gives_a_key_of_the_map_another_meaning() -> None:
    """No screen or widget of ours binds F1 to F9 to anything but what the map says."""
    wrong = [
        f"{kind.__name__}: {binding.key} {binding.action}"
        for kind in ours(Widget) | ours(Screen) | {PhbApp}
        for binding in kind.__dict__.get("BINDINGS", [])
        if is_another(binding)
    ]
    assert wrong == []


async def test_help_says_the_map_once(session: Session) -> None:
    """Help names every key of the map once, in its order, with what it is here, and every other key below."""
    async with opened(session) as (app, pilot):
        await app.push_screen(ConversationScreen(talk(session, rhys(session)), 1))
        await pilot.press("f1")
        await pilot.pause()
        assert isinstance(app.screen, HelpScreen)
        rows = shown(pilot, "#page Static").splitlines()
    names = ["F1", "F2", "F3", "F4", "F5", "F6", "F7", "F8", "F9", "Esc", "Ctrl+P"]
    first = [row.split()[0] for row in rows if row.split() and row.split()[0] in names and row[7:8] == " "]
    assert first == names
    assert "F6      More about this. Here: In plain words. Easier words and a question to ask." in rows
    assert [row for row in rows if row.startswith("PgDn    Next")] != []


async def test_pages_turn_by_ctrl_and_an_arrow_too(session: Session) -> None:
    """Ctrl+Down and Ctrl+Up go to the next and the previous statement, also from a field, whose words are kept."""
    async with opened(session) as (app, pilot):
        screen = ConversationScreen(talk(session, rhys(session)), 1)
        await app.push_screen(screen)
        await pilot.press("tab", *"Zwords", "ctrl+down")
        await pilot.pause()
        assert screen.statement.number == 2
        await pilot.press("ctrl+up")
        await pilot.pause()
        assert screen.statement.number == 1
        said = conversation.statement_answer(session, screen.visit, screen.statement)
        assert "Zwords" in said.answer.text("words")


async def test_enter_on_the_chosen_answer_goes_on(session: Session) -> None:
    """A digit answers and Enter then goes on; Enter on another answer chooses it first; the end is said aloud."""
    async with opened(session) as (app, pilot):
        screen = ConversationScreen(talk(session, rhys(session)), 1)
        await app.push_screen(screen)
        await pilot.press("1", "enter")
        await pilot.pause()
        assert screen.statement.number == 2
        await pilot.press("right", "left", "left", "enter")
        await pilot.pause()
        assert screen.statement.number == 2
        await pilot.press("enter")
        await pilot.pause()
        assert screen.statement.number == 3
        answers = conversation.answers(session, screen.visit)
        assert answers[session.content.statements[0].id].text("answer") == "yes"
        screen.action_move(24)
        await pilot.pause()
        assert isinstance(app.focused, AnswerList)
        await pilot.press("enter")
        await pilot.pause()
        assert shown(pilot, "#saved") == LAST
