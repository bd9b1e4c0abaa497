"""A picture of words and signs that is drawn for the width it has."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

Draw = Callable[[int], list[Content]]
"""Rows of a picture for a width in columns."""


class Drawn(Widget):
    """Panel that draws a picture for its width; it is read and not chosen from."""

    _draw: Draw = staticmethod(lambda _width: [])

    def show(self, draw: Draw, *, title: str, subtitle: str = "") -> None:
        """Show a picture with a title and a subtitle in the line round it."""
        self._draw = draw
        self.border_title, self.border_subtitle = Content(title), Content(subtitle)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Rows that the picture has in a width."""
        del container, viewport
        return len(self._draw(width))

    def render(self) -> Content:
        """The picture for the width that there is."""
        return Content("\n").join(self._draw(self.content_size.width))
