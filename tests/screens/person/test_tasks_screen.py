"""What a person's tasks are listed under."""

import pytest

from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import lines, opened_screen, painted, shown, somebody

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


async def test_tasks_of_another_way_stand_under_why_they_are_not_needed(session: Session) -> None:
    """Below what is done, in the order of setting up, and they do not count among what there is to do."""
    person_id = somebody(session).record_id
    for way in ("direct_payment", "notional"):
        editing.save(session, record_lists.single(session, "setup", person_id), {"management": way})
        reminders.make_tasks(session, person_id)
    async with opened_screen(session, TasksScreen(person_id), size=(160, 48)) as pilot:
        listed = [line.strip() for line in lines(pilot, "#to-do")]
        counted = shown(pilot, "#how-far")
    at = listed.index("Not needed any more. The budget is managed in another way now")
    assert [line.partition(" - ")[0] for line in listed[at + 1 :]] == [
        "Agree which bank account the direct payment goes to: a separate one, or one it may share",
        "Sign the direct payment agreement",
        "Offer the person support as an employer",
        "Find and choose personal assistants, with checks and contracts",
        "Train the people who give the care, and sign off healthcare tasks",
    ]
    assert counted == "Tasks, and actions of the plan: 0 of 5 done. 5 are not needed any more."


async def test_what_is_done_shows_the_day_it_was_done_and_not_when_it_was_due(session: Session) -> None:
    """The due day is over with it; what is open has a short day, and no word of it is cut."""
    person_id = somebody(session).record_id
    what = "Take out employer's liability insurance that begins by the first day, and public liability insurance"
    for done in ("yes", ""):
        new = record_lists.new(session, "task", person_id)
        editing.save(session, new, {"what": what, "by_when": "2027-01-07", **({"done": done} if done else {})})
    async with opened_screen(session, TasksScreen(person_id), size=(80, 24)) as pilot:
        listed = " ".join(painted(pilot).replace("|", " ").split())
    assert "7 Jan " in listed
    assert "7 January" not in listed
    assert "Done: Take out" in listed
    assert "23 Nov" in listed
    assert listed.count("public liability insurance") == 2
    assert "1 of 2 done" in listed
