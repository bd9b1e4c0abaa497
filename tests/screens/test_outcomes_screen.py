"""What the person wants to change or keep, and what will happen for it."""

import pytest
from textual.widgets import OptionList

from phb_tui.domain.changes import Record
from phb_tui.screens.outcomes import ActionScreen, OutcomeScreen, OutcomesScreen
from phb_tui.services import planning, talking, writing
from phb_tui.services.session import Session
from tests.screens.table import (
    SIZES,
    arrive,
    choose,
    laid,
    lines,
    log_length,
    painted,
    press_continue,
    shown,
    somebody,
    type_in,
    words,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def person_id(laptop: Session) -> str:
    return somebody(laptop).record_id


@pytest.fixture
def choir(laptop: Session, person_id: str) -> Record:
    return writing.keep(laptop, planning.new_outcome(laptop, person_id), {"words": "Sing in the choir again"})


@pytest.fixture
def taxi(laptop: Session, choir: Record) -> Record:
    values = {"what": "Book a taxi", "who": "Mum", "by_when": "27 3 2027", "outcome_id": choir.record_id}
    return writing.keep(laptop, planning.new_action(laptop, choir), dict(values))


def follow_up(laptop: Session, person_id: str) -> None:
    visit = talking.start_visit(laptop, person_id)
    said = talking.said(laptop, visit, laptop.content.statements[0])
    talking.answer(laptop, visit, said.answer, {"answer": "partly", "would_help": "One phone number"})


async def test_the_list_gives_the_persons_words_with_how_many_actions(
    laptop: Session, person_id: str, taxi: Record
) -> None:
    """Each outcome stands in the person's words with its number of actions."""
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        assert lines(pilot, "#outcomes")[0] == "Sing in the choir again\n  1 action"


async def test_the_list_has_what_came_from_the_conversation(laptop: Session, person_id: str) -> None:
    """What would make a statement true stands in the list as something to do."""
    follow_up(laptop, person_id)
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        assert "One phone number" in lines(pilot, "#outcomes")


async def test_an_action_whose_outcome_is_gone_is_still_in_the_list(
    laptop: Session, person_id: str, choir: Record, taxi: Record
) -> None:
    """An action is not lost from sight when its outcome is taken off the list."""
    planning.remove(laptop, choir)
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        assert "Book a taxi - Mum - by 27 March 2027" in lines(pilot, "#outcomes")


async def test_enter_opens_an_outcome(laptop: Session, person_id: str, choir: Record) -> None:
    """Enter on an outcome opens it with its words."""
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        await choose(pilot, "#outcomes", "Sing")
        assert isinstance(pilot.app.screen, OutcomeScreen)
        assert words(pilot, "words").text == "Sing in the choir again"


async def test_a_click_opens_an_outcome(laptop: Session, person_id: str, choir: Record) -> None:
    """A click on an outcome opens it."""
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        await pilot.click("#outcomes", offset=(4, 0))
        await pilot.pause()
        assert isinstance(pilot.app.screen, OutcomeScreen)


async def test_something_new_is_in_the_list_on_coming_back(laptop: Session, person_id: str) -> None:
    """A new outcome is in the list after it was written."""
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        await choose(pilot, "#outcomes", "+ Add")
        await type_in(pilot, "words", "live at home")
        await pilot.press("escape")
        await pilot.pause()
        assert lines(pilot, "#outcomes")[0].startswith("live at home")


async def test_an_untouched_new_outcome_leaves_no_record(laptop: Session, person_id: str) -> None:
    """Opening something new and going back leaves nothing."""
    before = log_length(laptop)
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        await choose(pilot, "#outcomes", "+ Add")
        await pilot.press("tab", "tab", "escape")
        await pilot.pause()
        assert log_length(laptop) == before
        assert planning.outcomes(laptop, person_id) == []


async def test_an_outcome_shows_its_actions_with_who_and_when(laptop: Session, choir: Record, taxi: Record) -> None:
    """Under an outcome each action stands with who does it and by when."""
    async with laid(laptop, OutcomeScreen(choir)) as pilot:
        assert lines(pilot, "#actions") == ["Book a taxi - Mum - by 27 March 2027", "+ Add an action"]


async def test_a_new_action_belongs_to_its_outcome(laptop: Session, choir: Record) -> None:
    """The first words of a new action say which outcome it is for, in the same change."""
    before = log_length(laptop)
    async with laid(laptop, OutcomeScreen(choir)) as pilot:
        await choose(pilot, "#actions", "+ Add")
        await type_in(pilot, "what", "ask")
        await pilot.press("tab")
        await pilot.pause()
        assert [action.text("what") for action in planning.actions_of(laptop, choir)] == ["ask"]
        assert log_length(laptop) == before + 1


async def test_an_untouched_new_action_leaves_no_record(laptop: Session, choir: Record) -> None:
    """Opening a new action and going back leaves nothing."""
    before = log_length(laptop)
    async with laid(laptop, ActionScreen(planning.new_action(laptop, choir), choir.record_id)) as pilot:
        await pilot.press("tab", "tab", "tab", "escape")
        await pilot.pause()
        assert log_length(laptop) == before


async def test_an_action_is_marked_done_in_words(laptop: Session, choir: Record, taxi: Record) -> None:
    """Enter on "Not done yet" keeps it as done and says so; Enter again takes it back."""
    async with laid(laptop, ActionScreen(taxi, choir.record_id)) as pilot:
        await choose(pilot, "#marks", "( ) Not done yet")
        assert lines(pilot, "#marks")[0] == "(x) Done"
        assert planning.actions_of(laptop, choir)[0].text("done") == "yes"
        await pilot.press("enter")
        await pilot.pause()
        assert planning.actions_of(laptop, choir)[0].text("done") == ""


async def test_marking_done_keeps_what_was_being_typed(laptop: Session, choir: Record, taxi: Record) -> None:
    """Words typed just before marking an action done are kept too."""
    async with laid(laptop, ActionScreen(taxi, choir.record_id)) as pilot:
        await type_in(pilot, "who", " and Dad")
        await choose(pilot, "#marks", "( ) Not done yet")
        kept = planning.actions_of(laptop, choir)[0]
        assert (kept.text("who"), kept.text("done")) == ("Mum and Dad", "yes")


async def test_a_done_action_says_so_in_the_list(laptop: Session, choir: Record, taxi: Record) -> None:
    """A done action is marked by a word."""
    writing.keep(laptop, taxi, {"done": "yes"})
    async with laid(laptop, OutcomeScreen(choir)) as pilot:
        assert lines(pilot, "#actions")[0].startswith("Done: Book a taxi")


async def test_an_action_taken_off_the_list_can_be_put_back(laptop: Session, choir: Record, taxi: Record) -> None:
    """Taking an action off the list asks nothing and offers to put it back."""
    async with laid(laptop, ActionScreen(taxi, choir.record_id)) as pilot:
        await choose(pilot, "#marks", "Take off the list")
        assert planning.actions_of(laptop, choir) == []
        await choose(pilot, "#marks", "It is off the list now. Put it back")
        assert [action.record_id for action in planning.actions_of(laptop, choir)] == [taxi.record_id]


async def test_an_action_taken_off_is_gone_from_the_outcome(laptop: Session, choir: Record, taxi: Record) -> None:
    """An action taken off the list is not under its outcome on going back."""
    async with laid(laptop, OutcomeScreen(choir)) as pilot:
        await choose(pilot, "#actions", "Book a taxi")
        await choose(pilot, "#marks", "Take off the list")
        await pilot.press("escape")
        await pilot.pause()
        assert lines(pilot, "#actions") == ["+ Add an action"]


async def test_an_untouched_action_cannot_be_taken_off(laptop: Session, choir: Record) -> None:
    """What is not on the list yet cannot be taken off it."""
    async with laid(laptop, ActionScreen(planning.new_action(laptop, choir), choir.record_id)) as pilot:
        assert lines(pilot, "#marks") == ["( ) Not done yet"]


async def test_a_date_that_is_none_is_named_by_continue(laptop: Session, choir: Record, taxi: Record) -> None:
    """Continue names a date that is none; the words stay."""
    async with laid(laptop, ActionScreen(writing.keep(laptop, taxi, {"by_when": "soon"}), choir.record_id)) as pilot:
        await press_continue(pilot)
        assert shown(pilot, "#error-by_when").startswith("Error: Enter a date")
        assert words(pilot, "by_when").text == "soon"


async def test_an_action_from_the_conversation_gets_no_outcome(laptop: Session, person_id: str) -> None:
    """Writing in an action that came from an answer leaves it without an outcome."""
    follow_up(laptop, person_id)
    async with laid(laptop, OutcomesScreen(person_id)) as pilot:
        await choose(pilot, "#outcomes", "One phone number")
        await type_in(pilot, "who", "Ada")
        await pilot.press("escape")
        action = planning.actions(laptop, person_id)[0]
        assert (action.text("who"), "outcome_id" in action.fields) == ("Ada", False)


async def test_words_being_typed_are_not_overwritten(laptop: Session, choir: Record) -> None:
    """When changes arrive, the words somebody is typing stay, with the focus."""
    screen = OutcomeScreen(choir)
    async with laid(laptop, screen) as pilot:
        await type_in(pilot, "words", "!")
        arrive(laptop, choir, {"words": "something else", "why": "friends"})
        screen.fill()
        await pilot.pause()
        assert words(pilot, "words").text == "Sing in the choir again!"
        assert words(pilot, "words").has_focus
        assert words(pilot, "why").text == "friends"


async def test_the_list_stays_on_its_line_when_changes_arrive(laptop: Session, person_id: str, choir: Record) -> None:
    """When changes arrive, the list stays on the same line."""
    home = writing.keep(laptop, planning.new_outcome(laptop, person_id), {"words": "Live at home"})
    screen = OutcomesScreen(person_id)
    async with laid(laptop, screen) as pilot:
        await pilot.press("down")
        planning.remove(laptop, choir)
        screen.fill()
        await pilot.pause()
        option = screen.query_one("#outcomes", OptionList).highlighted_option
        assert option is not None
        assert option.id == home.record_id


async def test_a_wide_screen_shows_why_beside_the_list(laptop: Session, person_id: str, choir: Record) -> None:
    """A wide screen shows beside the list why the highlighted outcome matters."""
    writing.keep(laptop, choir, {"why": "my friends are there"})
    async with laid(laptop, OutcomesScreen(person_id), (160, 48)) as pilot:
        assert "my friends are there" in painted(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_the_words_and_a_way_to_add(
    laptop: Session, choir: Record, size: tuple[int, int]
) -> None:
    """At every size the person's words and "Add an action" are on the screen."""
    async with laid(laptop, OutcomeScreen(choir), size) as pilot:
        assert "Sing in the choir again" in painted(pilot)
        assert "+ Add an action" in painted(pilot)
