"""Updates that paint and lay out again only what changed: of a Static, and of the line round a widget."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static


def update_text(static: Static, words: Content) -> None:
    """Update a Static, with a new layout only if the number of rows changed.

    A layout costs more than everything else in moving from one statement to the next.
    """
    if static.content == words:
        return
    width, height = static.content_size
    if not static.display:  # it is laid out when it is shown
        static.clear_cached_dimensions()
        static.update(words, layout=False)
    else:
        static.update(words, layout=not width or words.get_height({}, width) != height)


def update_border(widget: Widget, title: Content, subtitle: Content) -> None:
    """Set the words in the upper and the lower line round a widget, which paints it whole, only if they changed."""
    if (widget.border_title or "") != title.markup:
        widget.border_title = title
    if (widget.border_subtitle or "") != subtitle.markup:
        widget.border_subtitle = subtitle
