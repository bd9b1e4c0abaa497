"""Text field that asks for a name and offers, in a list below it, the names of those who are there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, TextArea
from textual.widgets.option_list import Option

from phb_tui.domain.text import name_lists
from phb_tui.i18n import N_
from phb_tui.screens.lists.line_list import LineList
from phb_tui.screens.widgets.text_field import TextField

if TYPE_CHECKING:
    from phb_tui.services.visit.names_here import Named

NAME = "name:"
"""Prefix of the id of a line that offers a name; its place in the list follows."""

BETWEEN = "  "
"""Stands between a name and who that is."""


class NameOffers(LineList, can_focus=False):
    """List of the names that are offered for a field; Tab passes it, the down arrow in the field goes into it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Take this name"), id="open", tooltip=N_("Write this name in the field")),
    ]

    def __init__(self, field: NameField) -> None:
        super().__init__(classes="offers hidden", markup=False)
        self._field = field
        self._names: list[str] = []

    def show(self, offered: Sequence[Named]) -> None:
        """Show the names, each with who that is; without any, hide the list."""
        self._names = [named.name for named in offered]
        words = (f"{named.name}{BETWEEN}{named.who}" if named.who else named.name for named in offered)
        self.begin([Option(Content(f"+ {line}"), id=f"{NAME}{number}") for number, line in enumerate(words)])
        if not self.has_focus:
            self.highlighted = None
        self.set_class(not offered, "hidden")

    def go_in(self) -> None:
        """Take the keys, on the first name."""
        self.can_focus = True
        self.highlighted = 0
        self.focus()

    def action_cursor_up(self) -> None:
        """Go up a line; from the first one, back to the field."""
        if self.highlighted:
            super().action_cursor_up()
        else:
            self._field.focus()

    def on_blur(self) -> None:
        """Let Tab pass the list again."""
        self.can_focus = False
        self._field.settle()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Write the chosen name in the field."""
        event.stop()
        self._field.take(self._names[int(str(event.option.id).removeprefix(NAME))])


class NameField(TextField):
    """Text field of one row that offers names while it has the focus; anything else can be typed.

    Args:
        field: The field's name in the record.
        offers: Returns those whose names are offered, most likely first; asked each time the field is entered.
        id: The widget's id.
    """

    def __init__(self, field: str, offers: Callable[[], Sequence[Named]], *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(field, id=id)
        self._offers = offers
        self._there: Sequence[Named] = ()
        self._list: NameOffers | None = None

    def on_focus(self) -> None:
        """Offer the names."""
        self._there = self._offers()
        if self._list is None and self._there and isinstance(self.parent, Widget):
            self._list = NameOffers(self)
            self.parent.mount(self._list, after=self)
        self._fill()

    def on_blur(self) -> None:
        """Hide the names again, unless the keys went to them."""
        self.settle()

    def settle(self) -> None:
        """Hide the names once neither the field nor its list has the keys."""
        self.call_later(self._settle)

    def _settle(self) -> None:
        if self._list is not None and not (self.has_focus or self._list.has_focus):
            self._list.show(())

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Offer the names that fit what is being typed."""
        event.stop()
        if self.has_focus:
            self._fill()

    def _fill(self) -> None:
        if self._list is not None:
            fitting = name_lists.offered(self.text, [named.name for named in self._there])
            self._list.show([named for named in self._there if named.name in fitting])

    def take(self, name: str) -> None:
        """Write a name in the place of what was being typed, as typing does, and go back to the field."""
        text = name_lists.taken(self.text, name, [named.name for named in self._there])
        self.replace(text, (0, 0), self.document.end)
        self.move_cursor(self.document.end)
        self.focus()

    def action_cursor_down(self, select: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own
        """Go down a row; from the last one, to the names that are offered."""
        at_end = self.wrapped_document.location_to_offset(self.cursor_location).y >= self.wrapped_document.height - 1
        if not select and at_end and self._list is not None and self._list.option_count:
            self._list.go_in()
        else:
            super().action_cursor_down(select)
