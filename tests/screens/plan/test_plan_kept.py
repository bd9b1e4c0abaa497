"""Choosing, agreeing and a second voice: kept at once, refused with a reason, never mixed."""

import pytest

from phb_tui.content.sections import section
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.plan.agree import AgreeScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests.screens.screen_harness import (
    ScreenBelow,
    arrive,
    choose,
    lines,
    opened_screen,
    painted,
    shown,
    somebody,
    type_in,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def person_id(laptop: Session) -> str:
    return somebody(laptop).record_id


async def test_a_number_chooses_and_backspace_takes_back(laptop: Session, person_id: str) -> None:
    """A choice is kept when its number is pressed, and taken back with Backspace."""
    form = FormScreen(record_lists.single(laptop, "money_choice", person_id))
    async with opened_screen(laptop, form) as pilot:
        pilot.app.screen.query_one(ChoiceList).focus()
        await pilot.press("3")
        await pilot.pause()
        assert record_lists.single(laptop, "money_choice", person_id).text("option") == "direct_payment"
        await pilot.press("backspace")
        await pilot.pause()
        assert record_lists.single(laptop, "money_choice", person_id).text("option") == ""


async def test_two_peoples_ticks_both_stay(laptop: Session, person_id: str) -> None:
    """Somebody else's tick comes in beside one's own."""
    record = record_lists.single(laptop, "eligibility", person_id)
    async with opened_screen(laptop, FormScreen(record)) as pilot:
        pilot.app.screen.query_one(ChoiceList).focus()
        await pilot.press("1")
        await pilot.pause()
        arrive(laptop, record, {"cohort:s117_aftercare": "yes"})
    kept = record_lists.single(laptop, "eligibility", person_id)
    assert (kept.text("cohort:adult_nhs_chc"), kept.text("cohort:s117_aftercare")) == ("yes", "yes")


async def test_a_choice_from_a_newer_version_stays_and_is_shown(laptop: Session, person_id: str) -> None:
    """A code this version does not know is marked as chosen, by its own name."""
    record = record_lists.single(laptop, "money_choice", person_id)
    arrive(laptop, record, {"option": "shared_purse"})
    async with opened_screen(laptop, FormScreen(record_lists.single(laptop, "money_choice", person_id))) as pilot:
        assert "(•) 7  shared_purse" in lines(pilot, "#field-option")


async def test_agreeing_too_early_says_why_and_loses_nothing(laptop: Session, person_id: str) -> None:
    """Without a goal nothing is agreed; each reason is named, and what was typed is there on coming back."""
    async with opened_screen(laptop, AgreeScreen(person_id, agreeing=True)) as pilot:
        await type_in(pilot, "agreed_by", "Rhys Price")
        pilot.app.screen.query_one("#agree").focus()
        await pilot.press("enter")
        await pilot.pause()
        named = lines(pilot, "#problem-list")
        assert any("change or keep" in line for line in named)
        assert "Choose how it was agreed." in named
        await pilot.press("escape")
        assert isinstance(pilot.app.screen, ScreenBelow)
        await pilot.app.push_screen(AgreeScreen(person_id, agreeing=True))
        await pilot.pause()
        assert "Rhys Price" in painted(pilot)
    assert plan_versions.versions(laptop, person_id) == []


async def test_what_stands_against_agreeing_stands_above_the_button(laptop: Session, person_id: str) -> None:
    """It is the first thing on the screen and has the focus; what can wait stays below the button."""
    async with opened_screen(laptop, AgreeScreen(person_id, agreeing=True)) as pilot:
        screen = pilot.app.screen
        against, button, missing = (screen.query_one(f"#{name}") for name in ("against", "agree", "missing"))
        assert against.region.y < screen.query_one("#page").region.y < button.region.y < missing.region.y
        assert pilot.app.focused is against
        assert any(line.startswith("There is no goal") for line in lines(pilot, "#against"))
        assert not any(line.startswith("There is no goal") for line in lines(pilot, "#missing"))
        editing.save(laptop, record_lists.new(laptop, "goal", person_id), {"words": "Go to choir"})
        screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert lines(pilot, "#against") == []
        assert pilot.app.focused is screen.query_one("#field-agreed_by")


async def test_a_missing_thing_leads_to_its_place(laptop: Session, person_id: str) -> None:
    """What is missing opens the list or the form where it belongs."""
    async with opened_screen(laptop, AgreeScreen(person_id, agreeing=False)) as pilot:
        await choose(pilot, "#against", "There is no goal")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, SectionScreen)
        assert screen.section.parts[0].kind == "goal"


async def test_another_voice_is_kept_apart_also_from_within_a_field(laptop: Session, person_id: str) -> None:
    """F7 while writing opens room for somebody else; their words never stand among the person's own."""
    visit = visits.start(laptop, person_id)
    async with opened_screen(laptop, ConversationScreen(visit, 1)) as pilot:
        await type_in(pilot, "words", "Mine")
        await pilot.press("f7")
        await pilot.pause()
        field = pilot.app.screen.query_one("#other-words")
        field.focus()
        await pilot.press("H", "e", "r", "s", "tab")
        await pilot.pause()
    statement = laptop.content.step(1).statements[0]
    assert conversation.statement_answer(laptop, visit, statement).answer.text("words") == "Mine"
    assert [voice.text("words") for voice in conversation.other_voices(laptop, visit)] == ["Hers"]


async def test_needs_and_adjustments_stand_on_every_screen_and_flags_not_for_the_family(
    laptop: Session, person_id: str
) -> None:
    """What has to be known is at the top of every screen about the person; flags only while staff look."""
    for kind, field, words in (
        ("accessible_need", "need", "BSL interpreter"),
        ("adjustment", "what", "After eleven"),
        ("flag", "what", "Second key"),
    ):
        editing.save(laptop, record_lists.new(laptop, kind, person_id), {field: words})
    for screen in (
        PersonOverviewScreen(person_id),
        SectionScreen(person_id, section("step-2")),
        FormScreen(somebody(laptop)),
    ):
        async with opened_screen(laptop, screen, (60, 20)) as pilot:
            head = shown(pilot, "#alerts-head")
            if isinstance(screen, FormScreen):
                assert "BSL" not in head, "someone else's record"
                continue
            assert all(words in head for words in ("BSL interpreter", "After eleven", "Second key"))
            assert all(len(line) <= 58 for line in head.splitlines())
            await pilot.app.run_action("family")
            await pilot.pause()
            assert "Second key" not in shown(pilot, "#alerts-head")
            assert "BSL interpreter" in shown(pilot, "#alerts-head")
