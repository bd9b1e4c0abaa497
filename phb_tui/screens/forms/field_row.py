"""One form row: label, hint, error message and input."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.domain.calendar import dates
from phb_tui.domain.field_types import DATES
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.base.offered_names import offered
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.name_field import NameField
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import record_checks

if TYPE_CHECKING:
    from phb_tui.screens.base.screen import BaseScreen

CHOSEN = {"choice", "ticks", "link"}
"""Types of field that are selected from options, not typed."""


def place_of(name: str, child: str = "") -> str:
    """What tells a field's widgets apart on a form: its name, after the kind of record for a child's field."""
    return f"{child}-{name}" if child else name


class FieldRow(FieldPanel):
    """One field of a form.

    Args:
        field: The field.
        record: The record to show, so that no second layout is needed; None when it is not known yet.
        child: The kind of the child record that the field is of; "" for the form's own record.
    """

    def __init__(self, field: FormField, record: Record | None = None, child: str = "") -> None:
        classes = "asked staff" if field.staff_only else "asked"
        self.field, self.child = field, child
        self.place = place_of(field.name, child)
        super().__init__(self._answer_to(record), field.label, field.hint, classes=classes)

    def compose_error(self) -> ComposeResult:
        """Compose the error message, which is hidden while there is none."""
        yield Static("", id=f"error-{self.place}", classes="error hidden", markup=False)

    def _answer_to(self, record: Record | None) -> ChoiceList | TextField:
        field = self.field
        if field.type in CHOSEN:
            choice = ChoiceList(field)
            if record is not None:
                choice.show(record, field.options or {})
            return choice
        words_id = f"field-{self.place}"
        words = (
            NameField(field.name, lambda: offered(self.screen, field.offers), id=words_id)
            if field.offers
            else TextField(field.name, field.rows, id=words_id)
        )
        if record is not None:
            words.show(record)
        return words

    @on(TextField.Saved)
    def _kept(self, event: TextField.Saved) -> None:
        """Show what is wrong as soon as a field is left, and how a date was understood."""
        event.stop()
        record, kept = event.record, event.record.text(self.field.name)
        session = cast("BaseScreen", self.screen).session
        wrong = record_checks.at_field(session, record, self.field.name)
        said = _("Error: {words}").format(words=wrong) if wrong else ""
        self.problem(said or forms.warning(record.kind, self.field.name, kept, session.today))
        if self.field.type in DATES:
            self.tell("" if wrong else dates.explained(kept, session.today))

    def answered(self) -> None:
        """Clear the error message at the next key: what is wrong now is said when the field is left."""
        self.problem("")

    @on(ChoiceList.Chosen)
    def _chosen(self) -> None:
        """Clear the error message once something was chosen; the screen takes the answer."""
        self.answered()

    def problem(self, sentence: str) -> None:
        """Show an error message; "" clears it."""
        error = self.query_one(".error", Static)
        error.update(sentence)
        error.set_class(not sentence, "hidden")
