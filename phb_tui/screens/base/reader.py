"""Read-only screens about a person: a scrolling page of text."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Log, Static

from phb_tui.documents import text
from phb_tui.documents.model import Document
from phb_tui.errors import UnknownRecord
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.widgets.read_only import ScrollPage

STYLES = Path(__file__).with_name("reader.tcss")
"""Full path, since Textual looks for styles beside the subclass, which may be in another folder."""
_RULE = re.compile(r"^( *)(={3,}|-{3,})$", re.MULTILINE)
"""The line of signs under a heading in a text copy."""
NARROW, MARGINS = 50, 6
"""Smallest width of a line, and the width kept free beside it, in columns."""


def _rule(found: re.Match[str]) -> str:
    """The line under a heading as the screen draws lines."""
    shape = SHAPES.filled if found[2][0] == "=" else SHAPES.rest
    return found[1] + shape * len(found[2])


class FocusablePage(ScrollPage):
    """A scrolling page that takes the focus even when it all fits, since it is the screen's only widget."""

    def allow_focus(self) -> bool:
        """Return True: the page always takes the focus."""
        return True


class PaperReader(PersonScreen):
    """Shows a document as text; draws only the visible lines, so that a long one opens as fast as a short one."""

    FAMILY_SAFE = True
    READ_TOGETHER = True
    AUTO_FOCUS = "Log"
    CSS_PATH = STYLES
    _folded = 0
    """Width in columns to which the lines were wrapped; 0 before they were."""

    def compose_body(self) -> ComposeResult:
        """Compose the list of lines."""
        yield Log(id="paper", auto_scroll=False)

    def on_resize(self) -> None:
        """Wrap the lines to the window's width."""
        if self._folded and self._folded != self._columns():
            self.reload()

    def reload(self) -> None:
        """Render the document again."""
        self._folded = self._columns()
        lines = self.query_one(Log)
        lines.clear()
        with suppress(UnknownRecord):  # another team has them by now; a page says so
            lines.write(_RULE.sub(_rule, text.write(self.paper(), self._folded)))

    def paper(self) -> Document:
        """The document to show."""
        raise NotImplementedError

    def _columns(self) -> int:
        """Width for text in columns: the window's less margins and scrollbar."""
        return max(min(self.size.width - MARGINS, text.WIDTH), NARROW)


class Reader(PersonScreen):
    """One page of text, rendered again whenever the screen is resumed.

    Args:
        person_id: The person.
    """

    FAMILY_SAFE = True
    AUTO_FOCUS = "FocusablePage"
    CSS_PATH = STYLES

    def compose_body(self) -> ComposeResult:
        """Compose the page."""
        with FocusablePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def reload(self) -> None:
        """Render the page again."""
        self.query_one("#page-words", Static).update(self.words())

    def words(self) -> Content:
        """The text of the page."""
        raise NotImplementedError
