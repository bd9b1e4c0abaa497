"""What a screen has painted, in the colours that a terminal would show: truecolor, 256 or 16 colours."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rich.color import Color, ColorSystem, ColorType
from rich.color_triplet import ColorTriplet
from rich.palette import Palette
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from textual.app import App
from textual.screen import Screen

from phb_tui.screens.design.themes import themes

XTERM = Palette([
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255), (255, 0, 255), (0, 255, 255),
    (255, 255, 255),
])  # fmt: skip
"""xterm's sixteen colours (XTerm-col.ad)."""

CAMPBELL = Palette([
    (12, 12, 12), (197, 15, 31), (19, 161, 14), (193, 156, 0), (0, 55, 218), (136, 23, 152), (58, 150, 221),
    (204, 204, 204), (118, 118, 118), (231, 72, 86), (22, 198, 12), (249, 241, 165), (59, 120, 255), (180, 0, 158),
    (97, 214, 214), (242, 242, 242),
])  # fmt: skip
"""The sixteen colours of the Windows console and Windows Terminal (scheme "Campbell")."""


@dataclass(frozen=True)
class Depth:
    """The colours that a terminal has.

    Attributes:
        name: Its name in the names of pictures.
        system: To what the terminal library rounds each colour.
        sixteen: The colours behind the numbers 0 to 15.
    """

    name: str
    system: ColorSystem
    sixteen: Palette

    @property
    def rounds_to(self) -> str:
        """The name that the terminal library has for these colours."""
        return {ColorSystem.TRUECOLOR: "truecolor", ColorSystem.EIGHT_BIT: "256"}.get(self.system, "standard")

    def use(self, app: App[Any], theme: str) -> None:
        """Give an app the theme that it would have in a terminal with these colours."""
        for one in themes(self.rounds_to):
            app.register_theme(one)
        if app.theme == theme:
            app.theme = "textual-dark"  # another one first: only a change is painted
        app.theme = theme

    def shown(self, color: Color | None, *, front: bool) -> ColorTriplet:
        """The colour that is seen where a colour is asked for; the terminal's own for none."""
        if color is None or color.type is ColorType.DEFAULT:
            return DEFAULT_TERMINAL_THEME.foreground_color if front else DEFAULT_TERMINAL_THEME.background_color
        rounded = color.downgrade(self.system)
        if rounded.number is not None and rounded.number < 16:  # noqa: PLR2004
            red, green, blue = self.sixteen._colors[rounded.number]  # noqa: SLF001 - a palette has no other access by number
            return ColorTriplet(red, green, blue)
        return rounded.get_truecolor()


TRUECOLOR = Depth("truecolor", ColorSystem.TRUECOLOR, XTERM)
DEPTHS = (
    TRUECOLOR,
    Depth("256", ColorSystem.EIGHT_BIT, XTERM),
    Depth("16", ColorSystem.STANDARD, XTERM),
    Depth("16-windows", ColorSystem.STANDARD, CAMPBELL),
)
"""Depths of colour that terminals have; the two last differ in what their sixteen colours look like."""


@dataclass(frozen=True)
class Run:
    """Cells side by side in one style.

    Attributes:
        row: Row, from 0.
        column: Column of the first cell, from 0.
        text: What they show.
        width: How many cells.
        front: Colour of the text.
        ground: Colour behind it.
        bold: Whether it is bold.
        underline: Whether it is underlined.
    """

    row: int
    column: int
    text: str
    width: int
    front: ColorTriplet
    ground: ColorTriplet
    bold: bool
    underline: bool


def runs(screen: Screen[object], depth: Depth = TRUECOLOR) -> Iterator[Run]:
    """What a screen shows, row by row and from the left."""
    for row, strip in enumerate(screen._compositor.render_strips()):  # noqa: SLF001 - Textual has no other way to read it
        column = 0
        for segment in strip:
            if segment.control:
                continue
            yield _run(segment, row, column, depth)
            column += segment.cell_length


def _run(segment: Segment, row: int, column: int, depth: Depth) -> Run:
    style = segment.style or Style.null()
    front, ground = depth.shown(style.color, front=True), depth.shown(style.bgcolor, front=False)
    if style.reverse:
        front, ground = ground, front
    return Run(
        row, column, segment.text, segment.cell_length, front, ground, bool(style.bold), bool(style.underline)
    )  # fmt: skip
