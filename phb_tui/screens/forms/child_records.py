"""Below a form: child records, the done mark and remove / restore."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.content.forms import Form
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.lists.line_list import ADD, LineList, id_of, line_of, refill
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.services.person import entered_in_error
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session


class ChildRecords(Vertical):
    """Lists of the child records of a record, one list for each kind.

    Args:
        form: The form of the parent record.
    """

    def __init__(self, form: Form) -> None:
        super().__init__(id="held")
        self._kinds = () if form.has_screen else form.holds

    def compose(self) -> ComposeResult:
        """Compose a heading and a list for each kind of child."""
        for kind in self._kinds:
            yield Static(forms.form(kind).many, classes="title", markup=False)
            yield LineList(id=f"held-{kind}", markup=False)

    def show(self, session: Session, record: Record) -> None:
        """Read the lists again and keep the highlighted lines."""
        for kind in self._kinds:
            found = record_lists.of(session, kind, record.person_id or "", record)
            options = [line_of(held, record_lists.line(session, held)) for held in found]
            add = Option(f"+ {forms.form(kind).add}", id=f"{ADD}{kind}")
            refill(self.query_one(f"#held-{kind}", LineList), [*options, add])

    def find(self, session: Session, record: Record, line: str) -> Record | None:
        """The record of a line by the line's id; None when it has been removed meanwhile."""
        held = (
            found for kind in self._kinds for found in record_lists.of(session, kind, record.person_id or "", record)
        )
        return next((found for found in held if id_of(found) == line), None)


class Marks(StableList):
    """The marks of a record: done, and removed."""

    class Marked(Message):
        """Message: a mark was set or cleared.

        Attributes:
            name: The field.
            value: "yes" or "".
        """

        def __init__(self, name: str, value: str) -> None:
            super().__init__()
            self.name, self.value = name, value

    _done = False

    def show(self, form: Form, record: Record, *, signed: bool = False) -> None:
        """Show the marks that the form allows; for a record not yet saved only the done mark.

        Args:
            form: The record's form.
            record: The record.
            signed: Whether it was signed, so that it cannot be removed.
        """
        options = []
        self._done = record.text("done") == "yes"
        if form.open_mark:
            options.append(Option(f"(x) {form.mark}" if self._done else f"( ) {form.open_mark}", id="done"))
        if record_lists.is_in_error(record):
            words = _("Entered in error: {why}. Undo").format(why=record.text(entered_in_error.REASON))
            options.append(Option(Content(words), id="back"))
        elif record.text("removed") == "yes":
            options.append(Option(_("Removed. Undo"), id="back"))
        elif form.many and form.add and record.fields and not signed:
            options.append(Option(_("Remove"), id="remove"))
        refill(self, options)
        self.set_class(not options, "hidden")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Set or clear the selected mark."""
        event.stop()
        if event.option.id == "done":
            self.post_message(self.Marked("done", "" if self._done else "yes"))
        else:
            self.post_message(self.Marked("removed", "yes" if event.option.id == "remove" else ""))


class Undoing(LineList):
    """Lines of a form that take back what it says; Enter at the end of a field never goes on to them."""
