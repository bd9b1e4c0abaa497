"""Two versions of a field: both are seen with what differs, and a person decides."""

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.widgets.read_only import marked_versions
from phb_tui.services.records import field_conflicts
from phb_tui.services.visit import conversation, visits
from tests.screens.team_harness import (
    ONE,
    SIZES,
    TWO,
    ScreenBelow,
    TwoLaptops,
    app_of,
    choose,
    disagree,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    write,
    write_in,
)

pytestmark = pytest.mark.anyio


def text(pilot: Pilot[int]) -> TextArea:
    return pilot.app.screen.query_one(TextArea)


async def test_whose_which_and_how_many_are_said(both: TwoLaptops) -> None:
    """The person, the field's plain name and the number of questions are on the screen."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        assert " ".join(shown(pilot, "#head").split()) == "Rhys Price Two versions: 1 of 1"
        assert shown(pilot, "#question") == "Which is right for: Phone"


async def test_what_stood_there_before_both_is_shown(both: TwoLaptops) -> None:
    """The value that both of them had on their screens stands above the versions."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        assert shown(pilot, "#about").splitlines()[0] == "Before both: 0"


@pytest.mark.parametrize("size", SIZES)
async def test_both_versions_are_seen_with_who_and_when(both: TwoLaptops, size: tuple[int, int]) -> None:
    """Each version stands with who wrote it and when; this laptop's nurse is called by her name."""
    async with opened_screen(both.two, ConflictScreen(), size) as pilot:
        panels = [str(panel.visual) for panel in pilot.app.screen.query(".version").results(Static)]
        assert panels[0].startswith("Version 1  Ada Okafor, 23 November 2026 ")
        assert panels[1].startswith("Version 2  Sam Brown (you), 23 November 2026 ")
        assert "Keep version 2" in painted(pilot)


async def test_what_differs_is_marked_by_shape() -> None:
    """Words that differ stand in brackets, runs of them together, and line breaks stay."""
    shapes = [str(version) for version in marked_versions(["I like my coffee\n\nblack now", "I like tea\n\nblack"])]
    assert shapes == ["I like [my coffee]\n\nblack [now]", "I like [tea]\n\nblack"]


async def test_three_versions_are_each_marked() -> None:
    """The first version is marked wherever any other differs from it."""
    shapes = [str(version) for version in marked_versions(["a b c", "a x c", "a b"])]
    assert shapes == ["a [b c]", "a [x] c", "a b"]


async def test_panels_stand_beside_each_other_only_when_there_is_room(both: TwoLaptops) -> None:
    """At 160 columns versions stand side by side; at 80 one below the other."""
    for size, beside in (((160, 48), True), ((80, 24), False)):
        async with opened_screen(both.two, ConflictScreen(), size) as pilot:
            first, second = pilot.app.screen.query(".version")
            assert (first.region.y == second.region.y) is beside


@pytest.mark.parametrize(("number", "kept"), [(1, ONE), (2, TWO)])
async def test_a_choice_ends_the_conflict_on_both_laptops(both: TwoLaptops, number: int, kept: str) -> None:
    """Choosing a version settles it, says so, and the other laptop gets the same."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", f"Keep version {number}")
        assert shown(pilot, "#question") == "Nothing left to decide."
        assert app_of(pilot).saved == "Saved on this laptop 10:42"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ScreenBelow)
    both.team.exchange(both.two, both.one)
    assert both.on(both.one) == both.on(both.two) == kept
    assert field_conflicts.conflicts(both.one) == field_conflicts.conflicts(both.two) == []


async def test_a_click_decides(both: TwoLaptops) -> None:
    """A click on a version keeps it."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await pilot.click("#choose", offset=(5, 2))
        await pilot.pause()
        assert both.on(both.two) == TWO
        assert field_conflicts.conflicts(both.two) == []


