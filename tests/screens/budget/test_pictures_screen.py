"""Pictures of a budget: bars of money that fit every window, and the week with who comes when."""

import re

import pytest

from phb_tui.domain.budget import week_grid
from phb_tui.screens.budget.figures import money_bars, week_picture
from phb_tui.screens.budget.pictures import MoneyPicturesScreen
from phb_tui.services.budget import budgets, team_figures
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import opened_screen, painted, shown, somebody
from tests.services.budget.kept_budgets import keep

pytestmark = pytest.mark.anyio


def flat(text: str) -> str:
    """What is painted, without what draws panels and bars."""
    return " ".join(re.sub(r"[─-▟]", " ", text).split())


async def test_the_money_and_the_week_are_drawn(session: Session) -> None:
    """Sums and parts of 100 stand beside the bars; PgDn shows the next week, with what a bank holiday changes."""
    person = somebody(session)
    budget = keep(session, person.record_id, examples.b(), name="From December")
    async with opened_screen(session, MoneyPicturesScreen(person.record_id, budget.record_id), (80, 24)) as pilot:
        await pilot.pause()
        text = flat(painted(pilot))
        for words in ("Hours of support £35,989.70 78", "What employing costs £6,375.24 14", "Training £492.00 1",
                      "Put by for emergencies £3,275.52 7", "£46,132.46 in the first year", "Week 1 of 52",
                      "Maria 7 h 7 h 7 h 7 h 7 h · · 35 h", "Tom · · · · · 6 h 6 h 12 h",
                      "night · 1 night", "Hours 7 h 7 h 7 h 7 h 7 h 6 h 6 h 47 h"):  # fmt: skip
            assert words in text
        assert "Who pays" not in text  # there is only one
        assert "How it is managed" not in text
        await pilot.press("pagedown", "pagedown")
        await pilot.pause()
        assert "* Friday 25 December 2026 is a bank holiday. Maria is paid 50% more." in flat(painted(pilot))
        await pilot.press("pageup", "pageup", "pageup")
        await pilot.pause()
        assert "This is the first week." in painted(pilot)
        line = budgets.read(session, budget).shifts[0]
        editing.save(session, line, {"rate": "14,50"})
        assert isinstance(pilot.app.screen, MoneyPicturesScreen)
        pilot.app.screen.reload()
        assert "1 line cannot be worked out yet and is not in these sums." in shown(pilot, "#summary")


@pytest.mark.parametrize("width", [44, 55, 74, 116, 200])
def test_pictures_fit_every_width(session: Session, width: int) -> None:
    """No row is wider than the window, no amount is cut, whoever comes is named, also with hours on no fixed day."""
    example = examples.e()
    worker = {**next(iter(example.workers)), "name": "Anastasia-Konstantina Mustermann-Invented"}
    floating = {"id": "some", "worker_id": "pa", "rate": "14.00", "weekly": "12:30"}
    night = {"id": "night", "worker_id": "pa", "rate": "50.00", "sun": "1", "sort": "sleep_in"}
    shifts = [*example.shifts, floating, night]
    budget = keep(session, "person-1", example._replace(workers=[worker], shifts=shifts))
    found = budgets.worked(session, budgets.read(session, budget))
    assert found.budget is not None
    sums = {"support": 999_999_999_99, "things": 0, "employing": -99_999, "training": 1}
    bars = money_bars.rows(sums, lambda name: name, width)
    assert all(row.cell_length <= width for row in bars)
    assert all(amount in "\n".join(row.plain for row in bars) for amount in ("£999,999,999.99", "-£999.99", "£0.01"))
    for number in (0, 5, 11, 51):
        rows = week_picture.rows(week_grid.week(found.budget, team_figures.rates(session), number), width)
        assert all(row.cell_length <= width for row in rows)
        text = flat(" ".join(row.plain for row in rows)).replace(" ", "")
        assert "12h30thisweek,ondaysthatarenotfixed" in text
        assert "Mustermann-Invented" in text
