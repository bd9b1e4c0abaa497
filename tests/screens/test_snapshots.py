"""Every screen as it stands at 80x24, as text a reviewer can read.

`UPDATE_SNAPSHOTS=1 make test` writes them again; read the difference before you commit it.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.services.session import Session
from tests.screens.app_harness import SCREENS, opened, rhys
from tests.screens.screen_harness import painted

pytestmark = pytest.mark.anyio
FOLDER = Path(__file__).with_name("snapshots")
CHANCE = {"set up"}
"""Screens that show something made up on the spot."""


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same hours wherever the tests run."""
    if hasattr(time, "tzset"):
        monkeypatch.setenv("TZ", "UTC")
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.skipif(os.name == "nt", reason="the hours cannot be fixed there")
@pytest.mark.parametrize("name", sorted(SCREENS.keys() - CHANCE))
async def test_the_screen_looks_as_it_did(name: str, session: Session) -> None:
    """What is painted at 80x24 is what was last agreed."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(SCREENS[name](app, session, person))
        await pilot.pause()
        await pilot.pause()
        text = "\n".join(line.rstrip() for line in painted(pilot).splitlines()) + "\n"
    file = FOLDER / f"{name.replace(' ', '_')}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")
