"""Notice above a person's form that lists possible duplicates; each line opens one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.i18n import N_, _
from phb_tui.screens.lists.line_list import LineList, refill
from phb_tui.services.person import possible_duplicates

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.screens.base.screen import BaseScreen
    from phb_tui.services.session import Session

_HEADING = N_("Is this the same person? What you typed is kept. F6 goes to the lines below, Enter opens a person.")


class DuplicateNotice(Vertical):
    """Box shown while another person has the same NHS number, or the same name and date of birth."""

    def compose(self) -> ComposeResult:
        """Compose the advice and the list."""
        self.set_class(True, "hidden")
        yield Static("", id="alike-heading", classes="error", markup=False)
        yield LineList(id="alike-list", markup=False)

    @property
    def found(self) -> bool:
        """Whether there is a possible duplicate."""
        return not self.has_class("hidden")

    def show(self, session: Session, record: Record, *, family: bool) -> None:
        """Search for duplicates again without taking the focus; hidden in family view."""
        others = [] if family or record.kind != "person" else possible_duplicates.of_person(session, record.record_id)
        refill(self.query_one(LineList), [Option(Content(o.sentence), id=o.person.record_id) for o in others])
        if others:
            self.query_one("#alike-heading", Static).update(_(_HEADING))
        self.set_class(not others, "hidden")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the selected person."""
        event.stop()
        person_id = str(event.option.id)
        cast("BaseScreen", self.screen).phb_app.open_part(person_id, "person")
