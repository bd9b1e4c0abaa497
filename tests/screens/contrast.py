"""Contrast of what a screen has painted (WCAG 2.2): letters, edges and shapes, scroll bars."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from rich.color_triplet import ColorTriplet
from textual.color import Color
from textual.geometry import Region
from textual.screen import Screen
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from tools.pictures.painted import TRUECOLOR, Depth, Run, runs

TEXT, EDGE = 7.0, 3.0
"""Least contrast of letters and digits (1.4.6), and of edges and shapes (1.4.11)."""


def luminance(color: ColorTriplet) -> float:
    """Relative luminance."""
    parts = [part / 255 for part in color]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: ColorTriplet, other: ColorTriplet) -> float:
    """Contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def is_shape(letter: str) -> bool:
    """Whether it is drawn and not read: a line of a box, a block, a circle, a bar."""
    return "\u2500" <= letter <= "\u25ff"


def least(text: str) -> float:
    """The least contrast that a text may have; 0 when there is nothing to see."""
    seen = [letter for letter in text if not letter.isspace() and unicodedata.category(letter) != "Cf"]
    if not seen:
        return 0.0
    return EDGE if all(map(is_shape, seen)) else TEXT


def too_faint(screen: Screen[Any], depth: Depth = TRUECOLOR) -> set[str]:
    """What is too faint to see, as it is painted: the text with its colours and its contrast."""
    painted = list(runs(screen, depth))
    found = set()
    for run, asked in zip(painted, runs(screen), strict=True):
        for text in _parts(run.text):
            needed, contrast = least(text), ratio(run.front, run.ground)
            # An edge in the very colour behind it is no edge, but keeps its place free. Rounded to it, it has vanished.
            if contrast < needed and not (needed == EDGE and asked.front == asked.ground):
                found.add(f"{text.strip()[:40]} {run.front.hex} on {run.ground.hex}: {contrast:.2f}")
    return found | set(_faint_scroll_bars(screen, painted))


def yellow_outside_the_focus(screen: Screen[Any], yellow: str) -> set[str]:
    """What stands on the ground of the focus and is neither in what has the focus nor in the panel round it."""
    ground = Color.parse(yellow).rich_color.triplet
    regions = []
    if screen.focused is not None:
        around = [widget for widget in screen.focused.ancestors_with_self if isinstance(widget, Widget)]
        regions = [widget.region for widget in around if widget is screen.focused or widget.styles.border_top[0]]
    return {
        run.text.strip()
        for run in runs(screen)
        if run.ground == ground and not any(region.contains(run.column, run.row) for region in regions)
    }


def _parts(text: str) -> Iterator[str]:
    """Letters and shapes apart, as each has a limit of its own."""
    yield "".join(" " if is_shape(letter) else letter for letter in text)
    yield "".join(letter if is_shape(letter) else " " for letter in text)


def _faint_scroll_bars(screen: Screen[Any], painted: list[Run]) -> Iterator[str]:
    """Scroll bars whose thumb cannot be told from the rest."""
    for widget, geometry in screen._compositor.visible_widgets.items():
        whole = geometry[1].contains_region(geometry[0])  # of one that is cut off only the thumb may be left
        if not isinstance(widget, ScrollBar) or not whole or widget.window_virtual_size <= widget.window_size:
            continue
        colours = _colours(painted, geometry[0])
        if colours and max(ratio(one, other) for one in colours for other in colours) < EDGE:
            yield f"scroll bar of {widget.parent.__class__.__name__}: {sorted(colour.hex for colour in colours)}"


def _colours(painted: list[Run], region: Region) -> set[ColorTriplet]:
    """Every colour that is seen in a region."""
    inside = [run for run in painted if region.contains(run.column, run.row)]
    return {run.ground for run in inside} | {run.front for run in inside if run.text.strip()}
