"""Cover over the screen after some time without a key, so that nobody reads a person's words."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.screen import Screen
from textual.widgets import Static

from phb_tui.i18n import _


class CoverText(VerticalGroup, can_focus=True):
    """The cover's only widget; it has the focus, so that no key reaches the screen below."""


class IdleCoverScreen(Screen[None]):
    """Modal screen over the one that was open. The next key closes it and does nothing else.

    Args:
        words: A last line; "" for none.
        lifted: Called when the cover is closed.
    """

    AUTO_FOCUS = "#cover"
    CSS_PATH = "idle_cover.tcss"

    def __init__(self, words: str, on_close: Callable[[], None]) -> None:
        super().__init__()
        self._words, self._lifted = words, on_close

    def compose(self) -> ComposeResult:
        """Compose the instruction; nothing about any person."""
        with CoverText(id="cover"):
            yield Static(_("Press any key or click"), classes="title")
            yield Static(_("The words are hidden because no key was pressed for a while."), classes="note")
            yield Static(_("That only shows them again. Everything is kept."), classes="note")
            yield Static(self._words, id="soon", classes="note")

    def close_cover(self) -> None:
        """Close the cover."""
        if self.is_current:
            self._lifted()
            self.app.pop_screen()

    def on_mouse_up(self) -> None:
        """Close the cover on the button's release: on press, the screen below would receive the rest of the click."""
        self.close_cover()

    def on_mouse_scroll_down(self) -> None:
        """Close the cover."""
        self.close_cover()

    def on_mouse_scroll_up(self) -> None:
        """Close the cover."""
        self.close_cover()

    def say(self, words: str) -> None:
        """Show a last line under the instruction."""
        self.query_one("#soon", Static).update(words)
