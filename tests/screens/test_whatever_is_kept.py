"""Whatever is kept, every screen opens: on it, what makes no sense stands as it is."""

import math
import random
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.history.field_history import FieldHistoryScreen
from phb_tui.screens.history.record_history import RecordHistoryScreen
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests import counts, hostile
from tests.screens.app_harness import agreed, on_each, opened
from tests.screens.screen_harness import somebody

pytestmark = pytest.mark.anyio
WIDE = (160, 48)
"""A window in which what stands beside a screen is seen too."""


def anybody(session: Session, *names: str) -> Record:
    """Somebody whose records of every kind hold hostile values in every field; the last ones are in their own."""
    person_id = somebody(session).record_id
    for name in names:
        hostile.keep(session, hostile.filled(session, person_id, name))
    return caseload.person(session, person_id)


async def look(app: PhbApp, pilot: Pilot[int], _screen: Screen[Any]) -> object:
    """Move a little on a screen; what is wrong with it."""
    await pilot.press("down", "up")
    return "" if app.is_running else "the app has ended"


async def test_every_screen_opens(session: Session) -> None:
    """Every screen opens over a person whose records of every kind hold values that no form would write."""
    step = 1 if counts.STEP == 1 else 2
    assert await on_each(session, anybody(session, *hostile.DRAWN), look, WIDE, step) == {}


@pytest.mark.parametrize("seed", range(math.ceil(counts.PEOPLE / 50)))
async def test_every_screen_opens_over_likely_records(seed: int, session: Session) -> None:
    """Every screen opens over records as forms write them, but for a hostile value here and there."""
    person_id = agreed(session, somebody(session))  # while nothing in the plan stands against it
    hostile.keep(session, hostile.likely(session, person_id, random.Random(seed)))
    step = 1 if counts.STEP == 1 else 3
    assert await on_each(session, caseload.person(session, person_id), look, WIDE, step) == {}


@pytest.mark.parametrize("name", counts.some(["markup", "a number"]))
async def test_every_form_and_history_opens(name: str, session: Session) -> None:
    """The form of every kind of record, at one of its pages, and the histories of one open over a hostile value."""
    person = anybody(session, name)
    found = [record for records in record_lists.everything(session, person.record_id).values() for record in records]
    assert len(found) > len(forms.kinds())
    async with opened(session) as (app, pilot):
        for number, record in enumerate(counts.some(found)):
            kept = editing.read(session, record.kind, record.record_id, record.person_id)
            if forms.known(record.kind):
                await app.push_screen(FormScreen(kept, number % len(forms.form(record.kind).pages)))
                await app.pop_screen()
        for screen in (RecordHistoryScreen(kept), FieldHistoryScreen(kept, next(iter(kept.fields)))):
            await app.push_screen(screen)
            await app.pop_screen()
        await pilot.pause()
        assert app.is_running
