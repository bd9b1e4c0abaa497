"""Fields of a form that only staff may read, while the family reads along."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Static

from phb_tui.content.forms import Form, FormField
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.forms.field_row import FieldRow

IDENTITY = ("nhs_number", "date_of_birth")
"""Fields for staff that stay readable while a visit is open: they say whose record this is."""


def pages(form: Form, *, family: bool) -> list[int]:
    """The pages that may be shown: in family view none of codes, and none of which every field is for staff."""
    return [
        number
        for number, page in enumerate(form.pages)
        if not (family and (page.extra or all(field.staff_only for field in page.fields)))
    ]


class StaffOnlyFields:
    """Which fields for staff hold something that was not written on this screen: that is masked, and nothing else.

    Args:
        form: The form of the record.
        record: The record.
    """

    def __init__(self, form: Form, record: Record) -> None:
        self._staff = [field for field in form.fields() if field.staff_only and field.name not in IDENTITY]
        self._mine = Record(record.team_id, record.kind, record.record_id, record.person_id, {})
        self._found: set[str] = set()
        self.look(record)

    def kept(self, record: Record) -> Record:
        """Note the record as it is after something was written here."""
        self._mine = record
        return record

    def look(self, record: Record) -> None:
        """Note what stands in the record as it was read again, from before or from a colleague."""
        for field in self._staff:
            if any(record.text(name) not in {"", self._mine.text(name)} for name in field.names()):
                self._found.add(field.name)

    def left(self, fields: list[FormField], *, hides: bool) -> list[FormField]:
        """Those of the fields that can be read and filled in now."""
        return [field for field in fields if not (hides and field.name in self._found)]

    def compose(self, fields: list[FormField], record: Record, *, hides: bool) -> Iterable[Widget]:
        """Each field, or in its place that something stands there."""
        left = self.left(fields, hides=hides)
        for field in fields:
            if field in left:
                yield FieldRow(field, None if field.type == "link" else record)
            else:
                yield Static(_("{label}: for staff, F8 shows it").format(label=field.label), classes="note")