async def test_something_else_starts_from_both_versions(both: TwoLaptops) -> None:
    """The line for something else gives room with all versions in it, and Continue keeps what was made of them."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", "Write")
        assert text(pilot).has_focus
        assert text(pilot).text == f"{ONE}\n\n{TWO}"
        await write_in(pilot, " please")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert shown(pilot, "#question") == "Nothing left to decide."
    assert both.on(both.two) == f"{ONE}\n\n{TWO} please"
    both.team.exchange(both.two, both.one)
    assert both.on(both.one) == both.on(both.two)
    assert field_conflicts.conflicts(both.one) == []


async def test_an_empty_decision_is_asked_again(both: TwoLaptops) -> None:
    """Continue without words says what to do and decides nothing."""
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", "Write")
        text(pilot).clear()
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert shown(pilot, "#error") == "Error: Write what is right, or choose a version."
        assert len(field_conflicts.conflicts(both.two)) == 1
        assert text(pilot).has_focus


async def test_a_wrong_date_is_named_once(both: TwoLaptops) -> None:
    """Continue names a date that is none; a second Continue keeps it, for a nurse's words are never refused."""
    disagree(both.team, both.one, both.two, both.person, ("next_visit", "1 2 2027", "2 2 2027"))
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        while "Phone" in shown(pilot, "#question"):
            await pilot.press("pagedown")
        await choose(pilot, "#choose", "Write")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert shown(pilot, "#error").startswith("Error: Enter a date")
        await pilot.press("tab", "enter")
        await pilot.pause()
        assert len(field_conflicts.conflicts(both.two)) == 1


async def test_answers_are_in_words_and_chosen_not_written(both: TwoLaptops) -> None:
    """An answer's versions stand in words under their statement, and nothing else can be written."""
    visit = visits.start(both.one, both.person.record_id)
    statement = both.one.content.statements[0]
    said = conversation.statement_answer(both.one, visit, statement)
    answer = conversation.save_answer(both.one, visit, said.answer, {"answer": "partly"})
    disagree(both.team, both.one, both.two, answer, ("answer", "yes", "not_yet"))
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        while "Answer" not in shown(pilot, "#question"):
            await pilot.press("pagedown")
        assert lines(pilot, "#choose") == ["Keep version 1: Yes", "Keep version 2: Not yet", "Choose something else"]
        assert shown(pilot, "#about").startswith(statement.text)


async def test_only_one_persons_are_shown_when_asked(both: TwoLaptops) -> None:
    """Opened from a person, the screen asks about that person only."""
    other = somebody(both.one, phone="0")
    disagree(both.team, both.one, both.two, other, ("phone", "1", "2"))
    async with opened_screen(both.two, ConflictScreen(other.record_id)) as pilot:
        assert "1 of 1" in shown(pilot, "#head")
        assert lines(pilot, "#choose")[0] == "Keep version 1: 1"


async def test_brackets_in_words_stay(both: TwoLaptops) -> None:
    """Square brackets that somebody wrote are shown as they are."""
    other = somebody(both.one, phone="0")
    disagree(both.team, both.one, both.two, other, ("phone", "[b]x[/b]", "[/] y"))
    async with opened_screen(both.two, ConflictScreen(other.record_id)) as pilot:
        assert lines(pilot, "#choose")[:2] == ["Keep version 1: [b]x[/b]", "Keep version 2: [/] y"]


async def test_versions_longer_than_the_window_are_read_with_tab(both: TwoLaptops) -> None:
    """Versions that do not fit take the focus by Tab, and End shows their last words."""
    long = "Knock twice and wait. " * 30
    write(both.one, both.person, {"address": "0"})
    disagree(both.team, both.one, both.two, both.person, ("address", long + "One.", long + "Two."))
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        while "Address" not in shown(pilot, "#question"):
            await pilot.press("pagedown")
        await pilot.press("shift+tab", "end")
        await pilot.pause()
        assert "[Two.]" in painted(pilot)
