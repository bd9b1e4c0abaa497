"""Menu: every action of the current screen with its key, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.domain.text import line_filter
from phb_tui.i18n import N_, _
from phb_tui.screens.frame.hint_bar import key_name
from phb_tui.screens.shell.filter_list import FilterList, FilterScreen

WIDTH = 46
"""Width of a line in columns; with its border it fits the narrowest window."""


class MenuScreen(FilterScreen[str]):
    """Modal list of actions; returns the key of the selected one, or None.

    Args:
        keys: Every key that works on the screen below: key, words, explanation.
    """

    TITLE = N_("Menu")
    HELP = N_(
        "Everything you can do here, with its key. Type a word of a line to find it, or move with the arrows. Enter "
        "does what the line says. Esc takes out what you typed, then closes the menu."
    )
    CSS_PATH = "menu.tcss"
    AUTO_FOCUS = "#typed"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", N_("Close the menu"), id="back", tooltip=N_("Go back; nothing happens")),
        Binding("f9", "dismiss(None)", N_("Close the menu"), show=False),
    ]

    def __init__(self, keys: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._keys = [key for key in keys if key[0] != "f9"]

    def compose(self) -> ComposeResult:
        """Compose the field and the list of actions."""
        actions = FilterList(self._lines, id="actions")
        actions.border_title = _("What would you like to do?")
        yield actions

    def _lines(self, typed: str) -> Sequence[Option]:
        found = line_filter.matching(typed, [f"{words} {key_name(key)}" for key, words, _more in self._keys])
        if not found:
            return [Option(_("Nothing here has these words. Esc shows everything again."), disabled=True)]
        return [Option(_line(key, words), id=key) for key, words, _more in (self._keys[index] for index in found)]

    @on(FilterList.Chosen)
    def _chosen(self, event: FilterList.Chosen) -> None:
        self.dismiss(event.option_id)


def _line(key: str, words: str) -> Content:
    name = key_name(key)
    return Content(f"{words} {'.' * max(WIDTH - len(words) - len(name) - 2, 2)} {name}")
