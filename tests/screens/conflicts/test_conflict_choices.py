"""Conflicts that are chosen and not written: a list, an answer, a link; and everyday ones, kept all at once."""

import pytest
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.services.records import editing, field_conflicts, record_lists
from tests.screens.app_harness import planned
from tests.screens.team_harness import ONE, SIZES, TWO, TwoLaptops, choose, disagree, lines, opened_screen, shown, write

pytestmark = pytest.mark.anyio


async def test_a_third_answer_can_be_chosen(both: TwoLaptops) -> None:
    """Where nothing can be written, what nobody chose is offered too, in words, and Enter decides for it."""
    note = record_lists.new(both.one, "risk", both.person.record_id)
    risk = editing.save(both.one, note, {"want": "Go out alone", "likelihood": ""})
    disagree(both.team, both.one, both.two, risk, ("decision", "go_ahead", "not_now"))
    options = forms.field("risk", "decision")
    assert options
    assert options.options
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        assert shown(pilot, "#question") == "Which is right for: What was agreed?"
        assert shown(pilot, "#about").startswith("Go out alone")
        await choose(pilot, "#choose", "Choose something else")
        third = next(code for code in options.options if code not in {"go_ahead", "not_now"})
        await choose(pilot, "#choose", options.options[third])
    assert editing.read(both.two, "risk", risk.record_id, risk.person_id).text("decision") == third
    assert not field_conflicts.blocking(both.two, both.person.record_id)


async def test_a_link_is_shown_in_words(both: TwoLaptops) -> None:
    """A link's versions are the lines of what they point to, and a third can be chosen."""
    person_id = both.person.record_id
    needs = [
        editing.save(both.one, record_lists.new(both.one, "need", person_id), {"words": words})
        for words in ("Breathing at night", "Getting out", "Company")
    ]
    goal = planned(both.one, both.person)
    disagree(both.team, both.one, both.two, goal, ("need_id", needs[0].record_id, needs[1].record_id))
    async with opened_screen(both.two, ConflictScreen(person_id)) as pilot:
        while "Which need" not in shown(pilot, "#question"):
            await pilot.press("pagedown")
        assert lines(pilot, "#choose")[:2] == ["Keep version 1: Breathing at night", "Keep version 2: Getting out"]
        await choose(pilot, "#choose", "Choose something else")
        assert lines(pilot, "#choose") == ["Company", "Go back to the versions"]
        await choose(pilot, "#choose", "Go back to the versions")
        assert "Keep version 1: Breathing at night" in lines(pilot, "#choose")


def removed_and_written(both: TwoLaptops) -> Record:
    """A goal that one nurse takes off the list while another writes in it; both have exchanged since."""
    goal = planned(both.one, both.person)
    both.team.exchange(both.one, both.two)
    record_lists.remove(both.one, goal)
    write(both.two, goal, {"why": "I miss my friends there"})
    both.team.exchange(both.one, both.two, both.one)
    return goal


@pytest.mark.parametrize("size", SIZES)
async def test_taking_off_and_writing_are_shown_in_words(both: TwoLaptops, size: tuple[int, int]) -> None:
    """Who took it off and when, who wrote what, and the choice in words; never "yes" or "(nothing)"."""
    removed_and_written(both)
    async with opened_screen(both.two, ConflictScreen(), size) as pilot:
        assert shown(pilot, "#question") == "Keep or remove? Go to choir again"
        assert shown(pilot, "#about") == "Decide this before the plan is agreed or a budget is kept."
        panels = [str(panel.visual) for panel in pilot.app.screen.query(".version").results(Static)]
        assert panels[0].startswith("Keep it  Sam Brown (you), 23 November 2026 ")
        assert "Why does it matter? I miss my friends there" in panels[0]
        assert panels[1].startswith("Remove it  Ada Okafor, 23 November 2026 ")
        assert lines(pilot, "#choose") == ["Keep it", "Remove it"]


@pytest.mark.parametrize(("line", "there"), [("Keep it", True), ("Remove it", False)])
async def test_whether_it_stays_is_decided_on_both_laptops(both: TwoLaptops, line: str, *, there: bool) -> None:
    """The record is on the list or off it on both laptops, and nothing is left to decide about it."""
    goal = removed_and_written(both)
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await choose(pilot, "#choose", line)
    both.team.exchange(both.two, both.one)
    for laptop in (both.one, both.two):
        assert bool(record_lists.of(laptop, "goal", both.person.record_id)) is there
        assert not field_conflicts.blocking(laptop, both.person.record_id)
        assert editing.read(laptop, "goal", goal.record_id, goal.person_id).text("why") == "I miss my friends there"


async def test_a_click_takes_it_off_the_list(both: TwoLaptops) -> None:
    """The mouse decides about the list as the keys do."""
    goal = removed_and_written(both)
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await pilot.click("#choose", offset=(5, 2))
        await pilot.pause()
        assert not field_conflicts.blocking(both.two, both.person.record_id)
    assert not record_lists.is_listed(editing.read(both.two, "goal", goal.record_id, goal.person_id))


async def test_everyday_fields_are_marked_come_last_and_are_kept_with_one_key(both: TwoLaptops) -> None:
    """After what holds the plan up come everyday fields; what will be kept is shown, and Enter keeps all of it."""
    values = (("postcode", "A", "B"), ("communication", "Loud", "Slowly"))
    disagree(both.team, both.one, both.two, both.person, *values)
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        assert shown(pilot, "#question") == "Which is right for: How to communicate"
        assert "Keep the first version of all 2 contact details" not in lines(pilot, "#choose")
        await pilot.press("pagedown")
        assert shown(pilot, "#about").endswith("Contact detail: it can wait. The plan can be agreed without it.")
        await choose(pilot, "#choose", "Keep the first version of all 2 contact details")
        told = shown(pilot, "#fields")
        assert f"Phone: {ONE}  (Ada Okafor, " in told
        assert f"not: {TWO}  (Sam Brown (you), " in told
        await pilot.press("enter")
        await pilot.pause()
        assert [found.name for found in field_conflicts.conflicts(both.two)] == ["communication"]
    both.team.exchange(both.two, both.one)
    assert (both.on(both.one), both.on(both.one, "postcode")) == (ONE, "A")
    assert {ONE, TWO} <= {version.value for version in editing.history(both.one, both.person, "phone")}
