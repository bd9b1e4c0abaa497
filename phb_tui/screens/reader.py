"""A screen about a person that is only read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from phb_tui.screens.personal import PersonalScreen
from phb_tui.screens.widgets.reading import Page


class WholePage(Page):
    """The only thing on a screen, so that it has the focus also when all of it can be seen."""

    def allow_focus(self) -> bool:
        """Always."""
        return True


class Reader(PersonalScreen):
    """One page of words, read anew whenever the screen comes back.

    Args:
        person_id: The person.
    """

    FAMILY_SAFE = True
    AUTO_FOCUS = "WholePage"
    CSS_PATH = "reader.tcss"

    def compose_body(self) -> ComposeResult:
        """The page."""
        with WholePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def fill(self) -> None:
        """Write the page again."""
        self.query_one("#page-words", Static).update(self.words())

    def words(self) -> Content:
        """What stands on the page."""
        raise NotImplementedError
