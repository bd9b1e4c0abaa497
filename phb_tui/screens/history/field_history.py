"""History of a field: every value with author and time; any of them can be restored."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.screens.widgets.read_only import ScrollPage, moment, shortened, shown_value
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists, roster
from phb_tui.services.records.editing import FieldVersion

SHOWN, MARGINS = 66, 10
"""Largest width of a value in the list, and the width kept free beside it, in columns."""


class Versions(StableList):
    """The values of a field; Enter restores the highlighted one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Restore"), id="restore", tooltip=N_("Put the line you are on into the field")),
    ]


class FieldHistoryScreen(BaseScreen):
    """Lists the values of a field, newest first; the highlighted one is shown in full.

    Args:
        record: The record.
        field: The field's name in the record.
    """

    TITLE = N_("Previous versions")
    HELP = N_(
        "Everything this field has ever held, newest first. You start on the newest that is not in the field now. "
        "Move with the arrows to read one. Press Enter to restore it. What is there now stays in the list, so nothing "
        "is lost."
    )
    FAMILY_SAFE = True
    CSS_PATH = "field_history.tcss"
    AUTO_FOCUS = "OptionList"

    def __init__(self, record: Record, field: str) -> None:
        super().__init__()
        self._record, self._field = record, field
        self._versions: list[FieldVersion] = []
        self._names: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the list of values and the full text of one."""
        yield Static(_("Enter restores the line you are on. Nothing is lost: all of them stay here."), classes="note")
        with Vertical(id="both"):
            listed = Versions(id="earlier", classes="panel")
            listed.border_title = Content(forms.label(self._record.kind, self._field))
            yield listed
            with ScrollPage(id="whole"):
                yield Static("", id="words")

    def person(self) -> Record | None:
        """The person whose record the field is in."""
        return caseload.person(self.session, self._record.person_id) if self._record.person_id else None

    def staff_only(self) -> bool:
        """Whether the field, or all of its record, is for staff only."""
        return staff_only(self._record.kind, self._field) or record_lists.for_staff(self._record)

    def reload(self) -> None:
        """Read the history and keep the highlighted value."""
        earlier = self.query_one("#earlier", StableList)
        here = earlier.highlighted_option.id if earlier.highlighted_option else None
        self._versions = [] if self._hidden() else editing.history(self.session, self._record, self._field)
        self._names = roster.names(self.session)
        now = self._read().fields.get(self._field)
        current = next((number for number, version in enumerate(self._versions) if version.value == now), None)
        options = [
            # Counted from the oldest, so that a value keeps its number when a newer one arrives.
            Option(self._line(version, there_now=number == current), id=str(len(self._versions) - number))
            for number, version in enumerate(self._versions)
        ]
        if here is None and (differs := [n for n, version in enumerate(self._versions) if version.value != now]):
            here = str(len(self._versions) - differs[0])
        nothing = _("Only staff may read this.") if self._hidden() else _("Nothing was here before.")
        earlier.begin(options or [Option(nothing, disabled=True)], here)
        self._show_whole()

    def _read(self) -> Record:
        return editing.read(self.session, self._record.kind, self._record.record_id, self._record.person_id)

    def _hidden(self) -> bool:
        return self.staff_only() and self.hides

    def _line(self, version: FieldVersion, *, there_now: bool) -> Content:
        words = shown_value(self._record.kind, self._field, version.value)
        start = shortened(words, min(SHOWN, self.app.size.width - MARGINS))
        when = self._when(version)
        heading = _("Now: {when}").format(when=when) if there_now else when
        return Content(f"{heading}\n  {start}")

    def _when(self, version: FieldVersion) -> str:
        here = version.device_id == self.session.device_id
        who = roster.name_of(self._names, version.author)
        # Family view does not show where a value was written.
        if self.phb_app.family:
            return _("{when}, by {who}").format(when=moment(version.at), who=who)
        there = _("{when}, on this laptop, by {who}") if here else _("{when}, on another laptop, by {who}")
        words = there.format(when=moment(version.at), who=who)
        return _("{words}, decided").format(words=words) if version.decided else words

    @on(OptionList.OptionHighlighted, "#earlier")
    def _show_whole(self) -> None:
        number = self.query_one("#earlier", OptionList).highlighted
        found = number is not None and number < len(self._versions)
        version = self._versions[number] if found and number is not None else None
        words = shown_value(self._record.kind, self._field, version.value) if version else ""
        self.query_one("#words", Static).update(Content(words))
        self.query_one("#whole", ScrollPage).scroll_home(animate=False)

    @on(OptionList.OptionSelected, "#earlier")
    def _restore(self, event: OptionList.OptionSelected) -> None:
        version = self._versions[len(self._versions) - int(str(event.option.id))]
        try:
            editing.restore(self.session, self._read(), self._field, version)
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()
        self.action_back()


def staff_only(kind: str, name: str) -> bool:
    """Whether a field is hidden in family view."""
    found = forms.field(kind, name)
    return found is not None and found.staff_only
