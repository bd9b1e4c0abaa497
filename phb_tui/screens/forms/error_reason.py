"""Marks a record as entered in error, with a reason, and restores it or one that was removed."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.widgets.field_panel import FieldPanel
from phb_tui.screens.widgets.read_only import moment
from phb_tui.services.person import caseload, entered_in_error
from phb_tui.services.records import editing, record_lists

REASONS = {
    "person": N_("It was written down for the wrong person"),
    "twice": N_("It was written down twice"),
    "trying": N_("It was only to try something out"),
}
"""Common reasons by kind of record; selecting one marks the record at once."""


ENTERED_IN_ERROR = Binding(
    "ctrl+r",
    "in_error",
    N_("Entered in error"),
    id="in_error",
    show=False,
    tooltip=N_("It should not be here: say why"),
)
"""Binding that opens this screen from a screen about one record; listed in the menu."""


class ErrorReasonScreen(BaseScreen):
    """Asks why a record was entered in error; of one that is marked or removed, says who did it and restores it.

    Args:
        record: The record.
        leave: Number of screens below this one that are about the record and are closed with it.
    """

    TITLE = N_("Entered in error")
    HELP = N_(
        "For something that should never have been written here. It leaves every list, paper and count on every "
        "laptop. Nothing is lost: it stays in the history with your reason, and anyone can restore it. For something "
        "that was right and is over now, use 'Remove' instead."
    )
    AUTO_FOCUS = "#error-choose"

    def __init__(self, record: Record, leave: int = 0) -> None:
        super().__init__()
        self.record = record
        self._leave = leave

    def compose_body(self) -> ComposeResult:
        """Compose the record's line, the reason and the choices."""
        yield Static("", id="error-what", classes="note", markup=False)
        yield FieldPanel(Input(id="error-reason"), _("Another reason, in your words"))
        yield LineList(id="error-choose", markup=False)

    def person(self) -> Record | None:
        """The person whose record it is."""
        if self.record.kind == "person":
            return self.record
        return caseload.person(self.session, self.record.person_id) if self.record.person_id else None

    def on_ready(self) -> None:
        """Switch the cursor's blinking off."""
        self.query_one(Input).cursor_blink = False

    def staff_only(self) -> bool:
        """Whether the record is for staff only."""
        return record_lists.for_staff(self.record)

    def heading(self) -> str:
        """What became of the record: it was removed, or is or will be marked as entered in error."""
        is_removed = not record_lists.is_listed(self.record) and not record_lists.is_in_error(self.record)
        return _("Removed") if is_removed else _(self.TITLE)

    def reload(self) -> None:
        """Read the record again."""
        record = self.record
        self.record = editing.read(self.session, record.kind, record.record_id, record.person_id)
        marked = not record_lists.is_listed(self.record)
        what = self._marked() if marked else self._asked()
        self.query_one("#error-what", Static).update(what)
        self.query_one(FieldPanel).display = not marked
        options = [Option(_("Restore"), id="back-on")] if marked else list(self._reasons())
        choose = self.query_one("#error-choose", LineList)
        here = choose.highlighted_option.id if choose.highlighted_option else None
        ids = [option.id for option in options]
        leave = Option(_("Go back; nothing changes"), id="leave")
        choose.begin([*options, leave], here if here in ids else leave.id)

    def _asked(self) -> str:
        name = entered_in_error.name_of(self.session, self.record)
        return _("Why was this entered in error?\n{name}\n").format(name=name)

    def _marked(self) -> str:
        found = entered_in_error.mistake(self.session, self.record)
        if not found.why:
            words = _("{name}\nRemoved by {who}, {when}\n")
            return words.format(name=found.what, who=found.who, when=moment(found.at))
        words = _("{name}\nEntered in error: {why}\nMarked by {who}, {when}\n")
        return words.format(name=found.what, why=found.why, who=found.who, when=moment(found.at))

    def _reasons(self) -> list[Option]:
        reasons = [Option(_(words), id=code) for code, words in REASONS.items()]
        return [*reasons, Option(_("For the reason written above"), id="own")]

    @on(Input.Submitted)
    def _written(self) -> None:
        self._mark(self.query_one(Input).value.strip())

    @on(OptionList.OptionSelected, "#error-choose")
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if chosen == "leave":
            self.action_back()
        elif chosen == "back-on":
            self._restore()
        else:
            self._mark(_(REASONS[chosen]) if chosen in REASONS else self.query_one(Input).value.strip())

    def _mark(self, why: str) -> None:
        if not why:
            self.show_error(PhbError(_("Write the reason first, or choose one of the lines.")))
            self.query_one(Input).focus()
            return
        try:
            self.record = entered_in_error.mark(self.session, self.record, why)
        except PhbError as error:
            self.show_error(error)
            return
        self._done(_("Marked as entered in error"))

    def _restore(self) -> None:
        try:
            self.record = entered_in_error.restore(self.session, self.record)
        except PhbError as error:
            self.show_error(error)
            return
        self._done(_("Restored"))

    def _done(self, words: str) -> None:
        """Close this screen, or all screens about a person whose whole record was marked."""
        self.phb_app.saved = words
        away = self.record.kind == "person" and record_lists.is_in_error(self.record)
        self.close_screens(None if away else 1 + self._leave)
        self.phb_app.refresh_status()
