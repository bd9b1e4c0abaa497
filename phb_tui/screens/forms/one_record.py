"""What a form does beside drawing fields: it keeps what is entered, and says who else may be the same person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType

from phb_tui.content import forms
from phb_tui.domain.records.changes import REMOVED, Record, Value
from phb_tui.errors import PhbError
from phb_tui.i18n import N_
from phb_tui.screens.forms.child_records import Marks
from phb_tui.screens.forms.duplicate_notice import DuplicateNotice
from phb_tui.screens.forms.error_reason import ENTERED_IN_ERROR, ErrorReasonScreen
from phb_tui.screens.forms.staff_only_fields import StaffOnlyFields
from phb_tui.screens.history.record_screen import RecordScreen
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.line_list import LineList
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.person import entered_in_error
from phb_tui.services.records import editing


class RecordForm(RecordScreen):
    """A screen on which one record is written; of a person it says who else may be the same one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "alike", N_("The same person?"), id="alike", tooltip=N_("Who else has this number or name")),
        ENTERED_IN_ERROR,
    ]

    record: Record
    """The record, which need not have been written yet."""
    masks: StaffOnlyFields
    """Which fields for staff hold something that was not written here."""
    context: dict[str, str]
    """What a new record needs to say to which other record it belongs."""

    def current_record(self) -> Record:
        """The record."""
        return self.record

    def show_alike(self) -> None:
        """Look for somebody else who may be the same person."""
        self.query_one(DuplicateNotice).show(self.session, self.record, family=self.hides)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The lines can be gone to when there are any."""
        if action == "alike":
            return any(box.found for box in self.query(DuplicateNotice))
        if action == "in_error":
            return entered_in_error.can_be(self.record) and not self.host.family
        return super().check_action(action, parameters)

    def action_alike(self) -> None:
        """Go to the lines of those who may be the same person."""
        listed = self.query_one("#alike-list", LineList)
        listed.highlighted = 0
        self.set_focus(listed)

    def keep(self, field: TextField) -> Record | None:
        """Keep a field that was left; the others go on from the same record."""
        if field.record is None:
            return None
        self._keep({field.field: field.text}, field.record)
        for words in self.query(TextField):
            if words is not field:
                words.show(self.record)
        self.query_one(Marks).show(forms.form(self.record.kind), self.record)
        return self.record

    def _keep(self, values: Mapping[str, Value], record: Record) -> None:
        said = any(str(value or "").strip() for value in values.values())
        missing = {name: value for name, value in self.context.items() if not record.text(name)}
        self.record = self.masks.kept(editing.save(self.session, record, {**missing, **values} if said else values))
        self.show_alike()

    @on(ChoiceList.Chosen)
    @on(Marks.Marked)
    def _chosen(self, event: ChoiceList.Chosen | Marks.Marked) -> None:
        put_back = event.name == REMOVED and entered_in_error.is_in_error(self.record)
        self._change({event.name: event.value, **({entered_in_error.REASON: ""} if put_back else {})})

    def _change(self, values: Mapping[str, Value]) -> None:
        """Keep something that was chosen, at once."""
        if not self.host.autosaver.leave_all():
            return
        try:
            self._keep(values, self.record)
        except PhbError as error:
            self.show_error(error)
            return
        self.reload()
        self.host.autosaver.note_saved()

    def action_in_error(self) -> None:
        """Say that this was entered in error, and why; or put it back."""
        if self.host.autosaver.leave_all():
            self.app.push_screen(ErrorReasonScreen(self.record))
