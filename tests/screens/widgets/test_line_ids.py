"""Lines of a list: each has an id of its own, whatever was written and whoever wrote it."""

from dataclasses import replace

import pytest
from textual.app import App, ComposeResult
from textual.widgets.option_list import Option

from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests import counts
from tests.screens.screen_harness import arrive, choose, lines, opened_screen, somebody

pytestmark = pytest.mark.anyio


@pytest.fixture
def visit(laptop: Session) -> Record:
    return visits.start(laptop, somebody(laptop).record_id)


def two_voices(laptop: Session, visit: Record) -> str:
    """The person's own words and a carer's about one statement; its text."""
    statement = laptop.content.statements[1]
    own = conversation.statement_answer(laptop, visit, statement).answer
    conversation.save_answer(laptop, visit, own, {"answer": "partly", "words": "On Tuesdays"})
    voice = conversation.other_voice(laptop, visit, statement)
    about = {"statement": statement.id, "visit_id": visit.record_id}
    editing.save(laptop, voice, {**about, "who": "Bea", "words": "Never on Mondays"})
    return statement.text


async def test_two_voices_on_one_statement_are_read_back(laptop: Session, visit: Record) -> None:
    """What the person and a carer say about one statement is read back as two lines."""
    text = two_voices(laptop, visit)
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        told = [line for line in lines(pilot, "#told") if line.startswith(text)]
        assert [line.splitlines()[-1] for line in told] == ['"On Tuesdays"', 'Bea: "Never on Mondays"']


@pytest.mark.parametrize("which", [0, 1])
async def test_either_voice_leads_to_its_statement(laptop: Session, visit: Record, which: int) -> None:
    """Enter on the person's own line, or on the carer's, opens their statement."""
    text = two_voices(laptop, visit)
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        told = [line for line in lines(pilot, "#told") if line.startswith(text)]
        await choose(pilot, "#told", told[which])
        assert isinstance(pilot.app.screen, ConversationScreen)
        assert pilot.app.screen.statement.text == text


async def test_two_answers_to_one_statement_are_both_read_back(laptop: Session, visit: Record) -> None:
    """Two records that answer one statement at one visit are both read back."""
    statement = laptop.content.statements[0]
    for words in ("On Tuesdays", "Never"):
        new = editing.new_record(laptop, "answer", visit.person_id)
        editing.save(laptop, new, {"statement": statement.id, "visit_id": visit.record_id, "words": words})
    async with opened_screen(laptop, ReadBackScreen(visit)) as pilot:
        told = "\n".join(lines(pilot, "#told"))
        assert '"On Tuesdays"' in told
        assert '"Never"' in told


@pytest.mark.parametrize("name", counts.some(["close", "right", "start", "talk", "add:task", "due-0", "None"]))
async def test_a_record_cannot_take_the_place_of_another_line(laptop: Session, visit: Record, name: str) -> None:
    """A record whose id is the name of another line opens as itself, and the other line does what it says."""
    task = replace(record_lists.new(laptop, "task", visit.person_id or ""), record_id=name)
    agenda = replace(record_lists.new(laptop, "agenda", visit.person_id or ""), record_id=f"{name}-2")
    arrive(laptop, task, {"what": "Ring the surgery", "by_when": "2026-11-01"})
    arrive(laptop, agenda, {"what": "The wheelchair"})
    for screen in (ReadBackScreen(visit), TodayScreen(visit.person_id or "")):
        async with opened_screen(laptop, screen) as pilot:
            selector = "#told" if isinstance(screen, ReadBackScreen) else "#visit"
            line = next(line for line in lines(pilot, selector) if "Ring the surgery" in line)
            await choose(pilot, selector, line)
            assert isinstance(pilot.app.screen, FormScreen)
            assert pilot.app.screen.record.record_id == name


async def test_the_same_id_twice_never_ends_the_app() -> None:
    """A list that is given one id twice shows both lines; the second is for reading only."""

    class OneList(App[None]):
        def compose(self) -> ComposeResult:
            yield LineList()

    async with OneList().run_test() as pilot:
        listed = pilot.app.query_one(LineList)
        refill(listed, [Option("First", id="one"), Option("Second", id="one"), Option("Third"), Option("Fourth")])
        assert [(str(option.prompt), option.disabled) for option in listed.options] == [
            ("First", False), ("Second", True), ("Third", False), ("Fourth", False),
        ]  # fmt: skip
