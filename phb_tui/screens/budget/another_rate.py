"""Asks from which day a line of a budget is paid at another rate, and what is paid then."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Button, Input, Static

from phb_tui.domain.budget.amounts.figures import MONEY
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.instant_button import InstantButton
from phb_tui.services.budget import line_edits


class AnotherRateScreen(PersonScreen):
    """Ends a line the day before a date and goes on with a copy of it at another rate.

    Args:
        person_id: The person.
        budget: The line's budget.
        line: Hours, or a cost that comes again.
        label: What the line is called.
    """

    TITLE = N_("Another rate from a date")
    HELP = N_(
        "For a pay rise or a new price. The line ends the day before, and a copy of it goes on from the day you write, "
        "for what you write. Everything else stays the same. Esc goes back; then nothing changes."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "#rate-day"

    def __init__(self, person_id: str, budget: Record, line: Record, label: str) -> None:
        super().__init__(person_id)
        self.budget, self.line, self.label = budget, line, label

    def compose_body(self) -> ComposeResult:
        """Compose the line's name, the two fields and the button."""
        paid = MONEY.show(self.line.text(line_edits.PAID[self.line.kind]))
        now = _("{what}: {paid} now").format(what=self.label, paid=paid) if paid else self.label
        yield Static(now, id="rate-line", classes="note", markup=False)
        yield FieldPanel(Input(id="rate-day"), _("From which day?"), _("For example 27 3 2027"))
        yield FieldPanel(Input(id="rate-paid"), _("What is paid from then on?"), _("For example 13.80"))
        yield InstantButton(_("Go on at this rate"), id="rate-keep")

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        for field in self.query(Input):
            field.cursor_blink = False

    @on(Input.Submitted, "#rate-day")
    def _to_paid(self) -> None:
        self.query_one("#rate-paid", Input).focus()

    @on(Input.Submitted, "#rate-paid")
    @on(Button.Pressed, "#rate-keep")
    def _split(self) -> None:
        day, paid = (self.query_one(f"#rate-{name}", Input).value for name in ("day", "paid"))
        try:
            line_edits.split(self.session, self.budget, self.line, day, paid)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.action_back()
