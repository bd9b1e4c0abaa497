"""What a person's tasks are listed under."""

import pytest

from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import lines, opened_screen, somebody

pytestmark = pytest.mark.anyio


async def test_a_task_whose_date_nobody_can_read_is_due_now(session: Session) -> None:
    """Words in the place of a date count as due, as on the person's page; a later date and none do not."""
    person_id = somebody(session).record_id
    for what, by_when in (("Ring the office", "4-5/12"), ("Order a ramp", "27 3 2027"), ("Ask Bea", "")):
        editing.save(session, record_lists.new(session, "task", person_id), {"what": what, "by_when": by_when})
    async with opened_screen(session, TasksScreen(person_id)) as pilot:
        listed = [line.strip() for line in lines(pilot, "#to-do")]
    due, later = listed.index("Due now"), listed.index("Next")
    assert [line for line in listed[due:later] if line.startswith("Ring")]
    assert not [line for line in listed[due:later] if line.startswith(("Order", "Ask"))]
