"""Base of screens about one record: F4 opens its history."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.history.record_history import RecordHistoryScreen


class RecordScreen(BaseScreen):
    """Screen that shows one record at a time; in a text field F4 opens the field's own history instead."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "record_history", N_("History"), id="history", tooltip=N_("History of this entry")),
    ]

    def current_record(self) -> Record | None:
        """The record that is shown; None for none."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable the history of a record that was never saved."""
        if action == "record_history":
            found = self.current_record()
            return found is not None and bool(found.fields)
        return super().check_action(action, parameters)

    def action_record_history(self) -> None:
        """Open the history of the record."""
        found = self.current_record()
        if found is not None and self.phb_app.autosaver.save_all():
            self.app.push_screen(RecordHistoryScreen(found))
