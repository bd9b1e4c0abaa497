"""Every screen as it stands at 80x24, as text a reviewer can read; and the main screens' colours in the three themes.

`UPDATE_SNAPSHOTS=1 make test` writes them again; read the difference before you commit it.
"""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.color import Color

from phb_tui.screens.design.palettes import PALETTES
from phb_tui.services.session import Session
from tests import counts
from tests.screens import colours
from tests.screens.app_harness import SCREENS, opened, rhys
from tests.screens.screen_harness import painted
from tools.pictures.__main__ import Wanted, shown
from tools.pictures.caseload import laptop
from tools.pictures.painted import Run, runs
from tools.pictures.screens import PICTURES

pytestmark = pytest.mark.anyio
FOLDER = Path(__file__).with_name("snapshots")
COLOURS = FOLDER / "colours"
IN_COLOUR = tuple(PICTURES if os.environ.get("UPDATE_SNAPSHOTS") else counts.some(PICTURES))
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
    assert text == agreed(FOLDER / f"{name.replace(' ', '_')}.txt", text)


@pytest.mark.skipif(os.name == "nt", reason="the hours cannot be fixed there")
async def test_the_screens_have_the_colours_that_they_had() -> None:
    """What is painted in which colour is what was last agreed, in the light, the dark and the high contrast theme."""
    painted_runs: dict[str, dict[str, list[Run]]] = {name: {} for name in IN_COLOUR}
    with laptop() as (session, data):
        async for (name, theme, _size), screen in shown(session, data, Wanted(IN_COLOUR, [(80, 24)])):
            painted_runs[name][theme] = list(runs(screen))
    found = {name: colours.described(by_theme) for name, by_theme in painted_runs.items()}
    before = {name: agreed(COLOURS / f"{name}.txt", text) for name, text in found.items()}
    assert "\n".join(map("\n".join, found.items())) == "\n".join(map("\n".join, before.items()))


def test_the_themes_have_the_colours_that_they_had() -> None:
    """Each colour is in each theme what was last agreed."""
    assert colours.palette_table() == agreed(FOLDER / "themes.txt", colours.palette_table())


def agreed(file: Path, text: str) -> str:
    """What was last agreed; a text that is agreed now is written first."""
    if os.environ.get("UPDATE_SNAPSHOTS"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return file.read_text("utf-8")


def test_a_colour_that_is_wrong_in_one_theme_is_named() -> None:
    """A text that is quiet where it should be ink, in the dark theme only, is told from one that is ink in all."""

    def run(row: int, text: str, theme: str, front: str) -> Run:
        front_of, ground_of = (Color.parse(getattr(PALETTES[theme], name)).rich_color for name in (front, "ground"))
        triplets = front_of.get_truecolor(), ground_of.get_truecolor()
        return Run(row, 0, text, len(text), *triplets, bold=False, underline=False)

    by_theme = {
        theme: [run(0, "Words", theme, "ink"), run(1, "Others", theme, "quiet" if theme == "dark" else "ink")]
        for theme in PALETTES
    }
    one, other = colours.described(by_theme).partition("[")[::2]
    assert one == "ink on ground\n       1  Words\n"
    assert other.startswith("light: ink, dark: quiet, high contrast: ")
    assert other.endswith("] on ground\n       2  Others\n")
