"""What is typed where there are two versions is never lost, whatever happens before it is decided."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, TextArea

from phb_tui.errors import NotSaved
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.services.records import field_conflicts
from tests import stores
from tests.screens.team_harness import (
    ONE,
    PASSPHRASE,
    TWO,
    ScreenBelow,
    TwoLaptops,
    app_of,
    choose,
    disagree,
    opened_screen,
    shown,
    write_in,
)

pytestmark = pytest.mark.anyio


def text(pilot: Pilot[int]) -> TextArea:
    return pilot.app.screen.query_one(TextArea)


async def test_a_full_disk_is_said_and_the_words_stay(both: TwoLaptops, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a decision cannot be saved a sentence says so, and what was typed is still there."""

    def full(*_args: object) -> None:
        raise NotSaved("The disk is full.")

    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " x")
        monkeypatch.setattr(field_conflicts, "resolve", full)
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert shown(pilot, "#saved") == "There is a problem: The disk is full."
        assert text(pilot).text.endswith(" x")


async def test_going_to_another_question_and_back_keeps_what_was_typed(both: TwoLaptops) -> None:
    """PgDn and PgUp move between questions, and what was being typed is there again."""
    disagree(both.team, both.one, both.two, both.person, ("address", "A", "B"))
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        first = shown(pilot, "#question")
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " mine")
        await pilot.press("pagedown")
        await pilot.pause()
        assert shown(pilot, "#question") != first
        assert "2 of 2" in shown(pilot, "#head")
        await pilot.press("pageup")
        await pilot.pause()
        assert shown(pilot, "#question") == first
        assert text(pilot).text.endswith(" mine")
        assert text(pilot).has_focus


async def test_esc_leaves_the_writing_first(both: TwoLaptops) -> None:
    """Esc goes from writing to the choice and keeps the words; a second Esc goes back."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " mine")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen.query_one("#choose", OptionList).has_focus
        await choose(pilot, "#choose", "Write")
        assert text(pilot).text.endswith(" mine")


async def test_what_was_not_decided_is_kept_on_leaving(both: TwoLaptops) -> None:
    """Leaving without Continue keeps the words as a version, and the question stays open."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " mine")
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
    assert both.on(both.two).endswith(" mine")
    assert len(field_conflicts.conflicts(both.two)) == 1
    assert both.begun().count(f"{ONE}\n\n{TWO} mine") == 1


async def test_typing_survives_a_crash(both: TwoLaptops, tmp_path: Path) -> None:
    """What was being typed when the laptop stopped is there after unlocking, and the question is still open."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " mine")
        app_of(pilot).autosaver.save_draft()
        both.team.stop(both.two)
        again = stores.unlock(tmp_path / "device-2" / "stores", PASSPHRASE)
        both.team.laptops.append(again)
        assert both.on(again).endswith(" mine")
        assert len(field_conflicts.conflicts(again)) == 1
        app_of(pilot).unlocked = again


async def test_words_arriving_leave_what_is_typed_alone(both: TwoLaptops) -> None:
    """A third version that arrives is shown; the words and the cursor of the one who types stay."""
    screen = ConflictScreen()
    three = both.team.laptop(3, "Jo Smith")
    async with opened_screen(both.two, screen) as pilot:
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " mine")
        both.team.exchange(three)
        disagree(both.team, both.one, three, both.person, ("phone", "Call at noon", "Call at one"))
        both.team.exchange(both.two)
        screen.reload()
        await pilot.pause()
        assert text(pilot).text == f"{ONE}\n\n{TWO} mine"
        assert text(pilot).has_focus
        assert len(screen.query(".version")) == 3


async def test_somebody_else_deciding_first_loses_nothing(both: TwoLaptops) -> None:
    """When the other laptop decides while somebody types here, the words here are kept as well."""
    screen = ConflictScreen()
    async with opened_screen(both.two, screen) as pilot:
        await choose(pilot, "#choose", "Write")
        await write_in(pilot, " mine")
        both.team.exchange(both.one)
        field_conflicts.resolve(both.one, field_conflicts.conflicts(both.one)[0], "Decided")
        both.team.exchange(both.one, both.two)
        screen.reload()
        await pilot.pause()
        assert shown(pilot, "#question") == "Nothing left to decide."
    assert {"Decided", f"{ONE}\n\n{TWO} mine"} <= set(both.begun())
