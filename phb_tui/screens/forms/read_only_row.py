"""One read-only field of a form, whose record was signed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from phb_tui.content.forms import FormField
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


class ReadOnlyRow(Static):
    """A field with what was signed.

    Args:
        session: The session.
        field: The field.
        record: The record that it is of.
    """

    def __init__(self, session: Session, field: FormField, record: Record) -> None:
        ticked = ", ".join(record_lists.ticked(record, field.name))
        words = ticked or record_lists.display(session, record, field.name) or _("Nothing was written here")
        super().__init__(Content.styled(f"{field.label}\n", "$quiet") + Content(words), classes="note fixed")
