"""Last time's answers in the conversation, on F4."""

import pytest

from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.earlier_answers import EarlierAnswersScreen
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests.screens.app_harness import opened, rhys
from tests.screens.screen_harness import painted

pytestmark = pytest.mark.anyio


async def test_last_times_answer_shows_small_and_whole_on_f4(session: Session) -> None:
    """An earlier visit's answer is shown beneath and F4 on an answer or in an empty field shows all of it."""
    person = rhys(session)
    earlier = editing.save(session, editing.new_record(session, "visit", person.record_id), {"date": "2026-03-27"})
    said = conversation.statement_answer(session, earlier, session.content.statement("S1-I1"))
    conversation.save_answer(
        session, earlier, said.answer, {"answer": "partly", "words": "Only her name", "said_by": "Bea"}
    )
    async with opened(session) as (app, pilot):
        await app.push_screen(ConversationScreen(visits.start(session, person.record_id), 1))
        await pilot.pause()
        assert "Last time, on 27 March 2026: Partly" in painted(pilot)
        for keys in (["f4"], ["tab", "f4"]):
            await pilot.press(*keys)
            await pilot.pause()
            text = painted(pilot)
            assert isinstance(app.screen, EarlierAnswersScreen)
            missing = [w for w in ("27 March 2026: Partly", "Only her name", "Who said it: Bea") if w not in text]
            assert missing == []
            await pilot.press("escape")
