"""Container of panels between which the arrows move as if they were one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import Container

from phb_tui.screens.lists.chip_row import ChipRow
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.lists.past_end import PastEnd

if TYPE_CHECKING:
    from textual.widget import Widget


class Panels(Container):
    """Panels of lists: Down at the end of one goes on in the next one, and a digit or letter opens a line of any."""

    def _lists(self) -> list[LineList | ChipRow]:
        found = [widget for widget in self.query("LineList, ChipRow") if widget.focusable]
        return [widget for widget in found if isinstance(widget, LineList | ChipRow)]

    def on_mount(self) -> None:
        """Let an arrow past its end leave every list that stands here."""
        for listed in self.query("LineList, ChipRow"):
            if isinstance(listed, LineList | ChipRow):
                listed.beside_others = True

    def on_key(self, event: events.Key) -> None:
        """Open the line of another list whose digit or letter is pressed."""
        for listed in self._lists():
            if event.character and listed.has_key(event.character):
                event.stop()
                # By the list itself: a message that this container posts would not pass it on its way to the screen.
                listed.call_next(listed.open_key, event.character)
                return

    @on(PastEnd)
    def _go_on(self, event: PastEnd) -> None:
        """Go on in the list after or before the one that was left by an arrow."""
        event.stop()
        lists: list[Widget] = list(self._lists())
        if event.listed not in lists:
            return
        other = lists[(lists.index(event.listed) + event.by) % len(lists)]
        if isinstance(other, LineList):
            other.enter(at_end=event.by < 0)
        elif isinstance(other, ChipRow):
            other.highlighted = len(other.chips) - 1 if event.by < 0 else 0
        other.focus()
