"""Benchmarks of screens inside one process, and of saving one answer."""

import sqlite3
import time
from pathlib import Path

from textual.screen import Screen

from benchmarks.baselines import BareScreen, Hello
from benchmarks.report import difference, ratio
from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.services.person import caseload
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from phb_tui.settings import Settings

ROUNDS = 15
ANSWERS = 300


async def caseload_paint(session: Session, people: int, data: Path) -> None:
    """Time to paint the caseload, against a screen with one line."""
    ours = await _painted(session, data, CaseloadScreen)
    bare = await _bare(1)
    difference(f"{people:,} people to first paint", ours, bare, 100)


def answer_to_disk(session: Session, folder: Path) -> None:
    """Time until one answer is durable, against a bare commit of the same text."""
    person_id = caseload.lines(session, 0, 1)[0].person_id
    visit = visits.start(session, person_id)
    statement = session.content.statements[0]
    plain = sqlite3.connect(folder / "plain.db", isolation_level=None)
    plain.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER, words TEXT)")
    ours, bare = [], []
    for number in range(ANSWERS):
        record = conversation.statement_answer(session, visit, statement).answer
        started = time.perf_counter()
        conversation.save_answer(session, visit, record, {"words": f"Words number {number}"})
        ours.append((time.perf_counter() - started) * 1000)
        started = time.perf_counter()
        plain.execute("INSERT INTO t VALUES (?, ?)", (number, f"Words number {number}"))
        bare.append((time.perf_counter() - started) * 1000)
    plain.close()
    ratio("one answered statement to durable", ours, bare, 3.0)


def _app(session: Session, data: Path) -> PhbApp:
    assert session.team_id
    return PhbApp(Settings(data, sync_every=0))


async def _painted(session: Session, data: Path, make: "type[Screen[None]] | object") -> list[float]:
    taken = []
    app = _app(session, data)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await app.push_screen(make())  # type: ignore[operator]
            await pilot.pause()
            taken.append((time.perf_counter() - started) * 1000)
            await app.pop_screen()
            await pilot.pause()
        app._session, app._ending = None, True
    return taken


async def _bare(widgets: int) -> list[float]:
    taken = []
    app = Hello()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for _ in range(ROUNDS):
            started = time.perf_counter()
            await app.push_screen(BareScreen(widgets))
            await pilot.pause()
            taken.append((time.perf_counter() - started) * 1000)
            await app.pop_screen()
            await pilot.pause()
    return taken
