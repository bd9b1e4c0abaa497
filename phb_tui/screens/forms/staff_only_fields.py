"""Masks staff-only fields of a form while the family may be reading."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from phb_tui.content.forms import Form, FormField
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.forms.field_row import FieldRow

IDENTITY = ("nhs_number", "date_of_birth")
"""Staff-only fields that stay readable during a visit, because they identify the person."""


class StaffOnlyFields:
    """Tracks which staff-only fields have a value that was not written on this screen; only those are masked.

    Args:
        form: The form of the record.
        record: The record.
    """

    def __init__(self, form: Form, record: Record) -> None:
        self._staff = [field for field in form.fields() if field.staff_only and field.name not in IDENTITY]
        self._mine = Record(record.team_id, record.kind, record.record_id, record.person_id, {})
        self._found: set[str] = set()
        self.note_read(record)

    def note_written(self, record: Record) -> Record:
        """Note the record after something was written on this screen."""
        self._mine = record
        return record

    def note_read(self, record: Record) -> None:
        """Note the record as read from the store."""
        for field in self._staff:
            if any(record.text(name) not in {"", self._mine.text(name)} for name in field.names()):
                self._found.add(field.name)

    def visible(self, fields: list[FormField], *, hides: bool) -> list[FormField]:
        """The fields that may be read and edited now."""
        return [field for field in fields if not (hides and field.name in self._found)]

    def compose(self, fields: list[FormField], record: Record, *, hides: bool, child: str = "") -> Iterable[Widget]:
        """Compose each field or, for a masked one, a note that it has a value.

        Args:
            fields: The fields.
            record: The record whose fields they are.
            hides: Whether what only staff may read is hidden.
            child: The record's kind when it is a child of the form's own record; else "".
        """
        left = self.visible(fields, hides=hides)
        for field in fields:
            if field in left:
                yield FieldRow(field, None if field.type == "link" else record, child)
            else:
                yield Static(_("{label}: for staff, F8 shows it").format(label=field.label), classes="note")
