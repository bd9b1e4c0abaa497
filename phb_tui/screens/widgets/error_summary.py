"""Error summary at the top of a page (GOV.UK pattern): each error links to its field."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from phb_tui.i18n import _
from phb_tui.screens.lists.line_list import LineList


class ErrorSummary(Vertical):
    """Box with the errors of a page; hidden while there are none."""

    class Chosen(Message):
        """Message: the user selected an error, to go to its field.

        Attributes:
            place: The error's place, as it was passed to `show`.
        """

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def compose(self) -> ComposeResult:
        """The heading and the list."""
        self.set_class(True, "hidden")
        yield Static("", id="problem-heading", classes="error", markup=False)
        yield LineList(id="problem-list", markup=False)

    def show(self, problems: Iterable[tuple[str, str]], heading: str = "") -> None:
        """Show errors and take the focus; without any, hide the box.

        Args:
            problems: Each error's place and its sentence.
            heading: What stands above them.
        """
        self.query_one("#problem-heading", Static).update(heading or _("There is a problem"))
        # Several problems may have one place; an option's id has to be its own.
        options = [Option(words, id=f"{number}:{place}") for number, (place, words) in enumerate(problems)]
        listed = self.query_one(LineList)
        listed.begin(options)
        self.set_class(not options, "hidden")
        if options:
            self.call_after_refresh(listed.focus)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Post `Chosen` for the selected error."""
        event.stop()
        self.post_message(self.Chosen(str(event.option.id).partition(":")[2]))
