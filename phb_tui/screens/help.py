"""Help: what a screen is for, its keys, and plain words for terms of art."""

from __future__ import annotations

from rich.markup import escape
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from phb_tui.content import load
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.bars import key_name


class HelpScreen(TableScreen):
    """Explains the screen it was opened from.

    Args:
        of: That screen.
        keys: Every key that works there: key, words, explanation.
    """

    TITLE = "Help"
    HELP = "The arrows and PgDn move down. Esc goes back."
    FAMILY_SAFE = True
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, of: Screen[object], keys: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._of, self._keys = of, keys

    def compose_body(self) -> ComposeResult:
        """One page to read."""
        with VerticalScroll(id="page"):
            yield Static(self._words(), classes="note")

    def where(self) -> str:
        """Which screen is explained."""
        return f"Help: {self._of.title or self._of.TITLE or ''}"

    def action_back(self) -> None:
        """Back to the screen it was opened from, whichever that is."""
        self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is always a way back."""
        del action, parameters
        return True

    def _words(self) -> str:
        content = load()
        lines = ["[b]What this screen is for[/b]", escape(str(getattr(self._of, "HELP", "") or "")), ""]
        lines += ["[b]Keys[/b]", "Tab and Shift+Tab move between fields. The arrows move in a list. Enter goes on."]
        lines += [f"[b]{key_name(key):<8}[/b] {escape(words)}. {escape(more)}" for key, words, more in self._keys]
        lines += ["", "[b]What the words mean[/b]"]
        lines += [f"[b]{escape(term.term)}[/b]: {escape(term.meaning)}" for term in content.glossary]
        return "\n".join([*lines, "", escape(content.credit)])
