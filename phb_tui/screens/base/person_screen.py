"""Base of all screens about one person."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual.binding import Binding, BindingType

from phb_tui.domain.records.changes import Record
from phb_tui.errors import UnknownRecord
from phb_tui.i18n import N_, n_
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.lists.line_list import ADD, LineList
from phb_tui.services.person import caseload


def for_staff(count: int) -> str:
    """The text shown instead of a number of things that only staff may read."""
    return n_("{count} for staff: F8", "{count} for staff: F8", count).format(count=count)


class PersonScreen(BaseScreen):
    """Base class of the screens about one person.

    Args:
        person_id: The person.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "last_time", N_("Last time"), id="history", tooltip=N_("The last visit, and what was agreed")),
        Binding("f7", "add_here", N_("Add here"), id="add", tooltip=N_("Add to the list you are on")),
    ]

    def __init__(self, person_id: str) -> None:
        super().__init__()
        self.person_id = person_id
        self._last = Record("", "person", person_id, person_id, {})

    def person(self) -> Record:
        """The person's record; of a transferred person, as it was last known here."""
        with suppress(UnknownRecord):
            self._last = caseload.person(self.session, self.person_id)
        return self._last

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow adding only where a line adds something."""
        if action == "add_here":
            return self._line_to_add() is not None
        return super().check_action(action, parameters)

    def action_add_here(self) -> None:
        """Choose the line that adds to the list one is in: the next one below, else the first."""
        if (found := self._line_to_add()) is not None:
            listed, line = found
            listed.highlighted = line
            listed.action_select()

    def _line_to_add(self) -> tuple[LineList, int] | None:
        """The list and the index of the line that adds something here; None where there is no such line."""
        for listed in self.query(LineList):
            lines = [number for number, line in enumerate(listed.options) if str(line.id).startswith(ADD)]
            here = listed.highlighted or 0
            if lines and not listed.is_disabled:
                return listed, next((number for number in lines if number >= here), lines[0])
        return None

    def action_last_time(self) -> None:
        """Show what was said and agreed with the person last time."""
        if self.phb_app.autosaver.save_all():
            self.phb_app.open_part(self.person_id, "last_time")
