"""Update of a Static that lays the screen out again only when its number of rows changes."""

from __future__ import annotations

from textual.content import Content
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
