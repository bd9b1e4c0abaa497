"""A field as it is asked: label, hint, room for its problem, and where the answer goes."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from phb_tui.content.forms import FormField
from phb_tui.screens.widgets.choice import Choice
from phb_tui.screens.widgets.words import Words

CHOSEN = {"choice", "ticks", "link"}
"""Types of field that are chosen, not typed."""


class Asked(Vertical):
    """One field of a form.

    Args:
        field: The field.
    """

    def __init__(self, field: FormField) -> None:
        super().__init__(classes="asked staff" if field.staff_only else "asked")
        self.field = field

    def compose(self) -> ComposeResult:
        """What is asked, then where the answer goes."""
        yield Static(self.field.label, classes="label", markup=False)
        if self.field.hint:
            yield Static(self.field.hint, classes="note", markup=False)
        yield Static("", id=f"error-{self.field.name}", classes="error hidden", markup=False)
        with Vertical(classes="field"):
            yield Choice(self.field) if self.field.type in CHOSEN else Words(self.field.name, self.field.rows)

    def problem(self, sentence: str) -> None:
        """Show what is wrong with it; "" for nothing."""
        error = self.query_one(".error", Static)
        error.update(sentence)
        error.set_class(not sentence, "hidden")
