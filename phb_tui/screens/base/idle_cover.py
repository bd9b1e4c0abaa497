"""What hides a person's words when nobody has pressed a key for a while."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import VerticalGroup
from textual.screen import Screen
from textual.widgets import Static

from phb_tui.i18n import _


class Hidden(VerticalGroup, can_focus=True):
    """Has the focus, so that no key goes to what lies under it."""


class IdleCoverScreen(Screen[None]):
    """Lies over the screen that was open. The app takes it away with the next key, which does nothing else.

    Args:
        words: A last line; "" for none.
        lifted: Called when somebody is there again.
    """

    AUTO_FOCUS = "#cover"
    CSS_PATH = "idle_cover.tcss"

    def __init__(self, words: str, lifted: Callable[[], None]) -> None:
        super().__init__()
        self._words, self._lifted = words, lifted

    def compose(self) -> ComposeResult:
        """What to do; nothing of anybody."""
        with Hidden(id="cover"):
            yield Static(_("Press any key"), classes="title")
            yield Static(_("The words are hidden because no key was pressed for a while."), classes="note")
            yield Static(_("The key only shows them again. Everything is kept."), classes="note")
            yield Static(self._words, id="soon", classes="note")

    def lift(self) -> None:
        """Show again what was open."""
        if self.is_current:
            self._lifted()
            self.app.pop_screen()

    def on_mouse_up(self) -> None:
        """A click is over: only when the button is up, or what lies under it would take the rest of it."""
        self.lift()

    def on_mouse_scroll_down(self) -> None:
        """Somebody reads on."""
        self.lift()

    def on_mouse_scroll_up(self) -> None:
        """Somebody reads on."""
        self.lift()

    def say(self, words: str) -> None:
        """Write a last line."""
        self.query_one("#soon", Static).update(words)
