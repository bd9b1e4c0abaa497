"""Text field for resolving a conflict with a new value; its text stays a draft until it is confirmed."""

from __future__ import annotations

from phb_tui.domain.records.changes import Record
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records.field_conflicts import Conflict


class ResolutionField(TextField):
    """Field for a new value. Its text is saved as a draft; Continue makes it the decision."""

    def offer(self, conflict: Conflict, words: str, begun: str | None) -> None:
        """Show the text to start from.

        Args:
            conflict: The conflict.
            words: The text of all versions.
            begun: The draft that was typed before; None without one.
        """
        self.record, self.field, self._shown = conflict.record, conflict.name, cleaned(words)
        wanted = self._shown if begun is None else begun
        if self.text != wanted:  # the cursor of somebody who is typing stays
            self.load_text(wanted)
            self.move_cursor(self.document.end)

    def show(self, record: Record) -> None:
        """Do nothing: only `offer` sets the text."""

    def mark_saved(self, record: Record | None) -> None:
        """Take over a saved draft, which is not the decision yet."""
