"""Menu: every action of the current screen with its key."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.i18n import N_, _
from phb_tui.screens.widgets.bars import key_name

WIDTH = 46
"""Width of a line in columns; with its border it fits the narrowest window."""


class MenuScreen(ModalScreen[str | None]):
    """Modal list of actions; returns the key of the selected one, or None.

    Args:
        keys: Every key that works on the screen below: key, words, explanation.
    """

    TITLE = N_("Menu")
    HELP = N_("Everything you can do here, with its key. Move with the arrows and press Enter. Esc closes the menu.")
    CSS_PATH = "menu.tcss"
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", N_("Close the menu"), id="back", tooltip=N_("Go back; nothing happens")),
        Binding("f9", "dismiss(None)", N_("Close the menu"), show=False),
    ]

    def __init__(self, keys: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._keys = [key for key in keys if key[0] != "f9"]

    def compose(self) -> ComposeResult:
        """Compose the list of actions."""
        actions = OptionList(*(Option(_line(key, words), id=key) for key, words, _more in self._keys), id="actions")
        actions.border_title = _("What would you like to do?")
        actions.border_subtitle = _("Esc closes this")
        yield actions

    @on(OptionList.OptionSelected, "#actions")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(str(event.option.id))


def _line(key: str, words: str) -> Content:
    name = key_name(key)
    return Content(f"{words} {'.' * max(WIDTH - len(words) - len(name) - 2, 2)} {name}")
