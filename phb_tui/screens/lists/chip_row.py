"""Things side by side that can be chosen: a row of chips that wraps to the width of the window."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from phb_tui.i18n import N_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.past_end import PastEnd


class Chip(NamedTuple):
    """One thing in the row.

    Attributes:
        id: What it is.
        key: The digit or letter that chooses it.
        label: What it says; the row writes it as it is.
        chosen: Whether it is chosen.
    """

    id: str
    key: str
    label: str
    chosen: bool = False


class Placed(NamedTuple):
    """A chip with its place in the row: number from 0, column, line and width."""

    number: int
    x: int
    y: int
    width: int


class ChipRow(Widget, can_focus=True):
    """Row of chips: arrows move, Enter, Space, a click or the chip's digit or letter chooses.

    Args:
        ground: Style behind chips that are not chosen.
        column: Width of every chip in columns; 0 for as wide as its label.
        id: The widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", N_("Previous"), show=False),
        Binding("right", "move(1)", N_("Next"), show=False),
        Binding("up", "move_up", N_("Up"), show=False),
        Binding("down", "move_down", N_("Down"), show=False),
        Binding("enter,space", "select", N_("Choose"), show=False),
    ]
    highlighted = reactive(0)
    """Number of the chip that Enter chooses."""

    class Selected(Message):
        """Message: a chip was chosen.

        Attributes:
            row: The row.
            id: The chip's id.
        """

        def __init__(self, row: ChipRow, id: str) -> None:  # noqa: A002 - as Textual's own messages
            super().__init__()
            self.row, self.id = row, id

        @property
        def control(self) -> ChipRow:
            """The row, for selectors of handlers."""
            return self.row

    def __init__(self, *, ground: str = "$ink on $chip", column: int = 0, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._ground, self._column = ground, column
        self.chips: list[Chip] = []
        self.beside_others = False
        """Whether lists stand beside it in the same `Panels`, to which the arrows go on."""

    def set_chips(self, chips: list[Chip], here: int | None = None) -> None:
        """Show chips and highlight one by its number; by default the highlight stays at its number."""
        if chips != self.chips:
            same = [chip.label for chip in chips] == [chip.label for chip in self.chips]
            self.chips = chips
            self.refresh(layout=not same)
        if here is not None:
            self.highlighted = here
        self.highlighted = min(self.highlighted, max(len(chips) - 1, 0))

    def _places(self, width: int) -> Iterator[Placed]:
        """Places in a width in columns; each chip takes one column more, for the mark before it."""
        x = y = 0
        for number, chip in enumerate(self.chips):
            size = cell_len(chip.label)
            if self._column:
                size = self._column * (size // self._column + 1) - 1
            if x and x + 1 + size > width:
                x, y = 0, y + 1
            yield Placed(number, x, y, size)
            x += 1 + size

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that the chips take in a width."""
        del container, viewport
        return max((placed.y for placed in self._places(width)), default=0) + 1

    def render(self) -> Content:
        """The chips: a chosen one on blue, the one with the focus on yellow with the mark before it."""
        rows: list[list[Content]] = [[]]
        for placed in self._places(self.content_size.width):
            chip, here = self.chips[placed.number], self.has_focus and placed.number == self.highlighted
            style = "bold $on-focus on $focus" if here else "bold $on-blue on $blue" if chip.chosen else self._ground
            if placed.y == len(rows):
                rows.append([])
            mark = Content.styled(SHAPES.here, style) if here else Content(" ")
            label = chip.label + " " * (placed.width - cell_len(chip.label))
            rows[placed.y].append(mark + Content.styled(label, style))
        return Content("\n").join(Content("").join(row) for row in rows)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the mark."""
        at = next((p for p in self._places(self.content_size.width) if p.number == self.highlighted), None)
        return self.content_region.offset + (Offset(at.x, at.y) if at is not None else Offset(0, 0))

    def action_move(self, by: int) -> None:
        """Move to the next or previous chip."""
        self.highlighted = min(max(self.highlighted + by, 0), max(len(self.chips) - 1, 0))

    def action_move_down(self) -> None:
        """Move to the chip below; past the last row, leave a row that stands beside lists."""
        self._move_rows(1)

    def action_move_up(self) -> None:
        """Move to the chip above; past the first row, leave a row that stands beside lists."""
        self._move_rows(-1)

    def _move_rows(self, by: int) -> None:
        places = list(self._places(self.content_size.width))
        here = next((placed for placed in places if placed.number == self.highlighted), None)
        other = [placed for placed in places if here is not None and placed.y == here.y + by]
        if here is not None and other:
            self.highlighted = min(other, key=lambda placed: abs(placed.x - here.x)).number
        elif self.beside_others:
            self.post_message(PastEnd(self, by))
        else:
            self.action_move(by)

    def action_select(self) -> None:
        """Choose the chip that has the focus."""
        if self.chips:
            self.choose(self.chips[self.highlighted])

    def choose(self, chip: Chip) -> None:
        """Tell that a chip was chosen."""
        self.post_message(self.Selected(self, chip.id))

    def has_key(self, character: str) -> bool:
        """Whether a digit or letter chooses a chip."""
        return any(chip.key == character for chip in self.chips)

    def open_key(self, character: str) -> bool:
        """Choose the chip of a digit or letter; return whether there is one."""
        for number, chip in enumerate(self.chips):
            if chip.key == character:
                self.highlighted = number
                self.action_select()
                return True
        return False

    def on_key(self, event: events.Key) -> None:
        """Choose by digit or letter."""
        if event.character and self.open_key(event.character):
            event.stop()

    def on_click(self, event: events.Click) -> None:
        """Choose the chip that was clicked."""
        at = event.get_content_offset(self)
        for placed in self._places(self.content_size.width) if at is not None else ():
            if at is not None and placed.y == at.y and placed.x <= at.x <= placed.x + placed.width:
                self.highlighted = placed.number
                self.action_select()
