"""Lists what was removed or entered in error: whole people, or records about one person."""

from __future__ import annotations

from collections.abc import Collection

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.error_reason import ErrorReasonScreen
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.screens.widgets.read_only import moment
from phb_tui.services.person import caseload, entered_in_error
from phb_tui.services.person.entered_in_error import Mistake
from phb_tui.services.records import record_lists

WHOLE = "whole"
"""Id of the line that marks a person's whole record as entered in error."""


class EnteredInErrorScreen(BaseScreen):
    """Lists records that were removed or entered in error; each can be restored.

    Args:
        person_id: The person whose records are listed; None for people.
        kinds: Only records of these kinds; none for every kind.
    """

    TITLE = N_("Removed, or entered in error")
    HELP = N_(
        "What someone removed, or marked as entered in error with the reason. It is on no list, no paper and in no "
        "count, and nothing of it is lost. Open a line to see who did it and when, and to restore it."
    )
    AUTO_FOCUS = "#in-error"

    def __init__(self, person_id: str | None, kinds: Collection[str] = ()) -> None:
        super().__init__()
        self._person_id, self._kinds = person_id, kinds
        self._records: dict[str, Record] = {}

    def compose_body(self) -> ComposeResult:
        """Compose the explanation and the list."""
        yield Static("", id="error-count", classes="note", markup=False)
        yield LineList(id="in-error", markup=False)

    def person(self) -> Record | None:
        """The person whose records these are."""
        return caseload.person(self.session, self._person_id) if self._person_id else None

    def staff_only(self) -> bool:
        """Whether any listed record is for staff only."""
        return any(map(record_lists.for_staff, self._records.values()))

    def reload(self) -> None:
        """Read the list again."""
        about = self._person_id
        found = (
            entered_in_error.removed(self.session, about, self._kinds)
            if about
            else entered_in_error.people_in_error(self.session)
        )
        if self.hides:
            found = [mistake for mistake in found if not record_lists.for_staff(mistake.record)]
        self._records = {mistake.record.record_id: mistake.record for mistake in found}
        options = [
            Option(Content(f"{mistake.what}\n  {mistake.why or _removed(mistake)}"), id=mistake.record.record_id)
            for mistake in found
        ]
        if about and about not in self._records and not self._kinds and not self.hides:
            options.append(Option(_("+ This person's whole record was entered in error"), id=WHOLE))
        refill(self.query_one("#in-error", LineList), options)
        words = _("Open a line to restore it.")
        nothing = _("Nothing was removed or entered in error.")
        self.query_one("#error-count", Static).update(words if found else nothing)

    @on(OptionList.OptionSelected, "#in-error")
    def _open(self, event: OptionList.OptionSelected) -> None:
        chosen = str(event.option.id)
        if self.was_transferred():
            return
        record = self.person() if chosen == WHOLE else self._records.get(chosen)
        if record is not None:
            self.app.push_screen(ErrorReasonScreen(record))


def _removed(mistake: Mistake) -> str:
    return _("Removed by {who}, {when}").format(who=mistake.who, when=moment(mistake.at))
