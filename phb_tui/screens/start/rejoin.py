"""Re-enrolment with a new joining code, after central has refused this laptop."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Button, Input, Static

from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.services.sync import enrolment


class RejoinScreen(BaseScreen):
    """Asks for a new joining code."""

    TITLE = N_("Join again")
    HELP = N_(
        "Your team lead can let this laptop in again with a new joining code. They need the laptop's number, which is "
        "shown here. Everything on the laptop stays as it is, and what waits is sent with the next sync."
    )
    AUTO_FOCUS = "Input"

    def compose_body(self) -> ComposeResult:
        """Compose the question and the input."""
        yield FieldPanel(Input(id="code"), _("Joining code: paste it from your team lead's message."))
        yield InstantButton(_("Continue"), id="continue")
        yield Static("", id="problem", classes="error hidden")
        number = enrolment.device_number(self.session)
        told = _("This laptop's number, for your team lead: {number}").format(number=number)
        yield Static(Content(told), classes="note")

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        self.query_one(Input).cursor_blink = False

    @on(Input.Submitted)
    @on(Button.Pressed, "#continue")
    def _join(self) -> None:
        try:
            enrolment.join_again(self.session, self.query_one(Input).value)
        except PhbError as error:
            told = self.query_one("#problem", Static)
            told.update(Content(_("There is a problem: {words}").format(words=error.sentence)))
            told.remove_class("hidden")
            return
        self.action_back()
        self.phb_app.exchange()
