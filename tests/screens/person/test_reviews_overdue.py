"""A review that is overdue is seen where people are: in the list, on the person's page, at the visit."""

import pytest

from phb_tui.domain.records.changes import Value
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.services.person import reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import choose, opened_screen, painted, somebody, words_painted

pytestmark = pytest.mark.anyio

NARROW = 80
"""Columns in which nothing stands beside the person."""


def paid_since(session: Session, first_payment: str, **care_plan: Value) -> str:
    """Somebody with direct payments; the person's id."""
    person_id = somebody(session).record_id
    setup = {"management": "managed_account", "first_payment": first_payment}
    editing.save(session, record_lists.single(session, "setup", person_id), setup)
    if care_plan:
        editing.save(session, record_lists.single(session, "care_plan", person_id), care_plan)
    return person_id


async def test_an_overdue_review_shows_in_the_list_and_on_the_page(session: Session) -> None:
    """At 80x24 the list marks it and the person's page says since when and why; Enter opens where to write it."""
    person_id = paid_since(session, "2026-03-01")
    async with opened_screen(session, CaseloadScreen()) as pilot:
        assert "review overdue" in painted(pilot)
    async with opened_screen(session, PersonOverviewScreen(person_id)) as pilot:
        assert "1 Jun 2026: 3 months since first payment" in words_painted(pilot)
        await choose(pilot, "#tasks", "! Review overdue")
        screen = pilot.app.screen
        assert isinstance(screen, FormScreen)
        assert screen.record.kind == "care_plan"
        assert "Last review" in painted(pilot)
    assert "Review overdue: 3 months since first payment" in [item.words for item in reminders.due(session, person_id)]


@pytest.mark.parametrize(
    ("first_payment", "care_plan"),
    [("2026-10-01", {}), ("2026-03-01", {"reviewed_on": "2026-06-02"}), ("not yet", {})],
)
async def test_a_review_that_is_not_due_shows_nowhere(
    session: Session, first_payment: str, care_plan: dict[str, Value]
) -> None:
    """Before three months, and within twelve of the last review, nothing is overdue."""
    person_id = paid_since(session, first_payment, **care_plan)
    async with opened_screen(session, CaseloadScreen()) as pilot:
        assert "review overdue" not in painted(pilot)
    async with opened_screen(session, PersonOverviewScreen(person_id)) as pilot:
        assert "Review overdue" not in painted(pilot)


@pytest.mark.parametrize("kept", ["2026-11-20", "every 2 weeks"])
async def test_the_date_in_the_plan_counts_too(session: Session, kept: str) -> None:
    """A date that the plan names, or an interval since the last review, is overdue in the list."""
    paid_since(session, "", review_date=kept, reviewed_on="2026-11-01")
    async with opened_screen(session, CaseloadScreen()) as pilot:
        assert "review overdue" in painted(pilot)


@pytest.mark.parametrize(("count", "said"), [(8, ""), (11, "and 3 more, under Today's visit")])
async def test_what_is_due_and_has_no_room_is_counted(session: Session, count: int, said: str) -> None:
    """Beside the person stand eight things that are due; how many more there are is said."""
    person_id = somebody(session).record_id
    tasks = [record_lists.new(session, "task", person_id) for _number in range(count)]
    for number, task in enumerate(tasks):
        editing.save(session, task, {"what": f"Ring number {number:02}", "by_when": "2026-11-01"})
    async with opened_screen(session, PersonOverviewScreen(person_id), (160, 48)) as pilot:
        words = painted(pilot)
        assert "Ring number 07" in words
        assert (said or "Ring number 07") in words
        assert bool(said) == ("more, under" in words)
    assert len(reminders.due(session, person_id)) == count


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
async def test_the_family_does_not_read_it(session: Session, size: tuple[int, int]) -> None:
    """In family view the person's page says nothing of it nor of what else is due, however wide it is."""
    person_id = paid_since(session, "2026-03-01")
    async with opened_screen(session, PersonOverviewScreen(person_id), size) as pilot:
        assert "Review overdue" in painted(pilot)
        assert ("Due now" in painted(pilot)) == (size[0] > NARROW)
        pilot.app.action_family()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "Review overdue" not in painted(pilot)
        assert "Due now" not in painted(pilot)
