"""A screen about a person that is only read."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Log, Static

from phb_tui.documents import text
from phb_tui.documents.model import Document
from phb_tui.errors import UnknownRecord
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.widgets.read_only import ScrollPage

STYLES = Path(__file__).with_name("reader.tcss")
"""Whole, for Textual looks for styles beside the class that is shown, and that one may be in another folder."""
NARROW, MARGINS = 50, 6
"""Columns a line has at least; columns it must leave free."""


class WholePage(ScrollPage):
    """The only thing on a screen, so that it has the focus also when all of it can be seen."""

    def allow_focus(self) -> bool:
        """Always."""
        return True


class PaperReader(PersonScreen):
    """A paper as text; only the lines that can be seen are drawn, so a long one opens as quickly as a short one."""

    FAMILY_SAFE = True
    AUTO_FOCUS = "Log"
    CSS_PATH = STYLES
    _folded = 0
    """The columns the lines were folded to; 0 before they were."""

    def compose_body(self) -> ComposeResult:
        """The lines."""
        yield Log(id="paper", auto_scroll=False)

    def on_resize(self) -> None:
        """Fold the lines to the window."""
        if self._folded and self._folded != self._columns():
            self.reload()

    def reload(self) -> None:
        """Write the paper again."""
        self._folded = self._columns()
        lines = self.query_one(Log)
        lines.clear()
        with suppress(UnknownRecord):  # another team has them by now; a page says so
            lines.write(text.write(self.paper(), self._folded))

    def paper(self) -> Document:
        """What is read."""
        raise NotImplementedError

    def _columns(self) -> int:
        """The columns for words: a window's less its margins and the bar at the side."""
        return max(min(self.size.width - MARGINS, text.WIDTH), NARROW)


class Reader(PersonScreen):
    """One page of words, read anew whenever the screen comes back.

    Args:
        person_id: The person.
    """

    FAMILY_SAFE = True
    AUTO_FOCUS = "WholePage"
    CSS_PATH = STYLES

    def compose_body(self) -> ComposeResult:
        """The page."""
        with WholePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def reload(self) -> None:
        """Write the page again."""
        self.query_one("#page-words", Static).update(self.words())

    def words(self) -> Content:
        """What stands on the page."""
        raise NotImplementedError
