"""Draws painted screens as SVG, and SVG as PNG: no terminal, no browser, and no font that has to be fetched."""

import json
import re
from collections.abc import Iterable, Mapping
from html import escape

import typst
from rich.cells import cell_len

from tools.pictures.painted import Run

FONT, SIZE = "DejaVu Sans Mono", 17.18
"""The font that typst brings with it, so that the pictures are the same everywhere."""
CELL, LINE, BASE = SIZE * 0.602, 20.0, SIZE * 0.928
"""Width and height of a cell, and its baseline: as the font has them, so that lines of boxes meet."""

_PAGE = """
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.picture), format: "svg")
"""
_SHEET = """
#set page(width: auto, height: auto, margin: 12pt, fill: rgb("#808080"))
#let pictures = json(bytes(sys.inputs.pictures))
#set text(font: "DejaVu Sans Mono", size: 16pt, fill: white)
#let shown = one => [#one.at(0) #linebreak() #image(bytes(one.at(1)), format: "svg")]
#grid(columns: 2, gutter: 16pt, ..pictures.map(shown))
"""


def svg(runs: Iterable[Run], size: tuple[int, int], title: str) -> str:
    """Draw a screen.

    Args:
        runs: What it shows.
        size: Columns and rows.
        title: What the picture is called, for those who cannot see it.
    """
    width, height = size[0] * CELL, size[1] * LINE
    grounds, words = [], []
    for run in runs:
        at, top, wide = run.column * CELL, run.row * LINE, run.width * CELL
        grounds.append(
            f'<rect x="{at:.2f}" y="{top:.0f}" width="{wide:.2f}" height="{LINE:.0f}" fill="{run.ground.hex}"/>'
        )
        look = (
            f'fill="{run.front.hex}"'
            + ' font-weight="bold"' * run.bold
            + ' text-decoration="underline"' * run.underline
        )
        # Word by word, so that each stands in its own cells in any font; a line under words goes on between them.
        for word in re.finditer(r"\S+(?: +\S+)*" if run.underline else r"\S+", run.text):
            left = at + cell_len(run.text[: word.start()]) * CELL
            words.append(
                f'<text x="{left:.2f}" y="{top + BASE:.2f}" textLength="{cell_len(word[0]) * CELL:.2f}" {look}>'
                f"{escape(word[0], quote=False)}</text>"
            )
    behind, before = "\n".join(grounds), "\n".join(words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {width:.2f} {height:.0f}" font-family="{FONT}, monospace" font-size="{SIZE}">\n'
        f"<title>{escape(title, quote=False)}</title>\n"
        f'<g shape-rendering="crispEdges">\n{behind}\n</g>\n{before}\n</svg>\n'
    )


def png(picture: str) -> bytes:
    """A picture in pixels."""
    return _compiled(_PAGE, {"picture": picture}, 120)


def sheet(pictures: Mapping[str, str]) -> bytes:
    """Several pictures with their names on one sheet, to be looked at together."""
    return _compiled(_SHEET, {"pictures": json.dumps(list(pictures.items()))}, 96)


def _compiled(source: str, given: dict[str, str], dots: float) -> bytes:
    made = typst.Compiler(source.encode(), ignore_system_fonts=True, sys_inputs=given).compile(format="png", ppi=dots)
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made
