"""What was in a field before, each value with who and when; any can be put back."""

from __future__ import annotations

from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain import fields
from phb_tui.domain.changes import Record
from phb_tui.errors import PhbError
from phb_tui.screens.host import TableScreen
from phb_tui.screens.widgets.answer_list import words_of
from phb_tui.services import writing
from phb_tui.services.writing import Version


class HistoryScreen(TableScreen):
    """Lists a field's values, newest first.

    Args:
        record: The record.
        field: The field's stable name.
    """

    TITLE = "Earlier words"
    HELP = (
        "Everything this field has ever held, newest first. Choose one to put it back. "
        "What is there now stays in the list too, so nothing is lost."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "OptionList"

    def __init__(self, record: Record, field: str) -> None:
        super().__init__()
        self._record, self._field = record, field
        self._versions: list[Version] = []

    def compose_body(self) -> ComposeResult:
        """The values."""
        yield Static(f"Earlier: {forms.label(self._record.kind, self._field)}", classes="title")
        yield Static("Choose one to put it back. Nothing is lost: all of them stay in this list.", classes="note")
        yield OptionList(id="earlier")

    def fill(self) -> None:
        """Read the field's history."""
        self._versions = writing.history(self.session, self._record, self._field)
        earlier = self.query_one("#earlier", OptionList)
        earlier.clear_options()
        for index, version in enumerate(self._versions):
            earlier.add_option(Option(f"{self._when(version)}\n  {self._words(version)}\n", id=str(index)))
        if not self._versions:
            earlier.add_option(Option("Nothing was here before.", disabled=True))
        earlier.highlighted = 0 if self._versions else None

    def _words(self, version: Version) -> str:
        shown = fields.show(self._record.kind, self._field, "" if version.value is None else str(version.value))
        return (words_of(shown) if self._field == "answer" else shown) or "(nothing)"

    def _when(self, version: Version) -> str:
        moment = datetime.fromisoformat(version.at).astimezone()
        here = "on this laptop" if version.device_id == self.session.device_id else "on another laptop"
        return f"{moment.day} {moment:%B %Y %H:%M}, {version.author}, {here}"

    @on(OptionList.OptionSelected, "#earlier")
    def _put_back(self, event: OptionList.OptionSelected) -> None:
        record = writing.read(self.session, self._record.kind, self._record.record_id, self._record.person_id)
        try:
            writing.put_back(self.session, record, self._field, self._versions[int(str(event.option.id))])
        except PhbError as error:
            self.tell(error)
            return
        self.host.keeper.said()
        self.action_back()
