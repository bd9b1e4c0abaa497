"""A list in which Enter and a click act on what was painted, also while the list is filled anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.widgets import OptionList
from textual.widgets.option_list import Option


class Painted(NamedTuple):
    """What stood on the screen when the list was filled anew.

    Attributes:
        ids: The id of the option in each line of the list, from its top.
        top: The first of these lines that was in sight.
    """

    ids: Sequence[str | None]
    top: int


class StableList(OptionList):
    """A list that may be filled anew at any time.

    The highlight stays on its record, by the option's id, wherever that is now. Where others' words come in and the
    highlighted record is gone, nothing is highlighted, so that Enter opens no other one; the next arrow goes on from
    its place. A click before the new lines are painted is meant for the line that was painted there.
    """

    _painted: Painted | None = None
    """What is still on the screen; None when that is what the list holds."""
    _left_at: int | None = None
    """Where the highlight was before its record went."""

    def refill(self, options: Sequence[Option], *, arriving: bool | None = None) -> None:
        """Show the same list as it is now.

        Where two options have one id the later can be read and not opened: a list is never a reason to close the app.

        Args:
            options: What it holds now.
            arriving: Whether others' words came in; by default what the screen says.
        """
        if arriving is None:
            arriving = getattr(self.screen, "arriving", False)
        options = list(_apart(options))
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
        """Show another list, beginning with one of its options; by default the first that can be chosen."""
        options = list(_apart(options))
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

    def _paint_done(self) -> None:
        self._painted = None

    def _highlight_from(self, place: int) -> None:
        """Highlight the option in a place or, where it cannot be chosen, the next that can."""
        last = self.option_count - 1
        self.highlighted = min(place, last) if last >= 0 else None
        if self.highlighted_option is not None and self.highlighted_option.disabled:
            super().action_cursor_down()

    def action_cursor_down(self) -> None:
        """The next line; after the highlighted record went, the one in its place."""
        before, self._left_at = self._left_at, None
        if self.highlighted is None and before is not None:
            self._highlight_from(before)
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """The line before."""
        before, self._left_at = self._left_at, None
        if self.highlighted is None and before:
            self.highlighted = before - 1
            if self.highlighted_option is None or not self.highlighted_option.disabled:
                return
        super().action_cursor_up()

    async def _on_click(self, event: events.Click) -> None:
        """Choose what was painted where the click is; the list may hold other options by now."""
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

    def _place_of(self, option_id: str | None, row: int) -> int | None:
        if option_id is not None:
            return next((index for index, option in enumerate(self.options) if option.id == option_id), None)
        return self._lines[row][0] if self._painted is None else None


def _same(before: Sequence[Option], after: Sequence[Option]) -> bool:
    return [(option.id, str(option.prompt)) for option in before] == [(o.id, str(o.prompt)) for o in after]


def _apart(options: Sequence[Option]) -> Iterator[Option]:
    """The options with no id twice."""
    seen: set[str] = set()
    for option in options:
        twice = option.id in seen
        if option.id is not None:
            seen.add(option.id)
        yield Option(option.prompt, disabled=True) if twice else option
