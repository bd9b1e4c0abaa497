"""A line of a list with a left part and a right part, which holds its state, date or figure and is never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.visual import Visual

from phb_tui.screens.design.shapes import SHAPES

if TYPE_CHECKING:
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions

SHORTEST = 24
"""Columns that a left part has at least when it is cut; with less room the right part stands in a row of its own."""
BETWEEN = " · "
"""Stands between two names."""
BAR = 10
"""Columns of a progress bar."""


class Row(Visual):
    """Line with a left and a right part; where both do not fit, the left one is cut and the right one stays whole.

    Args:
        left: What the line is about.
        right: Its state; "" for none.
        spare: Whether the right part, such as a bar that repeats what stands at the left, is left out where both do
            not fit.
        whole: Whether the left part is not cut either, as where names differ at their end only: where both do not fit
            it is wrapped, and the right part stands in a row of its own.
    """

    def __init__(
        self, left: Content | str, right: Content | str = "", *, spare: bool = False, whole: bool = False
    ) -> None:
        self.left = Content(left) if isinstance(left, str) else left
        self.right = Content(right) if isinstance(right, str) else right
        self._spare, self._whole = spare, whole

    def __str__(self) -> str:
        return f"{self.left.plain}  {self.right.plain}" if self.right.plain else self.left.plain

    def without_colours(self) -> Row:
        """The same line in one colour, for where it has the focus."""
        return Row(Content(self.left.plain), Content(self.right.plain), spare=self._spare, whole=self._whole)

    def _laid_out(self, width: int) -> Content:
        room = width - self.left.cell_length - self.right.cell_length
        if not self.right.plain or (self._spare and room < 1):
            return self.left.rstrip()
        if room >= 1:
            return self.left + " " * room + self.right
        if not self._whole and (rest := width - self.right.cell_length - 1) >= SHORTEST:
            return _cut(self.left, rest) + " " + self.right
        return self.left + "\n" + " " * max(width - self.right.cell_length, 0) + self.right

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """Render the line for a width in columns."""
        return self._laid_out(width).render_strips(width, height, style, options)

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """Width in columns at which both parts stand in one row."""
        del rules, container_width
        return self.left.cell_length + self.right.cell_length + 1

    def get_height(self, rules: RulesMap, width: int) -> int:
        """Rows that the line takes in a width."""
        return self._laid_out(width).get_height(rules, width)


class NamesRow(Row):
    """Line whose left part ends in two names; where all does not fit, both keep their beginnings, in one row.

    Args:
        before: What stands before the names, such as a day; never cut.
        names: The two names.
        right: What stands at the right; never cut.
    """

    def __init__(self, before: str, names: tuple[str, str], right: Content | str) -> None:
        super().__init__(before + BETWEEN.join(names), right, whole=True)
        self._before, self._names = before, names

    def without_colours(self) -> NamesRow:
        """The same line in one colour, for where it has the focus."""
        return NamesRow(self._before, self._names, self.right.plain)

    def _laid_out(self, width: int) -> Content:
        room = width - cell_len(self._before) - self.right.cell_length - 1
        if room < SHORTEST or self.left.cell_length + self.right.cell_length < width:
            return super()._laid_out(width)
        room -= cell_len(BETWEEN)
        first, second = map(cell_len, self._names)
        first = max(room - second, min(first, room // 2))
        names = [
            _cut(Content(name), most).rstrip() for name, most in zip(self._names, (first, room - first), strict=True)
        ]
        left = Content(self._before) + Content(BETWEEN).join(names)
        return left + " " * (width - left.cell_length - self.right.cell_length) + self.right


def _cut(words: Content, width: int) -> Content:
    """The beginning of a text with the mark that something is cut, padded to a width in columns."""
    if words.cell_length <= width:
        return words + " " * (width - words.cell_length)
    room = width - cell_len(SHAPES.cut)
    kept = words[: len(set_cell_size(words.plain, room).rstrip())]
    return kept + SHAPES.cut + " " * (width - kept.cell_length - cell_len(SHAPES.cut))


def column(words: str, width: int) -> str:
    """Words in a column of a width: padded by cells, or cut with a mark."""
    if cell_len(words) < width:
        return set_cell_size(words, width)
    return set_cell_size(words, width - 1 - cell_len(SHAPES.cut)).rstrip() + SHAPES.cut + " "


def bar(done: int, of: int) -> Content:
    """Progress bar of `BAR` columns; empty when there is nothing to do."""
    filled = BAR * done // of if of else 0
    style = "$green" if of and done >= of else "$blue"
    return Content.styled(SHAPES.filled * filled, style) + Content.styled(SHAPES.rest * (BAR - filled), "$rail")
