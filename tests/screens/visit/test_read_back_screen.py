"""What you told us: everything said at a visit, read together."""

import pytest
from textual.widgets import OptionList

from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests.screens.screen_harness import (
    SIZES,
    ScreenBelow,
    choose,
    lines,
    log_length,
    opened_screen,
    painted,
    shown,
    somebody,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def visit(laptop: Session) -> Record:
    return visits.start(laptop, somebody(laptop).record_id)


def say(laptop: Session, visit: Record, number: int, **values: str) -> str:
    statement = laptop.content.statements[number]
    conversation.save_answer(
        laptop, visit, conversation.statement_answer(laptop, visit, statement).answer, dict(values)
    )
    return statement.id


async def test_an_answer_stands_with_everything_that_was_said(laptop: Session, visit: Record) -> None:
    """An answer stands in words, with the person's words in quotes, who said it and what would make it true."""
    say(laptop, visit, 1, answer="partly", words="I never know who to ring", said_by="Rhys", would_help="One number")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        line = next(line for line in lines(pilot, "#told") if line.startswith(laptop.content.statements[1].text))
        assert line.splitlines()[1:] == [
            "Partly",
            '"I never know who to ring"',
            "Who said it: Rhys",
            "What would make it true: One number",
        ]


async def test_statements_that_were_not_asked_are_counted_in_one_line(laptop: Session, visit: Record) -> None:
    """What was not asked is one line with its number."""
    for number in range(4):
        say(laptop, visit, number, answer="yes")
    say(laptop, visit, 4, answer="not_asked")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        assert "23 statements were not asked today" in lines(pilot, "#told")


async def test_answers_stand_in_the_order_of_the_steps(laptop: Session, visit: Record) -> None:
    """Answers stand in the framework's order, whenever they were given."""
    for number in (20, 3):
        say(laptop, visit, number, answer="yes")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        listed = [line.splitlines()[0] for line in lines(pilot, "#told") if line.endswith("\nYes")]
        assert listed == [laptop.content.statements[number].text for number in (3, 20)]


async def test_enter_on_an_answer_goes_to_its_statement(laptop: Session, visit: Record) -> None:
    """Enter on an answer goes to the statement to change it."""
    statement_id = say(laptop, visit, 2, answer="yes")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        await choose(pilot, "#told", laptop.content.statements[2].text)
        assert isinstance(pilot.app.screen, ConversationScreen)
        assert pilot.app.screen.statement.id == statement_id


async def test_a_click_on_an_answer_goes_to_its_statement(laptop: Session, visit: Record) -> None:
    """A click on an answer goes to the statement to change it."""
    statement_id = say(laptop, visit, 1, answer="yes")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        await pilot.click("#told", offset=(4, 2))
        await pilot.pause()
        assert isinstance(pilot.app.screen, ConversationScreen)
        assert pilot.app.screen.statement.id == statement_id


async def test_what_is_wanted_stands_with_what_will_happen(laptop: Session, visit: Record) -> None:
    """Goals stand after the answers, each with its actions."""
    goal = editing.save(
        laptop, record_lists.new(laptop, "goal", visit.person_id or ""), {"words": "Sing in the choir again"}
    )
    taxi = record_lists.new(laptop, "action", visit.person_id or "")
    editing.save(laptop, taxi, {"what": "Taxi", "goal_id": goal.record_id})
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        listed = lines(pilot, "#told")
        assert listed[listed.index("Sing in the choir again") + 1] == "- Taxi"


async def test_enter_on_what_is_wanted_opens_it(laptop: Session, visit: Record) -> None:
    """Enter on a goal opens it to change it."""
    editing.save(laptop, record_lists.new(laptop, "goal", visit.person_id or ""), {"words": "Sing in the choir again"})
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        await choose(pilot, "#told", "Sing")
        assert isinstance(pilot.app.screen, FormScreen)


async def test_enter_on_what_will_happen_opens_it(laptop: Session, visit: Record) -> None:
    """Enter on a task opens it to change it."""
    say(laptop, visit, 1, would_help="One number", answer="partly")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        await choose(pilot, "#told", "- One number")
        assert isinstance(pilot.app.screen, FormScreen)


async def test_what_was_said_on_another_day_is_not_there(laptop: Session, visit: Record) -> None:
    """Only this visit's answers are read back."""
    earlier = editing.new_record(laptop, "visit", visit.person_id)
    earlier = editing.save(laptop, earlier, {"date": "2026-09-14"})
    say(laptop, earlier, 0, answer="yes")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        assert "27 statements were not asked today" in lines(pilot, "#told")


async def test_this_is_right_goes_back_and_marks_nothing(laptop: Session, visit: Record) -> None:
    """The last line of an earlier visit goes back and changes nothing."""
    visit = editing.save(laptop, visit, {"date": "2026-09-14"})
    before = log_length(laptop)
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        await choose(pilot, "#told", "This is right")
        assert isinstance(pilot.app.screen, ScreenBelow)
        assert log_length(laptop) == before


async def test_coming_back_shows_the_change_and_stays_on_the_line(laptop: Session, visit: Record) -> None:
    """After a change the list shows it and stays on its line."""
    say(laptop, visit, 1, answer="yes")
    say(laptop, visit, 2, answer="yes")
    screen = ReadBackScreen(visit)
    async with opened_screen(laptop, screen) as pilot:
        await pilot.press("down")
        say(laptop, visit, 2, answer="not_yet")
        screen.reload()
        option = screen.query_one("#told", OptionList).highlighted_option
        assert option is not None
        assert str(option.prompt).startswith(laptop.content.statements[2].text)
        assert str(option.prompt).endswith("Not yet")


async def test_words_are_shown_as_they_were_said(laptop: Session, visit: Record) -> None:
    """Square brackets in somebody's words are shown as they are."""
    say(laptop, visit, 1, words="[b]choir[/b]")
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        assert '"[b]choir[/b]"' in painted(pilot)


async def test_the_hints_say_how_to_change_a_line(laptop: Session, visit: Record) -> None:
    """The hints say that Enter changes a line."""
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        assert "Enter  Change" in shown(pilot, "#hints")


async def test_a_wide_screen_shows_the_visit(laptop: Session, visit: Record) -> None:
    """A wide screen shows the visit beside the answers."""
    async with opened_screen(laptop, ReadBackScreen(visit), (160, 48)) as pilot:
        assert "23 November 2026" in shown(pilot, "#visit")
        assert "23 November 2026" in painted(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_long_words_wrap_at_every_size(laptop: Session, visit: Record, size: tuple[int, int]) -> None:
    """The last word of something long is on the screen at every size."""
    say(laptop, visit, 1, words="and again " * 14 + "finally")
    async with opened_screen(laptop, ReadBackScreen(visit), size) as pilot:
        assert 'finally"' in painted(pilot)


async def test_the_last_line_closes_the_visit(laptop: Session, visit: Record) -> None:
    """On the day, the last line asks who heard it read back and when the next visit is."""
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        await choose(pilot, "#told", "This is right: close the visit")
        assert "Who was it read back to?" in painted(pilot)


async def test_another_voice_stands_apart(laptop: Session, visit: Record) -> None:
    """What a carer said stands under its own heading, with who said it, and is not among the person's own answers."""
    voice = conversation.other_voice(laptop, visit, laptop.content.statements[0])
    values = {"who": "Bea, his sister", "words": "He never asks", "statement": "S1-I1", "visit_id": visit.record_id}
    editing.save(laptop, voice, dict(values))
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        listed = lines(pilot, "#told")
        assert any(line.endswith('Bea, his sister: "He never asks"') for line in listed)
        assert "27 statements were not asked today" in listed


async def test_changing_what_somebody_else_said_leads_to_their_words(laptop: Session, visit: Record) -> None:
    """Enter on a carer's line opens the carer's words, not the person's answer; Esc comes back to what was read."""
    statement = laptop.content.statements[0]
    say(laptop, visit, 0, answer="yes", words="I know")
    voice = conversation.other_voice(laptop, visit, statement)
    said = {"visit_id": visit.record_id, "statement": statement.id, "who": "Beth", "words": "She did not know"}
    editing.save(laptop, voice, dict(said))
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        told = pilot.app.screen.query_one("#told", OptionList)
        told.highlighted = next(i for i, line in enumerate(lines(pilot, "#told")) if "Beth" in line)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("end", *" then", "escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, ReadBackScreen)
        assert any('Beth: "She did not know then"' in line for line in lines(pilot, "#told"))
    assert conversation.statement_answer(laptop, visit, statement).answer.text("words") == "I know"
