"""Keeps a click on what was under it when the button went down.

A button that goes down moves the focus. The field that is left is then saved, which may add an alert above, and what is
gone to may scroll. Where the button comes up, another line may then stand than the one that was clicked.
"""

from __future__ import annotations

from textual import events
from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen
from textual.widget import Widget


class ClickPlace:
    """Where the button of the mouse went down: on the screen, and in which widget."""

    _down = Offset(-1, -1)
    _widget: Widget | None = None
    _origin = Offset(0, 0)
    """Where the first row of the widget's contents was on the screen."""

    def note(self, event: events.MouseDown, screen: Screen[object]) -> None:
        """Note what the button went down on."""
        self._down = event.screen_offset
        try:
            self._widget, _region = screen.get_widget_at(*self._down)
        except NoWidget:
            self._widget = None
            return
        self._origin = _origin(self._widget)

    def followed(self, event: events.MouseUp) -> events.MouseUp:
        """The event at the place to which what was clicked has moved; unchanged if the mouse or nothing has moved."""
        widget = self._widget
        if widget is None or not widget.is_attached or event.screen_offset != self._down:
            return event
        x, y = _origin(widget) - self._origin
        if not (x or y):
            return event
        return events.MouseUp(
            event.widget, event.x + x, event.y + y, event.delta_x, event.delta_y, event.button, event.shift,
            event.meta, event.ctrl, event.screen_x + x, event.screen_y + y, event.style,
        )  # fmt: skip


def _origin(widget: Widget) -> Offset:
    return widget.region.offset - widget.scroll_offset
