"""Where a name is asked, the names of those who are there are offered, and anything else can be typed."""

import pytest
from textual.widgets import OptionList

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.screens.widgets.name_field import NameOffers
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from phb_tui.store import device_status
from phb_tui.store.database import transaction
from tests.screens.screen_harness import lines, log_length, opened_screen, painted, somebody, type_words, words

pytestmark = pytest.mark.anyio
ASKED = {
    "answer.said_by", "other_voice.who", "plan_version.agreed_by", "risk.agreed_by", "attendee.name",
    "closing.read_back", "action.who", "task.who", "emergency_contact.name",
}  # fmt: skip


@pytest.fixture
def person(session: Session) -> Record:
    """Somebody with a daughter; the team has an officer."""
    found = somebody(session)
    new = record_lists.new(session, "contact", found.record_id)
    editing.save(session, new, {"name": "Beth Example", "relationship": "child"})
    with transaction(session.store.db):
        device_status.save_roster(session.store.db, {"people": [["nurse-2", "Sam Officer"]]})
    return found


def test_these_questions_offer_names() -> None:
    """Who said it, who agreed, who is here, who says it, who heard it, who will do it and who to call offer names."""
    offering = {f"{kind}.{field.name}" for kind in forms.kinds() for field in forms.form(kind).fields() if field.offers}
    assert offering >= ASKED


async def test_a_task_for_a_colleague_names_the_colleague(session: Session, person: Record) -> None:
    """The team stands first under a task; down arrow and Enter write the name, and the field keeps the keys."""
    task = record_lists.new(session, "task", person.record_id)
    async with opened_screen(session, FormScreen(task)) as pilot:
        await pilot.press(*"Ring", "tab")
        await pilot.pause()
        assert lines(pilot, "NameOffers") == [
            "+ Ada Okafor  in your team",
            "+ Sam Officer  in your team",
            "+ Rhys Price  The person",
            "+ Beth Example  Daughter or son",
        ]
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert words(pilot, "who").text == "Sam Officer"
        assert words(pilot, "who").has_focus
        await pilot.press("tab")
        await pilot.pause()
        assert words(pilot, "by_when").has_focus
    assert editing.read(session, "task", task.record_id, task.person_id).text("who") == "Sam Officer"


async def test_a_name_is_taken_with_a_click(session: Session, person: Record) -> None:
    """A click on a name that is offered writes it."""
    async with opened_screen(session, FormScreen(record_lists.new(session, "task", person.record_id))) as pilot:
        await pilot.press("tab")
        await pilot.pause()
        await pilot.click("NameOffers", offset=(4, 2))
        await pilot.pause()
        assert words(pilot, "who").text == "Rhys Price"


async def test_nothing_is_chosen_unasked(session: Session, person: Record) -> None:
    """Going through the field with Tab, Enter or the down arrow and back writes nothing, and Tab passes the names."""
    before = log_length(session)
    async with opened_screen(session, FormScreen(record_lists.new(session, "task", person.record_id))) as pilot:
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert words(pilot, "by_when").has_focus
        await pilot.press("shift+tab", "down", "up")
        await pilot.pause()
        assert words(pilot, "who").has_focus
        await pilot.press("tab")
        await pilot.pause()
        assert words(pilot, "by_when").has_focus
        await pilot.press("shift+tab", "enter")
        await pilot.pause()
        assert words(pilot, "by_when").has_focus
        assert all(offers.has_class("hidden") for offers in pilot.app.screen.query(NameOffers))
        await pilot.press("escape")
    assert log_length(session) == before


async def test_typing_shows_who_fits_and_something_else_stays(session: Session, person: Record) -> None:
    """Letters leave the names that begin so; what nobody is called is kept as it was typed."""
    task = record_lists.new(session, "task", person.record_id)
    async with opened_screen(session, FormScreen(task)) as pilot:
        await pilot.press("tab")
        await type_words(pilot, "of")
        await pilot.pause()
        assert lines(pilot, "NameOffers") == ["+ Sam Officer  in your team"]
        await type_words(pilot, " the bank")
        await pilot.pause()
        assert pilot.app.screen.query_one(NameOffers).has_class("hidden")
        await pilot.press("tab")
        await pilot.pause()
    assert editing.read(session, "task", task.record_id, task.person_id).text("who") == "of the bank"


async def test_several_names_are_taken_one_after_the_other(session: Session, person: Record) -> None:
    """Reading back may be to several: a name that is taken after a whole one is added to it."""
    visit = visits.start(session, person.record_id)
    screen = FormScreen(visits.closing(session, visit), context={"visit_id": visit.record_id})
    async with opened_screen(session, screen) as pilot:
        assert lines(pilot, "NameOffers")[0] == "+ Rhys Price  The person"
        await pilot.press("down", "enter", "down", "enter")
        await pilot.pause()
        assert words(pilot, "read_back").text == "Rhys Price, Ada Okafor"


async def test_taking_a_name_can_be_undone(session: Session, person: Record) -> None:
    """Ctrl+Z takes a name that was taken out of the field again."""
    async with opened_screen(session, FormScreen(record_lists.new(session, "task", person.record_id))) as pilot:
        await pilot.press("tab", "down", "enter", "ctrl+z")
        await pilot.pause()
        assert words(pilot, "who").text == ""


async def test_those_present_are_offered_in_the_conversation(session: Session, person: Record) -> None:
    """Who said it offers those at the visit, then the person; another voice does not offer the person."""
    visit = visits.start(session, person.record_id)
    async with opened_screen(session, ConversationScreen(visit, 1)) as pilot:
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert lines(pilot, "#own NameOffers")[:2] == ["+ Ada Okafor  nurse advisor", "+ Rhys Price  The person"]
        await pilot.press("down", "down", "enter", "tab")
        await pilot.pause()
        (answer,) = record_lists.of(session, "answer", person.record_id)
        assert answer.text("said_by") == "Rhys Price"
        await pilot.press("f7")
        await pilot.pause()
        assert "+ Beth Example  Daughter or son" in lines(pilot, "#other NameOffers")
        assert not any("Rhys Price" in line for line in lines(pilot, "#other NameOffers"))


async def test_the_person_comes_first_under_who_is_here(session: Session, person: Record) -> None:
    """The page of a visit offers the person before everybody else; once noted they are not offered again."""
    visits.start(session, person.record_id)
    async with opened_screen(session, TodayScreen(person.record_id)) as pilot:
        offered = [line for line in lines(pilot, "#visit") if line.startswith("+ ") and line.endswith("is here")]
        assert offered[:2] == ["+ Rhys Price is here", "+ Beth Example is here"]
        listed = pilot.app.screen.query_one("#visit", OptionList)
        listed.focus()
        listed.highlighted = lines(pilot, "#visit").index("+ Rhys Price is here")
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert "+ Rhys Price is here" not in painted(pilot)
    noted = visits.attendees(session, visits.start(session, person.record_id))
    (there,) = [record for record in noted if record.text("name") == "Rhys Price"]
    assert (there.text("name"), there.text("role"), there.text("speaks_for")) == ("Rhys Price", "The person", "")
