"""Base of screens on which one record is edited: saving fields, and a notice of possible duplicates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from phb_tui.content import forms
from phb_tui.domain.records.changes import REMOVED, Record, Value
from phb_tui.errors import PhbError
from phb_tui.i18n import N_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.child_records import Marks
from phb_tui.screens.forms.duplicate_notice import DuplicateNotice
from phb_tui.screens.forms.error_reason import ENTERED_IN_ERROR, ErrorReasonScreen
from phb_tui.screens.forms.staff_only_fields import StaffOnlyFields
from phb_tui.screens.history.record_screen import RecordScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import entered_in_error
from phb_tui.services.records import editing, record_checks, record_lists


class RecordForm(RecordScreen):
    """Screen that edits one record; for a person it shows possible duplicates."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "alike", N_("The same person?"), id="more", tooltip=N_("Who else has this number or name")),
        Binding("f6", "details", N_("More details"), id="more", tooltip=N_("What is rarely asked, and codes")),
        ENTERED_IN_ERROR,
    ]

    record: Record
    """The record, which may not have been saved yet."""
    masks: StaffOnlyFields
    """Which staff-only fields have a value that was not written on this screen."""
    context: dict[str, str]
    """Fields that link a new record to its parent."""
    then: Callable[[], BaseScreen] | None = None
    """Makes the screen that takes this one's place when it is left and its record is kept."""

    def current_record(self) -> Record:
        """The record that is edited."""
        return self.record

    def show_duplicates(self) -> None:
        """Search for possible duplicates and show them."""
        self.query_one(DuplicateNotice).show(self.session, self.record, family=self.hides)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow going to the duplicates only when there are any."""
        if action == "alike":
            return any(box.found for box in self.query(DuplicateNotice))
        if action == "in_error":
            return entered_in_error.can_be(self.record) and not self.phb_app.family
        return super().check_action(action, parameters)

    def action_alike(self) -> None:
        """Focus the list of possible duplicates."""
        listed = self.query_one("#alike-list", LineList)
        listed.highlighted = 0
        self.set_focus(listed)

    def save_field(self, field: TextField) -> Record | None:
        """Save a field that was left, and let the other fields continue from the saved record."""
        if field.record is None:
            return None
        self._keep({field.field: field.text}, field.record)
        for words in self.query(TextField):
            if words is not field and words.record is not None and words.record.kind == field.record.kind:
                words.show(self.record)
        self.query_one(Marks).show(
            forms.form(self.record.kind), self.record, signed=record_checks.is_signed(self.session, self.record)
        )
        return self.record

    def _keep(self, values: Mapping[str, Value], record: Record) -> None:
        said = any(str(value or "").strip() for value in values.values())
        missing = {name: value for name, value in self.context.items() if not record.text(name)}
        self.record = self.masks.note_written(
            editing.save(self.session, record, {**missing, **values} if said else values)
        )
        self.show_duplicates()

    @on(ChoiceList.Chosen)
    @on(Marks.Marked)
    def _chosen(self, event: ChoiceList.Chosen | Marks.Marked) -> None:
        put_back = event.name == REMOVED and record_lists.is_in_error(self.record)
        self._change({event.name: event.value, **({entered_in_error.REASON: ""} if put_back else {})})

    def _change(self, values: Mapping[str, Value]) -> None:
        """Save selected values at once."""
        if not self.phb_app.autosaver.save_all():
            return
        try:
            self._keep(values, self.record)
        except PhbError as error:
            self.show_error(error)
            return
        self.reload()
        self.phb_app.autosaver.note_saved()

    def action_back(self) -> None:
        """Go back one screen, or on to the screen that comes after a record that is kept."""
        if self.then is None:
            super().action_back()
        elif self.phb_app.autosaver.save_all():
            if record_lists.is_listed(self.record) and self.record.fields:
                self.app.switch_screen(self.then())
            else:
                super().action_back()

    def action_in_error(self) -> None:
        """Open the screen that marks the record as entered in error, or restores it."""
        if self.phb_app.autosaver.save_all():
            self.app.push_screen(ErrorReasonScreen(self.record))
