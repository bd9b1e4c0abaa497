"""Pages that are opened to be read with the person and family count staff alerts and do not show them."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from textual.screen import Screen

from phb_tui.screens.budget.pictures import MoneyPicturesScreen
from phb_tui.screens.budget.working_screen import WorkingScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.preview import PreviewScreen
from phb_tui.screens.visit.expectations import ExpectationsScreen
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.app_harness import opened
from tests.screens.screen_harness import painted, somebody

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    "made",
    [
        PreviewScreen,
        partial(WorkingScreen, budget_id=""),
        MoneyScreen,
        partial(MoneyPicturesScreen, budget_id=""),
        partial(ExpectationsScreen, step=3),
    ],
    ids=["plan", "working", "ways", "pictures", "what to expect"],
)
async def test_a_page_to_read_together_shows_no_staff_alert(
    session: Session, made: Callable[[str], Screen[Any]]
) -> None:
    """Who reads along sees how many staff alerts there are and none of their words, without a visit or family view."""
    person = somebody(session, take_care="Dog loose")
    new = record_lists.new(session, "flag", person.record_id)
    editing.save(session, new, {"what": "Son threatened staff", "kind": "safeguarding"})
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonOverviewScreen(person.record_id))
        await pilot.pause()
        assert "threatened" in painted(pilot)
        await app.push_screen(made(person.record_id))
        await pilot.pause()
        assert "threatened" not in painted(pilot)
        assert "! 2 staff alerts: F8" in painted(pilot)
