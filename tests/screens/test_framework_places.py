"""Where a row of docs/framework-coverage.md says that something is about the budget, it is there on the screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from phb_tui.content import forms, standards
from phb_tui.content.steps import load
from phb_tui.domain.records.changes import Record
from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation import registry
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import app_of, opened_screen, somebody, unlocked_laptop, words_painted
from tests.services.budget.kept_budgets import keep
from tools import coverage

pytestmark = pytest.mark.anyio

ITEMS = ("X3", "X4", "S3-O3", "S3-O4", "S3-O5", "S3-O6")
STATEMENTS = ("S3-I1", "S3-I2", "S3-I3", "S3-I4")
EPICS = ("C32E1", "C32E4", "C32E5", "C32E6", "C32E10")
SHOWN = {
    "budget": "818.88",
    "working": "581 hours x 13.20 = 7,669.20",
    "what_if": "Try something out in a copy",
    "money_pictures": "Direct payment",
    "enough": "Do you think it is enough?",
    "copies": "This will be the budget From December",
    "money": "Notional budget",
}
"""What each screen shows of example B, or what it offers to do with it."""
APPLIES = {"worker": {"employed_as": "employed"}, "budget": {"nature": "ongoing"}}
"""Values with which a field is asked."""


def rows() -> dict[str, tuple[str, ...]]:
    """Where each of these items is served."""
    found = {item.id: item.served for item in standards.items() if item.id in ITEMS}
    found |= {each.id: each.served for each in load().statements if each.id in STATEMENTS}
    return found | {epic["id"]: tuple(epic["served"]) for epic in coverage.epics()}


def named(*, screens: bool) -> list[str]:
    """Each field or screen that a row names, once."""
    served = dict.fromkeys(name for names in rows().values() for name in names)
    return [name.removeprefix("screen:") for name in served if name.startswith("screen:") is screens]


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A laptop that both tests look at."""
    folder: Path = tmp_path_factory.mktemp("coverage")
    with unlocked_laptop(folder) as found:
        yield found


def test_each_item_about_the_budget_has_its_row() -> None:
    """Every item, statement and epic of step 3 names at least one field or screen, and none only a talk."""
    assert rows().keys() == {*ITEMS, *STATEMENTS, *EPICS}
    assert [row for row, served in rows().items() if not {*served} - {"screen:talk", "screen:expect"}] == []


async def test_each_field_that_a_row_names_is_asked_on_its_form(laptop: Session) -> None:
    """The form of its kind is opened at its page, and the field is painted there with its label."""
    person_id = somebody(laptop).record_id
    async with opened_screen(laptop, FormScreen(record_lists.new(laptop, "goal", person_id))) as pilot:
        for name in named(screens=False):
            kind, field = name.split(".")
            record = _record(laptop, person_id, kind)
            asked = next(each for each in forms.form(kind).fields() if each.name == field)
            pages = [asked in page.fields for page in forms.form(kind).pages]
            await pilot.app.push_screen(FormScreen(record, pages.index(True)))
            await pilot.pause()
            found = [row for row in pilot.app.screen.query(FieldRow) if row.field.name == field and row.is_on_screen]
            assert [row.field.label for row in found] == [asked.label], name
            pilot.app.pop_screen()


def _record(laptop: Session, person_id: str, kind: str) -> Record:
    return editing.save(laptop, record_lists.new(laptop, kind, person_id), {**APPLIES.get(kind, {}), "removed": ""})


async def test_each_screen_that_a_row_names_shows_the_budget(laptop: Session) -> None:
    """The screen is opened by its name and shows an amount, a working or a way of example B, or offers to try it."""
    person_id = somebody(laptop).record_id
    budget = keep(laptop, person_id, examples.b(), name="From December")
    editing.save(laptop, record_lists.of(laptop, "cost", person_id, budget)[-1], {"management": "third_party"})
    async with opened_screen(laptop, FormScreen(record_lists.new(laptop, "goal", person_id)), (80, 48)) as pilot:
        for name in named(screens=True):
            await pilot.app.push_screen(
                registry.SCREENS[name](cast("AppProtocol", app_of(pilot)), person_id, budget.record_id)
            )
            await pilot.pause()
            assert SHOWN[name] in words_painted(pilot), name
            pilot.app.pop_screen()
