"""How what can be done is offered: help, the menu, "find anything", and the hints that can be clicked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from phb_tui.screens.host import Host
from phb_tui.screens.widgets.bars import keys_here

if TYPE_CHECKING:
    from phb_tui.domain.changes import Record


class Offering(Host):
    """The part of the app that tells what it can do; all of it is made from the bindings."""

    def action_press(self, key: str) -> None:
        """Do what a key does; the hints are clicked."""
        self.simulate_key(key)

    def action_help(self) -> None:
        """Explain this screen."""
        from phb_tui.screens.help import HelpScreen  # noqa: PLC0415

        if isinstance(self.screen, HelpScreen):
            self.screen.action_back()
        else:
            self.push_screen(HelpScreen(self.screen, keys_here(self.screen)))

    def action_menu(self) -> None:
        """List everything that can be done here."""
        from phb_tui.screens.menu import MenuScreen  # noqa: PLC0415

        if isinstance(self.screen, MenuScreen):
            self.screen.dismiss(None)
        else:
            self.push_screen(MenuScreen(keys_here(self.screen)), self._press_chosen)

    def left(self, person: Record, team: str) -> None:
        """Another team has a person whose record is open: say so, and offer the way back to the list."""
        from phb_tui.screens.gone import GoneScreen  # noqa: PLC0415 - seldom

        self.push_screen(GoneScreen(person, team))

    def _press_chosen(self, key: str | None) -> None:
        if key:
            self.call_after_refresh(self.simulate_key, key)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """What Ctrl+P offers: the menu's lines, and nothing of Textual's own."""
        del screen
        for key, words, explanation in keys_here(self.screen):
            yield SystemCommand(words, explanation or words, lambda key=key: self._press_chosen(key))
