"""Everything a record ever held, also what is chosen and never typed, and what was decided."""

import pytest

from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.history.record_history import RecordHistoryScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.services.records import editing, field_conflicts, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests.screens.app_harness import planned
from tests.screens.screen_harness import somebody
from tests.screens.team_harness import ONE, TwoLaptops, opened_screen, shown

pytestmark = pytest.mark.anyio


async def test_what_was_chosen_has_a_history_too(session: Session) -> None:
    """F4 on a choice shows every choice in words, with who and when, and that it was taken off and put back."""
    person = somebody(session)
    risk = record_lists.new(session, "risk", person.record_id)
    for values in ({"decision": "go"}, {"decision": "not_now"}, {"removed": "yes"}, {"removed": ""}):
        risk = editing.save(session, risk, dict(values))
    async with opened_screen(session, FormScreen(risk, 3)) as pilot:
        pilot.app.screen.query(ChoiceList).first().focus()
        await pilot.press("f4")
        await pilot.pause()
        assert isinstance(pilot.app.screen, RecordHistoryScreen)
        told = shown(pilot, "#page-words")
        wanted = (
            "What was agreed? Go ahead as it is",
            "What was agreed? Not now",
            "Removed: Yes",
            "by Ada",
        )
        assert [words for words in wanted if words not in told] == []


async def test_an_answer_has_a_history(session: Session) -> None:
    """F4 on an answer's list shows the answers in words."""
    visit = visits.start(session, somebody(session).record_id)
    said = conversation.statement_answer(session, visit, session.content.statements[0])
    conversation.save_answer(session, visit, said.answer, {"answer": "not_yet"})
    async with opened_screen(session, ConversationScreen(visit, 1)) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        assert "Answer: Not yet" in shown(pilot, "#page-words")


async def test_what_was_decided_says_so(both: TwoLaptops) -> None:
    """A decision stands with who made it and when, and says that it was one."""
    (found,) = field_conflicts.conflicts(both.two)
    field_conflicts.resolve(both.two, found, ONE)
    async with opened_screen(both.two, RecordHistoryScreen(both.person)) as pilot:
        told = shown(pilot, "#page-words")
        assert "by Sam Brown (you), decided" in told
        assert f"Phone: {ONE}" in told


async def test_the_history_is_at_hand_where_it_is_decided(both: TwoLaptops) -> None:
    """F4 on the question of two versions shows what went before in that record."""
    planned(both.two, both.person)
    async with opened_screen(both.two, ConflictScreen()) as pilot:
        await pilot.press("f4")
        await pilot.pause()
        assert "Phone: 0" in shown(pilot, "#page-words")
