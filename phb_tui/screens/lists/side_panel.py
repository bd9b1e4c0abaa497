"""Panel beside a list, in a window that has room for it: it is read and not chosen from."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

TWO_COLUMNS = 110
"""Width in columns from which the panel is shown."""

LEAST_WIDTH = 20
"""Columns that its words have at least, before it is laid out."""


class SidePanel(VerticalScroll, can_focus=False):
    """Words under headings in one widget, with a title in the line round it."""

    def compose(self) -> ComposeResult:
        """Compose the words."""
        yield Static("", classes="side-words", markup=False)

    @property
    def is_wanted(self) -> bool:
        """Whether the window is wide enough to show it, so that nothing is read for it elsewhere."""
        return self.app.size.width >= TWO_COLUMNS

    @property
    def words_width(self) -> int:
        """Columns of its words."""
        return max(self.query_one(Static).content_size.width, LEAST_WIDTH)

    def fill(self, title: str, lines: Iterable[Content]) -> None:
        """Show lines from the first one on; no line leaves it empty."""
        shown, words = self.query_one(Static), Content("\n").join(lines)
        self.border_title = Content(title)
        if shown.content != words:  # it is asked for again whenever the window may have changed
            shown.update(words)
            self.scroll_home(animate=False)


def titled_lines(title: str, lines: Iterable[Content]) -> Iterable[Content]:
    """An empty row, a heading and the lines below it; nothing where there is no line."""
    found = list(lines)
    if found:
        yield Content("")
        yield Content.styled(title, "bold $bold")
        yield from found
