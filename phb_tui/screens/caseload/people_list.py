"""Virtual list of people: reads and draws only the visible rows, so that its length costs nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from phb_tui.i18n import N_
from phb_tui.screens.caseload.people_row import line_parts
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.past_end import PastEnd

if TYPE_CHECKING:
    from phb_tui.services.person.caseload import Line

BLOCK = 64
"""Number of rows read from the store at a time."""

KEPT_BLOCKS = 8

DIGITS = "123456789"
"""What opens the first rows of the window; letters are for the search, in which a name is typed."""

GUTTER = 4
"""Columns before a row's words: the mark, the digit that opens it, and a space of two."""

STYLES = ("late", "two-versions", "begun", "quiet")
"""Styles of what stands in a row; each is a class of the style sheet."""

Source = Callable[[int, int], "Sequence[Line]"]
"""Returns at most so many lines from an index of the list."""

Place = Callable[[str], "int | None"]
"""Returns the row of a person by id; None when they are not in the list."""


class PeopleList(ScrollView, can_focus=True):
    """List with one person a row; Enter or a click opens one, and while it has the focus the digit at a row.

    The search field takes digits itself: they stand at the rows only while the list has the focus.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "people-list--row", "people-list--here", "people-list--quiet-here", *(f"people-list--{s}" for s in STYLES),
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", N_("Open"), tooltip=N_("Open this person")),
        Binding("up", "move(-1)", N_("Up"), show=False),
        Binding("down", "move(1)", N_("Down"), show=False),
        Binding("pageup", "move_page(-1)", N_("Page up"), show=False),
        Binding("pagedown", "move_page(1)", N_("Page down"), show=False),
        Binding("home", "move_to(0)", N_("First"), show=False),
        Binding("end", "move_to(-1)", N_("Last"), show=False),
    ]

    here = reactive(0, repaint=False)
    """Index of the highlighted row; -1 for none, after the highlighted person has left the list."""
    marks_quietly = reactive(True)
    """Whether the highlighted row is marked while something else has the focus: then Enter there opens it."""

    class Chosen(Message):
        """Message: a person was selected."""

        def __init__(self, person_id: str) -> None:
            super().__init__()
            self.person_id = person_id

    class Moved(Message):
        """Message: another row is highlighted, or another list is shown."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._source: Source = lambda _start, _most: ()
        self._count = 0
        self._blocks: dict[int, Sequence[Line]] = {}
        self._left_at = 0
        self._painted: Mapping[int, str] | None = None
        """Person id in each row as painted; None when the list still shows them."""

    def show(self, source: Source, count: int, place: Place | None = None) -> None:
        """Show a list.

        Args:
            source: Returns the lines from an index.
            count: How many there are.
            place: Where somebody is in it, so that the reader stays with the person they are on; without it, this is
                another list, and they begin at its first row.
        """
        if self._painted is None and self.is_mounted:
            self._painted = self._visible_rows()
            self.call_after_refresh(self._paint_done)
        before = self.line_at(self.here)
        self._source, self._count = source, count
        self._blocks.clear()
        self.virtual_size = Size(max(self.size.width, 1), count)
        if place is None or (before is None and self.here >= 0):
            self.here = 0
        elif before is not None:
            self._keep_highlight(before.person_id, place)
        self.refresh()
        self.post_message(self.Moved())

    def _keep_highlight(self, person_id: str, place: Place) -> None:
        """Keep a person highlighted.

        If they have left the list, highlight nobody, so that Enter opens no other person.
        """
        line = self.line_at(self.here)
        if line is not None and line.person_id == person_id:
            return
        row = place(person_id)
        if row is None:
            self._left_at = self.here
        self.here = -1 if row is None else row

    def _visible_rows(self) -> dict[int, str]:
        first = self.scroll_offset.y
        found = {y: self.line_at(first + y) for y in range(self.size.height)}
        return {y: line.person_id for y, line in found.items() if line is not None}

    def _paint_done(self) -> None:
        self._painted = None

    def line_at(self, row: int) -> Line | None:
        """The line in a row, read from the source if it is not cached."""
        if not 0 <= row < self._count:
            return None
        number, offset = divmod(row, BLOCK)
        if number not in self._blocks:
            if len(self._blocks) >= KEPT_BLOCKS:
                self._blocks.pop(next(iter(self._blocks)))
            self._blocks[number] = self._source(number * BLOCK, BLOCK)
        block = self._blocks[number]
        return block[offset] if offset < len(block) else None

    def render_line(self, y: int) -> Strip:
        """Render one row."""
        row = y + self.scroll_offset.y
        width = self.size.width
        line = self.line_at(row)
        if line is None:
            return Strip.blank(width, self.rich_style)
        marked = row == self.here and (self.has_focus or self.marks_quietly)
        parts, coloured = line_parts(line, width - GUTTER), not (marked and self.has_focus)
        name = "here" if self.has_focus else "quiet-here"
        style = self._style(name if marked else "row")
        key = DIGITS[y] if self.has_focus and y < len(DIGITS) else " "
        segments = [
            Segment(SHAPES.here if marked else " ", style),
            Segment(f"{key}  ", self._style("quiet", style) if coloured else style),
            *(Segment(words, self._style(kind, style) if kind and coloured else style) for words, kind in parts),
        ]
        return Strip(segments).adjust_cell_length(width, style)

    def _style(self, name: str, ground: Style | None = None) -> Style:
        """A style of the style sheet; with a ground, only its colour on that ground."""
        style: Style = self.get_component_rich_style(f"people-list--{name}")
        return style if ground is None else ground + Style(color=style.color)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the mark."""
        return self.content_region.offset + Offset(0, max(self.here - self.scroll_offset.y, 0))

    def on_resize(self) -> None:
        """Discard the rendered rows, since they depend on the width."""
        self.virtual_size = Size(max(self.size.width, 1), self._count)

    def watch_here(self, before: int, after: int) -> None:
        """Scroll to the highlighted row and repaint the two rows that changed."""
        for row in {before, after} - {-1}:
            self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))
        if after >= 0:
            self.scroll_to_region(Region(0, after, 1, 1), animate=False, force=True)
        self.post_message(self.Moved())

    def action_move(self, by: int) -> None:
        """Move the highlight by rows; without a highlight, from the index of the person who left."""
        if self.here == 0 and by == -1:
            self.post_message(PastEnd(self, by))
            return
        row = self.here + by
        if self.here < 0:
            row = self._left_at + (by if by < 0 else by - 1)
        self.here = min(max(row, 0), max(self._count - 1, 0))

    def action_move_page(self, by: int) -> None:
        """Move the highlight by one page."""
        self.action_move(by * max(self.size.height - 1, 1))

    def action_move_to(self, row: int) -> None:
        """Move the highlight to the first row, or to the last for -1."""
        self.here = max(self._count - 1, 0) if row < 0 else 0

    def action_choose(self) -> None:
        """Open the highlighted person."""
        if line := self.line_at(self.here):
            self.post_message(self.Chosen(line.person_id))

    def on_click(self, event: events.Click) -> None:
        """Open the person that was painted in the clicked row."""
        if (at := event.get_content_offset(self)) is not None:
            self._open_row(at.y)

    def on_key(self, event: events.Key) -> None:
        """Open the person at whose row a digit is painted."""
        if event.character and event.character in DIGITS and self._open_row(DIGITS.index(event.character)):
            event.stop()

    def _open_row(self, y: int) -> bool:
        """Open the person that was painted in a row of the window; return whether there was one."""
        shown = self._visible_rows() if self._painted is None else self._painted
        person_id = shown.get(y)
        if person_id is None:
            return False
        if self._painted is None:
            self.here = y + self.scroll_offset.y
        self.post_message(self.Chosen(person_id))
        return True
