"""What every form can do beside its fields."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from phb_tui.language import N_
from phb_tui.screens.remembering import Remembering
from phb_tui.screens.widgets.alike import Alike
from phb_tui.screens.widgets.lines import Lines


class OneRecord(Remembering):
    """A screen on which one record is written; of a person it says who else may be the same one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "alike", N_("The same person?"), id="alike", tooltip=N_("Who else has this number or name")),
    ]

    def show_alike(self) -> None:
        """Look for somebody else who may be the same person."""
        record = self.at_hand()
        if record is not None:
            self.query_one(Alike).show(self.session, record, family=self.host.family)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The lines can be gone to when there are any."""
        if action == "alike":
            return any(box.found for box in self.query(Alike))
        return super().check_action(action, parameters)

    def action_alike(self) -> None:
        """Go to the lines of those who may be the same person."""
        listed = self.query_one("#alike-list", Lines)
        listed.highlighted = 0
        self.set_focus(listed)
