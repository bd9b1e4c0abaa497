"""Makes pictures of the main screens of an invented caseload, to look at before and after a change of looks.

    python -m tools.pictures [FOLDER] [--screen NAME] [--size WxH] [--theme NAME] [--colours DEPTH]
    python -m tools.pictures --docs

Each picture is FOLDER/screen-WxH-theme.png, and FOLDER/sheets/screen-theme.png has one screen in all its sizes. With
--docs the pictures and the page of docs/screens.md are written instead.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.screens.design.themes import THEMES
from phb_tui.screens.frame.hint_bar import key_name
from phb_tui.screens.shell.key_map import KEY_MAP, OTHERS
from phb_tui.services.session import Session
from phb_tui.settings import Settings
from tools.pictures import drawing
from tools.pictures.caseload import laptop, somebody
from tools.pictures.painted import DEPTHS, TRUECOLOR, Depth, runs
from tools.pictures.screens import PICTURES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "pictures"
"""Where pictures go when nobody says where; git keeps nothing of it."""
DOCS = ROOT / "docs" / "screens"
SIZES = ((60, 20), (80, 24), (120, 36), (160, 48))
IN_DOCS = (80, 24)

Taken = dict[tuple[str, str, tuple[int, int]], str]
"""Pictures as SVG by screen, theme and size."""


@dataclass(frozen=True)
class Wanted:
    """Of what pictures are made: all screens in all sizes and themes, unless somebody says less."""

    screens: Sequence[str] = tuple(PICTURES)
    sizes: Sequence[tuple[int, int]] = SIZES
    themes: Sequence[str] = tuple(theme.name for theme in THEMES)
    depth: Depth = TRUECOLOR


async def take(session: Session, data: Path, wanted: Wanted) -> Taken:
    """Take pictures of screens, each in all sizes and themes."""
    taken: Taken = {}
    async for (name, theme, size), screen in shown(session, data, wanted):
        title = f"{PICTURES[name].words}, {size[0]}x{size[1]}, {theme}"
        taken[name, theme, size] = drawing.svg(runs(screen, wanted.depth), size, title)
    return taken


async def shown(
    session: Session, data: Path, wanted: Wanted
) -> AsyncIterator[tuple[tuple[str, str, tuple[int, int]], Screen[Any]]]:
    """Show screens in one app for each size, in one theme after the other; what is shown, and the screen."""
    person = somebody(session, "Annie").record_id
    for size in wanted.sizes:
        async with _opened(session, data, size) as (app, pilot):
            below = len(app.screen_stack)
            for name in wanted.screens:
                picture = PICTURES[name]
                app.family = picture.family
                await app.push_screen(picture.made(app, session, person))
                for theme in wanted.themes:
                    wanted.depth.use(app, theme)
                    await pilot.pause()
                    await pilot.pause()
                    yield (name, theme, size), app.screen
                while len(app.screen_stack) > below:
                    await app.pop_screen()
                app.family = False


@asynccontextmanager
async def _opened(session: Session, data: Path, size: tuple[int, int]) -> AsyncIterator[tuple[PhbApp, Pilot[int]]]:
    app = PhbApp(Settings(data, sync_every=0))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        yield app, pilot
        app.autosaver.save_all()
        app._session = None  # noqa: SLF001 - the laptop is closed by whoever opened it


def write(taken: Taken, folder: Path, depth: Depth) -> None:
    """Write pictures and their sheets as PNG."""
    (folder / "sheets").mkdir(parents=True, exist_ok=True)
    behind = "" if depth is TRUECOLOR else f"-{depth.name}"
    sheets: dict[str, dict[str, str]] = {}
    for (name, theme, (width, height)), picture in taken.items():
        size, look = f"{width}x{height}", theme.replace(" ", "-") + behind
        (folder / f"{name}-{size}-{look}.png").write_bytes(drawing.png(picture))
        sheets.setdefault(f"{name}-{look}", {})[size] = picture
    for name, pictures in sheets.items():
        (folder / "sheets" / f"{name}.png").write_bytes(drawing.sheet(pictures))


def write_docs(taken: Taken) -> None:
    """Write the documents' pictures, and the page that shows them."""
    for old in DOCS.glob("*.svg"):
        old.unlink()
    shown = []
    for (name, _theme, _size), picture in taken.items():
        (DOCS / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
        words = PICTURES[name].words
        shown.append(f"## {words}\n\n![{words}](screens/{name}.svg)\n")
    about = "Taken from invented people by `make pictures`, which makes more of them in other sizes and colours."
    keys = "\n".join(f"| {key_name(meaning.key)} | {meaning.words} |" for meaning in KEY_MAP)
    map_of_keys = f"## Keys that mean the same on every screen\n\n| Key | Meaning |\n|---|---|\n{keys}\n"
    others = "".join(f"{words} " for words in OTHERS).strip()
    page = "\n".join([f"# The main screens\n\n{about}\n", f"{map_of_keys}\n{others}\n", *shown])
    (DOCS.parent / "screens.md").write_text(page, encoding="utf-8", newline="\n")


def main(given: Sequence[str] | None = None) -> None:
    """Make the pictures that were asked for."""
    asked = _arguments(given)
    if asked.docs:
        documented = [name for name, picture in PICTURES.items() if picture.documented]
        wanted = Wanted(documented, [IN_DOCS], [THEMES[0].name])
    else:
        sizes = [size for size in SIZES if not asked.size or f"{size[0]}x{size[1]}" in asked.size]
        themes = [theme.name for theme in THEMES if not asked.theme or theme.name in asked.theme]
        depth = next(depth for depth in DEPTHS if depth.name == asked.colours)
        wanted = Wanted(asked.screen or tuple(PICTURES), sizes, themes, depth)
    with laptop() as (session, data):
        taken = asyncio.run(take(session, data, wanted))
    if asked.docs:
        write_docs(taken)
    else:
        write(taken, asked.folder, wanted.depth)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description="Pictures of the main screens.")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--docs", action="store_true", help="write docs/screens.md and its pictures instead")
    parser.add_argument("--screen", action="append", choices=list(PICTURES))
    parser.add_argument("--size", action="append", choices=[f"{width}x{height}" for width, height in SIZES])
    parser.add_argument("--theme", action="append", choices=[theme.name for theme in THEMES])
    parser.add_argument("--colours", choices=[depth.name for depth in DEPTHS], default=TRUECOLOR.name)
    return parser.parse_args(given)


if __name__ == "__main__":
    main()
