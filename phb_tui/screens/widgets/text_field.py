"""Text field of one or several rows with undo, which notifies its screen when somebody types."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea

from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _
from phb_tui.screens.widgets.field_panel import FieldPanel

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record


FULL = N_("This field is full: it takes {count:,} letters. What is in it stays. Write the rest in another field.")

MOST_ROWS = 6
"""Rows to which a single-line field grows for long text; beyond that it scrolls."""


class TextFieldOwner(Protocol):
    """The screen of a text field, as the field knows it."""

    def typed(self, field: TextField) -> None:
        """Handle typing in a field."""

    def save_field(self, field: TextField) -> Record | None:
        """Save a field that was left; return the saved record."""

    def show_error(self, error: PhbError) -> None:
        """Show an error."""


class TextField(TextArea):
    """Text field for one field of one record.

    Args:
        field: The field's name in the record.
        rows: How many rows it shows; a field for one line (1) takes no line breaks, Enter goes on from it, and it
            grows up to `MOST_ROWS` so that all of a long answer is seen.
        id: The widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "history", N_("History"), id="history", tooltip=N_("Previous versions, with undo")),
    ]

    class Submitted(Message):
        """Message: Enter was pressed in a single-line field."""

        def __init__(self, words: TextField) -> None:
            super().__init__()
            self.words = words

    class Saved(Message):
        """Message: the field's text was saved as a change of its record.

        Attributes:
            record: The saved record.
        """

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    class HistoryRequested(Message):
        """Message: the user asked for the field's history."""

        def __init__(self, words: TextField) -> None:
            super().__init__()
            self.words = words

    def __init__(self, field: str, rows: int = 1, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            id=id or f"field-{field}",
            soft_wrap=True,
            highlight_cursor_line=False,
            classes=f"words rows-{rows}",
        )
        self.field = field
        self.rows = rows
        self.record: Record | None = None
        self.context: dict[str, str] = {}
        """Other fields that the record needs, so that its draft can be recovered after a crash."""
        self._loaded = self._shown = ""
        self.cursor_blink = False
        self.full = False
        """Whether the last text typed or pasted was cut at the field's limit."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Disable TextArea's bindings of F6 and F7, which select text: screens use these keys."""
        return action not in {"select_line", "select_all"} and super().check_action(action, parameters)

    @property
    def owner(self) -> TextFieldOwner:
        """The screen that the field is on."""
        return cast("TextFieldOwner", self.screen)

    @property
    def changed(self) -> bool:
        """Whether the text differs from the record that was shown."""
        return self.text != self._shown

    def show(self, record: Record) -> None:
        """Show the field of a record, unless the user is typing in it."""
        from phb_tui.content import forms  # noqa: PLC0415 - the first screen has no fields of a record

        words = forms.typed(record.kind, self.field, record.text(self.field))
        if self.record is not None and self.record.record_id == record.record_id and self.changed:
            return
        self.record = record
        if words != self._loaded or self.changed:
            self.load_text(words)
            self.move_cursor(self.document.end)
            self._grow()
        # Compare with the text as the field normalised it, or showing unusual line ends would count as typing.
        self._loaded, self._shown = words, self.text

    def mark_saved(self, record: Record | None) -> None:
        """Take over the saved record; the tidied text is shown once the field has no focus."""
        self.record = record
        self._loaded = self._shown = self.text
        if record is None:
            return
        self.post_message(self.Saved(record))
        if self.screen.focused is not self:
            self.show(record)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Notify the screen of changes made by typing, not of those made by loading."""
        event.stop()
        self._grow()
        if self.changed:
            if isinstance(self.parent, FieldPanel):
                self.parent.answered()
            self.owner.typed(self)

    # Textual calls TextArea's own handlers of these events after the ones here; calling them would do it all twice.

    async def _on_key(self, event: events.Key) -> None:
        if self.rows == 1 and event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.Submitted(self))

    def _on_resize(self) -> None:
        self.call_later(self._grow)

    _styled: object = None
    """The colours that were worked out from the styles as they are; None after these have changed."""

    def notify_style_update(self) -> None:
        """Work the colours out again at the next painting."""
        self._styled = None
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint rows. Textual works out the colours at each key, a fifth of its time; here only after they changed."""
        if self._styled is self._theme:
            return super(TextArea, self).render_lines(crop)
        self._styled = self._theme
        return super().render_lines(crop)

    def load_text(self, text: str) -> None:
        """Load a text, cleaned as the field does with typed text."""
        super().load_text(cleaned(text))

    def edit(self, edit: Edit) -> EditResult:
        """Apply an edit: every key, paste and other change of the text passes here, except loading a record."""
        edit.text = self._taken(edit)
        return super().edit(edit)

    def _taken(self, edit: Edit) -> str:
        """The part of an inserted text that the field accepts.

        Normalised, on one line if single-line, within the limit.
        """
        from phb_tui.domain.records.limits import LONGEST_TEXT  # noqa: PLC0415 - the first screen has no fields of a record

        text = unicodedata.normalize("NFC", cleaned(edit.text))
        if self.rows == 1:
            text = " ".join(text.splitlines())
        gone = len(self.document.get_text_range(edit.top, edit.bottom))
        room = max(LONGEST_TEXT - (len(self.text) - gone), 0)
        self.full = len(text) > room
        self.say_full()
        return text[:room]

    def say_full(self) -> None:
        """Show a message when text was cut at the limit."""
        from phb_tui.domain.records.limits import LONGEST_TEXT  # noqa: PLC0415 - as above

        if self.full:
            self.owner.show_error(PhbError(_(FULL).format(count=LONGEST_TEXT)))

    def _grow(self) -> None:
        """Set the height of a single-line field to the rows that its text needs."""
        if self.rows > 1 or not self.is_mounted:
            return
        rows = min(max(self.wrapped_document.height, 1), MOST_ROWS) + self.gutter.height
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    def action_history(self) -> None:
        """Post `HistoryRequested`."""
        self.post_message(self.HistoryRequested(self))
