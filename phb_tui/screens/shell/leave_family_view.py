"""Page that ends family view: asks to turn the laptop to staff first, and for a word that is not typed by chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Button, Input, Static

from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.widgets.instant_button import InstantButton

WORD = N_("staff")
"""The word that is typed to end family view."""


class LeaveFamilyViewScreen(BaseScreen):
    """Asks to turn the laptop to staff and to type a word, then ends family view.

    Args:
        then_back: Whether leaving family view also goes back one screen, because that is what was asked for.
        then: What is done after that; None for nothing.
    """

    TITLE = N_("Family view")
    HELP = N_(
        "The laptop is turned to the person and family. Turn it back before you go on, so that only you can read it. "
        "Then type the word staff and press Enter."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "Input"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Stay"), id="back", tooltip=N_("Stay in family view; nothing changes")),
        # F2 and F8 ask for this page; asked for again here, it would lie under itself.
        Binding("f2,f8", "back", N_("Stay in family view"), show=False),
    ]

    def __init__(self, *, then_back: bool = False, then: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._then_back, self._then = then_back, then

    def compose_body(self) -> ComposeResult:
        """Compose the request and the input."""
        yield Static("", classes="gap")
        yield Static(_("Turn the laptop back to you first."), classes="title")
        words = _("Then type the word {word} and press Enter. Esc stays in family view.")
        yield Static(words.format(word=_(WORD)), classes="note", markup=False)
        yield Static("", classes="gap")
        yield Input(id="word")
        yield InstantButton(_("Continue"), id="continue")
        yield Static("", id="wrong", classes="error", markup=False)

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        self.query_one(Input).cursor_blink = False

    @on(Input.Submitted, "#word")
    @on(Button.Pressed, "#continue")
    def _typed(self) -> None:
        field = self.query_one(Input)
        if field.value.strip().casefold() != _(WORD).casefold():
            field.focus()
            words = _("Type the word {word}, or press Esc to stay in family view.")
            self.query_one("#wrong", Static).update(words.format(word=_(WORD)))
            return
        self.app.pop_screen()
        # Set before the screen below reads itself again.
        self.phb_app.family = False
        if self._then_back:
            self.app.pop_screen()
        self.phb_app.keep_place()
        if self._then is not None:
            self._then()

    def action_back(self) -> None:
        """Close the page and stay in family view."""
        self.app.pop_screen()
