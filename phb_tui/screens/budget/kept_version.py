"""A kept version of a budget, to be read: its lines, each with its working, as they were kept."""

from __future__ import annotations

from dataclasses import replace

from phb_tui.documents.model import Document
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.base.reader import PaperReader
from phb_tui.services.documents import budget_document


class KeptVersionScreen(PaperReader):
    """Shows a kept version of a budget as it was kept.

    Args:
        version: The version.
    """

    TITLE = N_("A version of the budget that was kept")
    HELP = N_(
        "This is the budget as it was kept, with how each line was worked out. Nothing in it changes any more. "
        "The arrows and PgDn move down. Esc goes back."
    )

    def __init__(self, version: Record) -> None:
        super().__init__(version.person_id or "")
        self._version = version

    def heading(self) -> str:
        """The version's number."""
        return _("Version {number} of the budget").format(number=self._version.text("number"))

    def paper(self) -> Document:
        """The version as a document; what cannot be read here says so."""
        kept = self._version
        made = budget_document.budget_statement(
            self.session, self.person_id, kept.text("budget_id"), version_id=kept.record_id
        )
        return replace(made, who="") if self.phb_app.family else made  # numbers stand on paper, not on a shared screen
