"""Text field over a list: what is typed narrows the list, Enter chooses the highlighted line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from phb_tui.i18n import _
from phb_tui.screens.lists.stable_list import StableList

if TYPE_CHECKING:
    from textual.widget import Widget

Source = Callable[[str], Sequence[Option]]
"""Gives the lines for what was typed; a disabled line is a heading or a sentence and cannot be chosen."""

MOVES = {"up": "cursor_up", "down": "cursor_down", "pageup": "page_up", "pagedown": "page_down"}
"""Keys that go from the text field into the list, and the list's action for each."""

AROUND = 5
"""Rows of the border, and of the text field with its own."""


class FilteredLines(StableList):
    """The list below the text field: letters typed here go into the field, so none of them chooses a line."""

    SHOWS_PLACE = True

    async def on_key(self, event: events.Key) -> None:
        """Pass letters and Backspace to the text field."""
        if event.key == "backspace" or event.is_printable:
            event.stop()
            event.prevent_default()
            field = self.screen.query_one("#typed", Input)
            field.focus()
            if event.key == "backspace":
                field.action_delete_left()
            else:
                field.insert_text_at_cursor(event.character or "")


class FilterList(Vertical):
    """A text field and the list that it narrows.

    Args:
        source: Gives the lines.
        id: The widget's id.
    """

    class Chosen(Message):
        """Message: a line was chosen.

        Attributes:
            option_id: The id of the line's option.
        """

        def __init__(self, option_id: str) -> None:
            super().__init__()
            self.option_id = option_id

    def __init__(self, source: Source, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._source = source
        self._filtered = ""
        """What was typed when the lines were made."""

    def compose(self) -> ComposeResult:
        """Compose the field and the list."""
        yield Input(id="typed")
        yield FilteredLines(id="lines", markup=False)

    def on_mount(self) -> None:
        """Show the lines for nothing typed."""
        self.query_one("#typed", Input).cursor_blink = False
        self._fill("")

    def fit(self, height: int) -> None:
        """Set how many rows the field, the list and the border have at most, so that the list scrolls in them."""
        self.query_one("#lines").styles.max_height = max(height - AROUND, 1)

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.query_one("#typed", Input).value

    def clear(self) -> None:
        """Empty the field, which shows every line again, and go into it."""
        field = self.query_one("#typed", Input)
        field.value = ""
        field.focus()

    def _fill(self, typed: str) -> None:
        self._filtered = typed
        self.query_one("#lines", FilteredLines).begin(self._source(typed))

    @on(Input.Changed, "#typed")
    def _narrow(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._filtered:
            self._fill(event.value)

    @on(Input.Submitted, "#typed")
    def _choose_highlighted(self, event: Input.Submitted) -> None:
        """Choose by Enter in the field, never from lines that were made for other words."""
        event.stop()
        if event.value != self._filtered:
            self._fill(event.value)
        option = self.query_one("#lines", FilteredLines).highlighted_option
        if option is not None and not option.disabled and option.id:
            self.post_message(self.Chosen(option.id))

    @on(OptionList.OptionSelected, "#lines")
    def _choose(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.post_message(self.Chosen(str(event.option.id)))

    async def on_key(self, event: events.Key) -> None:
        """Go from the field into the list with the arrows and page keys."""
        field: Widget = self.query_one("#typed")
        if event.key in MOVES and field.has_focus:
            event.stop()
            lines = self.query_one("#lines", FilteredLines)
            lines.focus()
            await lines.run_action(MOVES[event.key])


class FilterScreen(ModalScreen[ScreenResultType | None]):
    """Modal screen of one `FilterList`; Esc, a click on the words about it or one beside the list closes it."""

    def on_mount(self) -> None:
        """Say in the lower line how to close it."""
        words = _("Esc closes this")
        self.query_one(FilterList).border_subtitle = f"[@click=screen.close]{words}[/]"

    def on_resize(self) -> None:
        """Keep the list in the window."""
        self.query_one(FilterList).fit(self.size.height)

    def on_click(self, event: events.Click) -> None:
        """Close it by a click beside the list."""
        if event.widget is self:
            self.dismiss(None)

    def action_close(self) -> None:
        """Take out what was typed, else close."""
        found = self.query_one(FilterList)
        if found.typed:
            found.clear()
        else:
            self.dismiss(None)
