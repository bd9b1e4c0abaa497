"""A form shows what has the focus, at every size."""

import pytest

from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.payments.payment_forms import new_purchase
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.app_harness import opened
from tests.screens.screen_harness import (
    SIZES,
    opened_screen,
    painted,
    press_continue,
    somebody,
    words,
)
from tests.services.payments.paid_budgets import paying

pytestmark = pytest.mark.anyio


async def test_what_is_asked_is_on_the_screen_with_the_field(laptop: Session) -> None:
    """On the smallest screen the field in focus is seen with its label."""
    async with opened_screen(laptop, FormScreen(somebody(laptop, nhs_number="943 476 5910")), (60, 20)) as pilot:
        await press_continue(pilot)
        words(pilot, "date_of_birth").focus()
        await pilot.pause()
        await pilot.pause()
        assert "Date of birth" in painted(pilot)


async def test_a_wide_screen_lists_the_pages(laptop: Session) -> None:
    """A wide screen names the pages, and a click on one goes there."""
    async with opened_screen(laptop, FormScreen(somebody(laptop)), (160, 48)) as pilot:
        await pilot.click("#pages", offset=(4, 3))
        await pilot.pause()
        assert words(pilot, "communication").has_focus


@pytest.mark.parametrize("size", SIZES)
async def test_every_size_shows_the_first_field(laptop: Session, size: tuple[int, int]) -> None:
    """The first field and its label are on the screen at every size."""
    async with opened_screen(laptop, FormScreen(somebody(laptop)), size) as pilot:
        assert "First name" in painted(pilot)


@pytest.mark.parametrize("key", ["tab", "shift+tab"])
async def test_what_has_the_focus_is_in_view(session: Session, key: str) -> None:
    """Each field and each list of a long form is seen whole when Tab comes to it, however many keys come at once."""
    new = record_lists.new(session, "goal", somebody(session).record_id)
    goal = editing.save(session, new, {"words": "Go to college", "why": "I want a job with animals"})
    async with opened_screen(session, FormScreen(goal)) as pilot:
        form = pilot.app.screen.query_one("#form")
        for _ in range(12):
            await pilot.press(key, key)
            focused = pilot.app.focused
            assert focused is not None
            assert form not in focused.ancestors or form.region.contains_region(focused.region)


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_in_a_form_is_drawn_over_another_part(session: Session, size: tuple[int, int]) -> None:
    """Lists of choices and of child records that are longer than the window push what follows them down."""
    person_id = somebody(session).record_id
    goals = [record_lists.new(session, "goal", person_id) for _ in range(9)]
    kept = [editing.save(session, goal, {"words": f"Goal {n}", "why": "Because " * 12}) for n, goal in enumerate(goals)]
    for number in range(30):
        link = record_lists.parent_link(kept[0], "action")
        editing.save(session, record_lists.new(session, "action", person_id), {**link, "what": f"Do {number}"})
    cost = editing.save(session, record_lists.new(session, "cost", person_id), {"what": "A lift"})
    for record in (cost, kept[0]):
        async with opened_screen(session, FormScreen(record), size) as pilot:
            await pilot.pause()
            form = pilot.app.screen.query_one("#form")
            for box in (form, *form.query("#page, #held")):
                below = 0
                for part in box.displayed_children:
                    assert part.virtual_region.y >= below, (record.kind, part)
                    below = part.virtual_region.bottom
                assert box is form or box.size.height >= below, (record.kind, box)


async def test_a_list_longer_than_the_page_begins_at_its_highlighted_line(session: Session) -> None:
    """Tab into a list that is longer than the page shows its title and its first line, whatever stands above it."""
    person_id = somebody(session).record_id
    paying(session, person_id, examples.b())
    async with opened(session, (80, 22)) as (app, pilot):
        await app.push_screen(new_purchase(session, person_id, ""))
        await pilot.pause()
        for _ in range(2):
            await pilot.press("tab")
            await pilot.pause()
        assert app.focused is app.screen.query_one("#field-line")
        text = painted(pilot)
        assert "From which line of the budget?" in text
        assert ") 1  " in text
