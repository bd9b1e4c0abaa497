"""Is it enough: needs with what meets them, one key to a line and back, the person's answer, and asking again."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.screens.budget.enough import EnoughScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.budget import budgets, look_again
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens import sample_budgets
from tests.screens.screen_harness import app_of, choose, lines, opened_screen, painted, shown, somebody, words_painted

pytestmark = pytest.mark.anyio


@pytest.fixture
def budget(session: Session) -> Record:
    """A budget with a need that is covered and two that nothing meets."""
    return sample_budgets.budget(session, somebody(session))


def found_needs(session: Session, budget: Record) -> list[str]:
    """Ids of the person's needs, in the order of the screen."""
    return [each.record_id for each in record_lists.of(session, "need", budget.person_id or "")]


async def test_each_need_leads_to_its_line_and_back(session: Session, budget: Record) -> None:
    """The line that meets a need stands under it with its amount, one key away; F7 begins one for a need without."""
    async with opened_screen(session, EnoughScreen(budget.person_id or "", budget.record_id)) as pilot:
        found = [" ".join(line.split()) for line in lines(pilot, "#needs")]
        assert found[:3] == [
            "Go to choir again ● Covered",
            "Ada Okafor: Monday to Friday 7 h 24,024.00",
            "Ask about a lift ! Nothing yet",
        ]
        assert found[3] == "Ask Bea whether they are willing to go on, and write it down"
        assert found[-2:] == ["These lines are for no need yet", "choir 359.88"]
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.record.kind == "shift"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.record.kind == "shift"
        assert pilot.app.screen.record.text("need_id") == found_needs(session, budget)[1]
        await pilot.press("escape")
        await pilot.pause()
        await choose(pilot, "#needs", "Ask about a lift")
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.page.title == "What meets it"


async def test_the_person_answers_and_asks_again(session: Session, budget: Record) -> None:
    """The answer is kept with the budget; asking makes one task with whom and by when, which is opened afterwards."""
    editing.save(session, record_lists.single(session, "local", None), {"service": "The team", "contact": "0191 000"})
    async with opened_screen(session, EnoughScreen(budget.person_id or "", budget.record_id), (80, 50)) as pilot:
        pilot.app.screen.query_one("ChoiceList").focus()
        await pilot.press("3")
        await pilot.pause()
        budget = editing.read(session, "budget", budget.record_id, budget.person_id)
        assert budget.text("enough") == "no"
        await choose(pilot, "#next", "Ask for it")
        assert "Asked: The team, 0191 000 looks at it again by Monday 7 December 2026" in words_painted(pilot)
        task = look_again.asked(session, budget)
        assert task is not None
        assert (task.text("who"), task.text("notes")) == (
            "The team, 0191 000",
            "In the person's words: Only a little",
        )
        assert task in reminders.to_do(session, budget.person_id or "")
        assert "Asked: Monday 7 December 2026" in painted(pilot)
        await choose(pilot, "#next", "Ask for it")
        assert isinstance(pilot.app.screen, FormScreen)
    editing.save(session, task, {"done": "yes"})
    assert look_again.asked(session, budget) is None
    assert look_again.ask(session, budget).record_id != task.record_id


async def test_family_view_asks_no_carer_and_shows_no_need_for_staff(session: Session, budget: Record) -> None:
    """Whether a carer goes on is asked of the carer alone; a need that is for staff is not counted."""
    person_id = budget.person_id or ""
    need = record_lists.of(session, "need", person_id)[2]
    editing.save(session, need, {"only_staff": "yes"})
    async with opened_screen(session, EnoughScreen(person_id, budget.record_id)) as pilot:
        app_of(pilot).action_family()
        await pilot.pause()
        found = " ".join(lines(pilot, "#needs"))
        assert "Bea" not in found
        assert "A phone number" not in found
        assert "Needs that are met: 1 of 2." in shown(pilot, "#how-many")
        assert "24,024.00" in found


async def test_a_person_without_a_budget_is_told_so(session: Session) -> None:
    """Without a budget, and without needs, the screen says what to do first."""
    person = somebody(session)
    async with opened_screen(session, EnoughScreen(person.record_id)) as pilot:
        assert "There is no budget yet" in painted(pilot)
    editing.save(session, record_lists.new(session, "budget", person.record_id), {"name": "At home"})
    async with opened_screen(session, EnoughScreen(person.record_id)) as pilot:
        assert "No need is written down yet" in painted(pilot)
        assert "At home" in painted(pilot)
    assert len(budgets.all_of(session, person.record_id)) == 1
