"""Benchmark of typing in a line of a budget of 60 lines: the key, its repaint, and the totals that follow it."""

import asyncio
import gc
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widgets import TextArea

from benchmarks.bare_screens import BareApp, copy_of
from benchmarks.openings import LONGEST, Turn, at_rest
from benchmarks.report import limit_p95, ratio_in_turn
from phb_tui.app.phb_app import PhbApp
from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.forms.line_totals import LineTotals
from phb_tui.services.budget import budgets
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.settings import Settings
from tools.pictures.caseload import somebody

LINES, KEYS = 60, 40
TOTALS = 100.0
"""Milliseconds from a key to the totals, at most."""
_FIELD = "rate"


async def typing(session: Session, data: Path) -> None:
    """Processor time of a key in the rate of a line, and wall time until the totals have followed."""
    shift = _sixty_lines(session)
    app, bare = PhbApp(Settings(data, sync_every=0)), BareApp()
    async with app.run_test(size=(80, 24)) as pilot, bare.run_test(size=(80, 24)) as plain:
        with app._context():
            await pilot.pause()
            app.opened(session)
            await pilot.pause()
            await app.push_screen(FormScreen(shift, page=3))
        await at_rest(pilot)
        app.screen.query_one(f"#field-{_FIELD}", TextArea).focus()
        await pilot.press("home")  # an amount stays one, whatever figure is typed before it
        await at_rest(pilot)
        with bare._context():
            await bare.push_screen(copy_of(app.screen)())
        await at_rest(plain)
        gc.collect()
        turns: list[Turn] = []
        waited = []
        for key in islice(cycle(["1", "backspace"]), KEYS):
            turns.append(([await _used(pilot, key)], [await _used(plain, key)]))
            waited.append(await _followed(pilot))
        ratio_in_turn(f"key to repaint, budget of {LINES} lines", turns, 1.5)
        limit_p95(f"key to totals, budget of {LINES} lines", waited, TOTALS)
        app.autosaver.save_all()
        app._session, app._ending = None, True


async def _used(pilot: Pilot[Any], key: str) -> float:
    """Milliseconds of processor time of a key and of everything that follows it."""
    started = time.process_time()
    await pilot.press(key)
    await at_rest(pilot)
    return (time.process_time() - started) * 1000


async def _followed(pilot: Pilot[Any]) -> float:
    """Milliseconds until the totals have followed a key, which is taken back."""
    totals = pilot.app.screen.query_one(LineTotals)
    before = str(totals.content)
    started = time.perf_counter()
    pressed = asyncio.create_task(pilot.press("2"))  # which itself waits for more than the totals
    while str(totals.content) == before and time.perf_counter() - started < LONGEST:  # noqa: ASYNC110 - words have no event
        await asyncio.sleep(0.001)
    taken = (time.perf_counter() - started) * 1000
    await pressed
    await pilot.press("backspace")
    await at_rest(pilot)
    return taken


def _sixty_lines(session: Session) -> Record:
    """Copy lines of a budget until it has 60; one of its shifts."""
    person = somebody(session, "Annie")
    budget = budgets.all_of(session, person.record_id)[0]
    lines = budgets.read(session, budget).lines
    for line in islice(cycle(lines), LINES - len(lines)):
        editing.save(session, record_lists.new(session, line.kind, person.record_id), dict(line.fields))
    assert len(budgets.read(session, budget).lines) == LINES
    return next(line for line in lines if line.kind == "shift" and line.text(_FIELD))
