"""History of a record: every value of each field, with author and time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.domain.plan.i_statements import words_of
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import FocusablePage
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.history.field_history import staff_only
from phb_tui.screens.widgets.read_only import moment, named
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists, roster
from phb_tui.services.records.editing import FieldVersion

MOST = 200
"""Maximum number of values shown."""


class RecordHistoryScreen(BaseScreen):
    """Read-only page of a record's history, newest first.

    Args:
        record: The record.
    """

    TITLE = N_("History of this entry")
    HELP = N_(
        "Each time someone wrote or decided something here, newest first. To restore a previous version, go into its "
        "field and press F4 there."
    )
    FAMILY_SAFE = True
    AUTO_FOCUS = "FocusablePage"
    CSS_PATH = "../base/reader.tcss"

    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record

    def compose_body(self) -> ComposeResult:
        """The page."""
        with FocusablePage():
            yield Static("", id="page-words", classes="note", markup=False)

    def person(self) -> Record | None:
        """The person whose record it is."""
        return caseload.person(self.session, self._record.person_id) if self._record.person_id else None

    def reload(self) -> None:
        """Write the page again."""
        self.query_one("#page-words", Static).update(Content("\n").join(self._lines()))

    def _lines(self) -> Iterable[Content]:
        known, kind = roster.names(self.session), self._record.kind
        hides = self.hides
        found = [
            one for one in editing.whole_history(self.session, self._record) if not (hides and staff_only(kind, one[0]))
        ]
        yield Content.styled(record_lists.title(self.session, self._record), "bold underline")
        for (at, author, decided), values in groupby(found[:MOST], key=_moment):
            who = _("{when}, by {who}").format(when=moment(at), who=roster.name_of(known, author))
            who = _("{words}, decided").format(words=who) if decided else who
            yield Content.styled(f"\n{who}", "bold")
            for name, version in values:
                words = record_lists.in_words(self.session, kind, name, version.value)
                words = words_of(words) if (kind, name) == ("answer", "answer") else words
                yield Content("  " + named(forms.label(kind, name), words or _("(nothing)")))
        if not found:
            yield Content(_("Nothing was here before."))

    def staff_only(self) -> bool:
        """Whether the whole record is for staff only."""
        return record_lists.for_staff(self._record)


def _moment(one: tuple[str, FieldVersion]) -> tuple[str, str, bool]:
    return one[1].at, one[1].author, one[1].decided
