"""Benchmark of opening every main screen, against a bare copy of it made of stock widgets."""

import asyncio
import gc
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from benchmarks.bare_screens import BareApp, copy_of
from benchmarks.report import difference_in_turn, ratio_in_turn
from phb_tui.app.garbage import GarbageCollection
from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.decision.ask import AskScreen
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.services.budget import versions
from phb_tui.services.session import Session
from phb_tui.settings import Settings
from tests.domain.budget import examples
from tests.services.decision import samples
from tools.pictures.caseload import somebody
from tools.pictures.screens import PICTURES, Picture

WARM, TURNS = 2, 11
"""Openings that do not count, and those that do; ours and the bare copy take turns."""
PAINTS = 3
"""Paints after which nothing more happens on a screen that nobody touches."""
LONGEST = 30
"""Seconds after which a screen that was not painted has failed."""
NORMAL, WIDE = (80, 24), (160, 48)
"""Columns and rows of the windows."""
RATIO, OVER = 1.5, 40.0
"""The most at 80x24, as a multiple of the bare copy; and at 160x48, in milliseconds over it."""

LINES = 25
"""Lines of the budget about which is decided, at least."""
DECISION = {
    "ask": Picture("", lambda _a, _s, p: AskScreen(p)),
    "decide on a budget of 33 lines": Picture("", lambda _a, _s, p: DecideScreen(p)),
    "asked and decided": Picture("", lambda _a, _s, p: DecisionsScreen(p)),
    "payments": Picture("", lambda _a, _s, p: PaymentsScreen(p)),
}

Made = Callable[[], Screen[Any]]
Turn = tuple[list[float], list[float]]
"""Milliseconds of processor time of one opening of ours, and of one of the bare copy right after it."""


async def every_screen(session: Session, data: Path) -> None:
    """Processor time from pushing each screen until nothing more happens, in both windows."""
    await _openings(session, data, PICTURES, somebody(session, "Annie").record_id)
    person = somebody(session, "Grace").record_id
    version = samples.kept_version(session, person, examples.b())
    assert len(versions.lines(version) or ()) > LINES
    plan = samples.agreed_plan(session, person)
    samples.set_policy(session)
    samples.request_for(session, version, plan_id=plan.record_id, to=session.nurse.id, risk="ordinary", wish="To stay")
    await _openings(session, data, DECISION, person)


async def _openings(session: Session, data: Path, screens: Mapping[str, Picture], person: str) -> None:
    GarbageCollection()  # as in the program: full collections are kept out of the way
    for size in (NORMAL, WIDE):
        app, bare = PhbApp(Settings(data, sync_every=0)), BareApp()
        async with app.run_test(size=size) as pilot, bare.run_test(size=size) as plain:
            with app._context():
                await pilot.pause()
                app.opened(session)
                await pilot.pause()
            for name, picture in screens.items():
                app.family = picture.family
                turns = await _turns(pilot, partial(picture.made, app, session, person), plain)
                if size == NORMAL:
                    ratio_in_turn(f"opening: {name}", turns, RATIO)
                else:
                    difference_in_turn(f"opening at {size[0]}x{size[1]}: {name}", turns, OVER)
            app.autosaver.save_all()
            app._session, app._ending = None, True


async def _turns(pilot: Pilot[Any], make: Made, plain: Pilot[Any]) -> list[Turn]:
    """Times of a screen and of its bare copy, in turn."""
    _taken, copy = await _opening(pilot, make, then=copy_of)
    gc.collect()
    turns = [([(await _opening(pilot, make))[0]], [(await _opening(plain, copy))[0]]) for _ in range(WARM + TURNS)]
    return turns[WARM:]


async def _opening(
    pilot: Pilot[Any], make: Made, then: Callable[[Screen[Any]], Any] = lambda _: None
) -> tuple[float, Any]:
    """Open and close a screen.

    Returns:
        Milliseconds of processor time until it was painted and at rest, and what a look at it found.
    """
    app: App[Any] = pilot.app
    with app._context():
        screen = make()
        started = time.process_time()
        await app.push_screen(screen)
        await at_rest(pilot)
        taken = (time.process_time() - started) * 1000
        found = then(screen)
        await app.pop_screen()
        await at_rest(pilot)
    return taken, found


async def at_rest(pilot: Pilot[Any]) -> None:
    """Wait until a screen has handled its messages and painted itself, also what it does after its first paint."""
    for _ in range(PAINTS):
        await pilot.pause(0)
        done = asyncio.Event()
        pilot.app.screen.call_after_refresh(done.set)
        await asyncio.wait_for(done.wait(), LONGEST)
