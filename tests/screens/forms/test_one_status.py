"""An action has one status on the screen, in lists and on paper."""

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.documents import plan_document
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.app_harness import planned
from tests.screens.screen_harness import lines, log_length, opened_screen, somebody

pytestmark = pytest.mark.anyio


def action(session: Session, **values: str) -> Record:
    goal = planned(session, somebody(session))
    (found,) = record_lists.of(session, "action", goal.person_id or "")
    return editing.save(session, found, dict(values)) if values else found


async def test_an_action_has_no_second_mark(session: Session) -> None:
    """Below an action stands no mark "Done": the status says it."""
    async with opened_screen(session, FormScreen(action(session))) as pilot:
        assert lines(pilot, "#marks") == ["Remove"]


async def test_choosing_done_ends_an_action_and_planned_opens_it_again(session: Session) -> None:
    """One choice is one change: the action leaves what is to do, and comes back with another status."""
    kept = action(session)
    before = log_length(session)
    async with opened_screen(session, FormScreen(kept)) as pilot:
        pilot.app.screen.query_one("#field-status").focus()
        await pilot.press("3")
        await pilot.pause()
        assert log_length(session) == before + 1
        done = editing.read(session, "action", kept.record_id, kept.person_id)
        assert (done.text("status"), done.text("done")) == ("done", "yes")
        assert reminders.to_do(session, kept.person_id or "") == []
        assert record_lists.line(session, done).startswith("Done: Ask about a lift")
        await pilot.press("1")
        await pilot.pause()
    again = editing.read(session, "action", kept.record_id, kept.person_id)
    assert (again.text("status"), again.text("done")) == ("planned", "")
    assert [record.record_id for record in reminders.to_do(session, kept.person_id or "")] == [kept.record_id]


async def test_an_action_that_was_marked_done_shows_so(session: Session) -> None:
    """An action of an earlier version, marked as done and still "Planned", shows the one status "Done"."""
    async with opened_screen(session, FormScreen(action(session, status="planned"))) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        editing.save(session, screen.record, {"done": "yes"})
        screen.reload()
        await pilot.pause()
        chosen, other = SHAPES.chosen, SHAPES.not_chosen
        seen = lines(pilot, "#field-status")
        assert seen[:3] == [f"{other} 1  Planned", f"{other} 2  In progress", f"{chosen} 3  Done"]


async def test_a_status_that_is_put_back_takes_its_mark_along(session: Session) -> None:
    """Putting the earlier status back from the history makes the action due again."""
    kept = action(session, status="planned")
    done = editing.save(session, kept, {"status": "done"})
    versions = editing.history(session, done, "status")
    again = editing.restore(session, done, "status", versions[-1])
    assert (again.text("status"), again.text("done")) == ("planned", "")


def test_paper_says_one_status(session: Session) -> None:
    """The plan for professionals says "Done" once about an action of an earlier version, and "Planned" nowhere."""
    kept = action(session, status="planned")
    editing.save(session, kept, {"done": "yes"})
    blocks = " ".join(map(str, plan_document.plan(session, kept.person_id or "", full=True).blocks))
    assert "('Status', 'Done')" in blocks
    assert "Planned" not in blocks
    assert "('Done', 'Yes')" not in blocks


async def test_a_cancelled_action_is_not_due(session: Session) -> None:
    """What was cancelled or refused is not on the list of what is to do, and its line says which."""
    for status, word in (("cancelled", "Cancelled"), ("refused", "Refused")):
        kept = action(session, status=status)
        assert reminders.to_do(session, kept.person_id or "") == []
        assert record_lists.line(session, kept).startswith(f"{word}: ")
