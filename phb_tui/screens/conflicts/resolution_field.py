"""A field for a new version where there are two, kept only as a draft until somebody decides."""

from __future__ import annotations

from phb_tui.domain.records.changes import Record
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records.field_conflicts import Conflict


class ResolutionField(TextField):
    """Where something else is written. It is a draft, durable like any, until Continue makes it the decision."""

    def offer(self, conflict: Conflict, words: str, begun: str | None) -> None:
        """Show what to start from.

        Args:
            conflict: What is to be decided.
            words: All versions.
            begun: What was typed here before, if anything.
        """
        self.record, self.field, self._shown = conflict.record, conflict.name, cleaned(words)
        wanted = self._shown if begun is None else begun
        if self.text != wanted:  # the cursor of somebody who is typing stays
            self.load_text(wanted)
            self.move_cursor(self.document.end)

    def show(self, record: Record) -> None:
        """Only `offer` shows words here."""

    def kept(self, record: Record | None) -> None:
        """A draft was kept; the words are still not the decision."""
