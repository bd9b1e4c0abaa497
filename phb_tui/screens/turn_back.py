"""Family view ends here: a page that asks to turn the laptop back first."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.language import N_, _
from phb_tui.screens.host import TableScreen


class TurnBackScreen(TableScreen):
    """Asks to turn the laptop back, then shows everything again.

    Args:
        then_back: Whether leaving family view also goes back one screen, because that is what was asked for.
    """

    TITLE = N_("Family view")
    HELP = N_(
        "The laptop is turned to the person and family. Turn it back before you go on, so that only you can read it."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "OptionList"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Stay in family view"), id="back", tooltip=N_("Go back; nothing changes")),
        # F2 asks for this page; asked for again here, it would lie under itself.
        Binding("f2", "back", N_("Stay in family view"), id="family", show=False),
    ]

    def __init__(self, *, then_back: bool = False) -> None:
        super().__init__()
        self._then_back = then_back

    def compose_body(self) -> ComposeResult:
        """The request and the two ways on; the safe one is first."""
        yield Static("", classes="gap")
        yield Static(_("Turn the laptop back to you first."), classes="title")
        yield Static(_("Then other people's details can be seen again."), classes="note")
        yield Static("", classes="gap")
        yield OptionList(
            Option(_("Stay in family view"), id="stay"),
            Option(_("I have turned it: continue"), id="turned"),
            id="choose",
        )

    @on(OptionList.OptionSelected, "#choose")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.app.pop_screen()
        if event.option.id != "turned":
            return
        # Set before the screen below reads itself again.
        self.host.family = False
        if self._then_back:
            self.app.pop_screen()

    def action_back(self) -> None:
        """Stay in family view."""
        self.app.pop_screen()
