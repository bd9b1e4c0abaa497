"""Option list in which Enter and clicks act on the line that was painted, even if the list has been refilled since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.containers import VerticalScroll
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.style import Style as VisualStyle
from textual.visual import Visual
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.lists.row import Row


class Painted(NamedTuple):
    """The option list as it was painted before it was refilled.

    Attributes:
        ids: The option id of each line, from the top of the list.
        top: Index of the first visible line.
    """

    ids: Sequence[str | None]
    top: int


class StableList(OptionList):
    """Option list that can be refilled at any time without changing what the user acts on.

    The highlight follows its option's id. When changes from other laptops remove the highlighted record, nothing is
    highlighted, so that Enter opens no other one; the next arrow key continues from its index. A click before the new
    lines are painted acts on the line that was painted there. The line that has the focus begins with a mark.
    """

    SHOWS_PLACE = False
    """Whether the mark is shown without the focus too, because the list says which part is open."""

    _painted: Painted | None = None
    """The list as painted; None when that is what it contains now."""
    _left_at: int | None = None
    """Index of the highlighted option that was removed; None if there is none."""

    def refill(self, options: Sequence[Option], *, arriving: bool | None = None) -> None:
        """Replace the options; the highlight stays on the same id.

        Of two options with the same id the second is disabled: a duplicate must not end the app.

        Args:
            options: The new options.
            arriving: Whether changes from other laptops caused it; by default the screen's `arriving`.
        """
        if arriving is None:
            arriving = getattr(self.screen, "arriving", False)
        options = list(_with_unique_ids(options))
        if _same(self.options, options):
            return
        before, at, top = self.highlighted_option, self.highlighted, self.scroll_offset.y
        self._set(options)
        ids = [option.id for option in options]
        if before is not None and before.id is not None and before.id in ids:
            self.highlighted, self._left_at = ids.index(before.id), None
        elif at is not None and arriving:
            self._left_at = at
        elif self._left_at is None:
            self._highlight_from(at or 0)
        if self.is_mounted:
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
            self.scroll_to_highlight()

    def begin(self, options: Sequence[Option], here: str | None = None) -> None:
        """Show a different list and highlight the option with an id; by default the first that can be selected."""
        options = list(_with_unique_ids(options))
        ids = [option.id for option in options]
        if not _same(self.options, options):
            self._set(options)
        self._left_at = None
        self._highlight_from(ids.index(here) if here in ids else 0)

    def _set(self, options: Sequence[Option]) -> None:
        if self._painted is None and self.is_mounted:
            self._painted = Painted([self.options[index].id for index, _line in self._lines], self.scroll_offset.y)
            self.call_after_refresh(self._paint_done)
        self.set_options(options)

    @property
    def painted(self) -> bool:
        """Whether what is painted is what the list contains now."""
        return self._painted is None

    def _paint_done(self) -> None:
        self._painted = None

    def _highlight_from(self, place: int) -> None:
        """Highlight the option at an index or the next one that can be selected."""
        last = self.option_count - 1
        self.highlighted = min(place, last) if last >= 0 else None
        if self.highlighted_option is not None and self.highlighted_option.disabled:
            super().action_cursor_down()

    def action_cursor_down(self) -> None:
        """Highlight the next line; after the highlighted record was removed, the one that took its index."""
        before, self._left_at = self._left_at, None
        if self.highlighted is None and before is not None:
            self._highlight_from(before)
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Highlight the previous line."""
        before, self._left_at = self._left_at, None
        if self.highlighted is None and before:
            self.highlighted = before - 1
            if self.highlighted_option is None or not self.highlighted_option.disabled:
                return
        super().action_cursor_up()

    async def _on_click(self, event: events.Click) -> None:
        """Select the option that was painted at the click, which may have another index by now."""
        event.prevent_default()  # or Textual's own handler chose as well
        place = event.get_content_offset(self)
        if place is None:
            return
        if self._painted is None:
            ids, row = [self.options[index].id for index, _line in self._lines], place.y + self.scroll_offset.y
        else:
            ids, row = list(self._painted.ids), place.y + self._painted.top
        index = self._place_of(ids[row], row) if row < len(ids) else None
        if index is not None and not self.options[index].disabled:
            self.highlighted = index
            self.action_select()

    _in_one_colour = False

    def _get_visual(self, option: Option) -> Visual:
        visual = super()._get_visual(option)
        return visual.without_colours() if self._in_one_colour and isinstance(visual, Row) else visual

    def _get_option_render(self, option: Option, style: VisualStyle) -> list[Strip]:
        self._in_one_colour = self.has_focus and option is self.highlighted_option
        try:
            return super()._get_option_render(option, style)
        finally:
            self._in_one_colour = False

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that all lines take in a width; Textual counts the columns of the mark and the key as the line's own."""
        return super().get_content_height(container, viewport, width - self._get_left_gutter_width())

    def watch_show_vertical_scrollbar(self) -> None:
        """Count the rows of each line again when the scroll bar takes a column or gives it back; Textual does not."""
        self._clear_caches()

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Keep the highlighted line in view where the list is a part of a page that scrolls."""
        super().watch_highlighted(highlighted)
        if self.has_focus:
            self.call_after_refresh(self.show_line)

    def on_resize(self) -> None:
        """Keep the highlighted line in view in a list that gets less high: a message below it may take two rows."""
        if self.has_focus:
            self.call_after_refresh(self.scroll_to_highlight)

    def on_focus(self) -> None:
        """Keep the highlighted line in view, also of a list that is longer than the window."""
        self.call_after_refresh(self.show_line)

    def show_line(self) -> None:
        """Scroll the page that the list stands in to its highlighted line, with the title above the first one."""
        if not self.is_attached or self.highlighted is None:
            return
        # By places within containers: those on the screen are not known yet while the page is about to scroll.
        y = (
            self._index_to_line.get(self.highlighted, 0)
            - self.scroll_offset.y
            + self.gutter.top
            + self.virtual_region.y
        )
        for above in self.ancestors:
            if not isinstance(above, Widget):
                return
            if isinstance(above, VerticalScroll):
                title = self.gutter.top if self.highlighted == 0 else 0
                above.scroll_to_region(Region(0, y - title, 1, 1 + title), animate=False, force=True)
                return
            y += above.virtual_region.y + above.gutter.top

    # -- the mark before the line that has the focus

    def _get_left_gutter_width(self) -> int:
        return 1

    def line_prefix(self, option: Option, style: Style) -> list[Segment]:
        """What stands before the first row of an option, after the mark; of the gutter's width without the mark."""
        del option, style
        return []

    def render_line(self, y: int) -> Strip:
        """Render one row: the mark if it is the first one of the highlighted option, and the option's words."""
        strip = super().render_line(y)
        width, number = self._get_left_gutter_width(), self.scroll_offset.y + y
        if number >= len(self._lines):
            return strip
        index, offset = self._lines[number]
        option = self.options[index]
        style = next((segment.style for segment in strip if segment.style is not None), Style.null())
        if offset:
            return Strip([Segment(" " * width, style), *strip])
        shown = index == self.highlighted and not option.disabled and (self.has_focus or self.SHOWS_PLACE)
        return Strip([Segment(SHAPES.here if shown else " ", style), *self.line_prefix(option, style), *strip])

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs: on the mark of the highlighted line."""
        x, y = self.content_region.offset
        if self.highlighted is None:
            return Offset(x, y)
        return Offset(x, y + self._index_to_line.get(self.highlighted, 0) - self.scroll_offset.y)

    def _place_of(self, option_id: str | None, row: int) -> int | None:
        if option_id is not None:
            return next((index for index, option in enumerate(self.options) if option.id == option_id), None)
        return self._lines[row][0] if self._painted is None else None


def _same(before: Sequence[Option], after: Sequence[Option]) -> bool:
    return [(option.id, str(option.prompt)) for option in before] == [(o.id, str(o.prompt)) for o in after]


def _with_unique_ids(options: Sequence[Option]) -> Iterator[Option]:
    """The options, each id used once; a list does not begin with an empty line."""
    seen: set[str] = set()
    for option in dropwhile(lambda option: option.disabled and not str(option.prompt), options):
        twice = option.id in seen
        if option.id is not None:
            seen.add(option.id)
        yield Option(option.prompt, disabled=True) if twice else option
