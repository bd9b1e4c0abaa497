"""Family view ends here: a page that asks to turn the laptop back first."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.screens.host import TableScreen


class TurnBackScreen(TableScreen):
    """Asks to turn the laptop back, then shows everything again.

    Args:
        then_back: Whether leaving family view also goes back one screen, because that is what was asked for.
    """

    TITLE = "Family view"
    HELP = "The laptop is turned to the person and family. Turn it back before you go on, so that only you can read it."
    FAMILY_SAFE = True
    AUTO_FOCUS = "OptionList"

    def __init__(self, *, then_back: bool = False) -> None:
        super().__init__()
        self._then_back = then_back

    def compose_body(self) -> ComposeResult:
        """The request and the two ways on."""
        yield Static("")
        yield Static("Turn the laptop back to you first.", classes="title")
        yield Static("Then other people's details can be seen again.", classes="note")
        yield Static("")
        yield OptionList(
            Option("Stay in family view", id="stay"), Option("I have turned it: continue", id="turned"), id="choose"
        )

    @on(OptionList.OptionSelected, "#choose")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.app.pop_screen()
        if event.option.id != "turned":
            return
        self.host.family = False
        if self._then_back:
            self.app.pop_screen()

    def action_back(self) -> None:
        """Stay in family view."""
        self.app.pop_screen()
