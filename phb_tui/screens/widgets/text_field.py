"""A field for words: one row or several, with undo, that tells its screen when somebody typed in it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar, Protocol, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from phb_tui.domain.text.control_characters import cleaned
from phb_tui.errors import PhbError
from phb_tui.i18n import N_, _

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record


FULL = N_("This field is full: it takes {count:,} letters. What is in it stays. Write the rest in another field.")

MOST_ROWS = 6
"""Rows that a field for one line grows to while its words need them; a longer answer scrolls inside."""


class TypedIn(Protocol):
    """A screen as its text fields know it."""

    def typed(self, field: TextField) -> None:
        """Somebody typed in a field."""

    def keep(self, field: TextField) -> Record | None:
        """Save a field that was left; what the record is then."""

    def show_error(self, error: PhbError) -> None:
        """Show a problem."""


class TextField(TextArea):
    """One field of one record.

    Args:
        field: The field's stable name.
        rows: How many rows it shows; a field for one line (1) takes no line breaks, Enter goes on from it, and it
            grows up to `MOST_ROWS` so that all of a long answer is seen.
        id: The widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "history", N_("Earlier words"), id="history", tooltip=N_("What was here before, with put back")),
    ]

    class GoOn(Message):
        """Enter was pressed in a field of one row."""

        def __init__(self, words: TextField) -> None:
            super().__init__()
            self.words = words

    class Kept(Message):
        """What was typed in a record is kept.

        Attributes:
            record: The record as it is now.
        """

        def __init__(self, record: Record) -> None:
            super().__init__()
            self.record = record

    class History(Message):
        """Somebody asks what was here before."""

        def __init__(self, words: TextField) -> None:
            super().__init__()
            self.words = words

    def __init__(self, field: str, rows: int = 1, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            id=id or f"field-{field}",
            compact=True,
            soft_wrap=True,
            highlight_cursor_line=False,
            classes=f"words rows-{rows}",
        )
        self.field = field
        self.rows = rows
        self.record: Record | None = None
        self.context: dict[str, str] = {}
        """What the record needs beside this field to be found again after a crash."""
        self._loaded = self._shown = ""
        self.cursor_blink = False
        self.full = False
        """Whether the last thing that was typed or pasted did not go in, or not all of it."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F6 and F7 are keys of screens: a text area would select with them, and the next letter would replace it."""
        return action not in {"select_line", "select_all"} and super().check_action(action, parameters)

    @property
    def owner(self) -> TypedIn:
        """The screen this field is on."""
        return cast("TypedIn", self.screen)

    @property
    def changed(self) -> bool:
        """Whether the words differ from what the record held when it was shown."""
        return self.text != self._shown

    def show(self, record: Record) -> None:
        """Show a record's field, unless somebody is typing in it."""
        from phb_tui.content import forms  # noqa: PLC0415 - the first screen has no fields of a record

        words = forms.show(record.kind, self.field, record.text(self.field))
        if self.record is not None and self.record.record_id == record.record_id and self.changed:
            return
        self.record = record
        if words != self._loaded or self.changed:
            self.load_text(words)
            self.move_cursor(self.document.end)
            self._grow()
        # Compared with later is what the field made of it, or looking at odd line ends would count as typing.
        self._loaded, self._shown = words, self.text

    def kept(self, record: Record | None) -> None:
        """What was typed is kept; go on from there. Tidied words are shown once nobody is in the field."""
        self.record = record
        self._loaded = self._shown = self.text
        if record is None:
            return
        self.post_message(self.Kept(record))
        if self.screen.focused is not self:
            self.show(record)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the screen, but only of what somebody typed."""
        event.stop()
        self._grow()
        if self.changed:
            self.owner.typed(self)

    # Textual calls TextArea's own handlers of these events after the ones here; calling them would do it all twice.

    async def _on_key(self, event: events.Key) -> None:
        if self.rows == 1 and event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.GoOn(self))

    def _on_resize(self) -> None:
        self.call_later(self._grow)

    def load_text(self, text: str) -> None:
        """Show a text in place of what stands here: a colleague's words may hold what no field takes."""
        super().load_text(cleaned(text))

    def edit(self, edit: Edit) -> EditResult:
        """Change the text: the one way in for keys, both kinds of paste and everything else but loading a record."""
        edit.text = self._taken(edit)
        return super().edit(edit)

    def _taken(self, edit: Edit) -> str:
        """What the field takes of what comes in: composed letters, one line in a field for one, no more than fits."""
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
        """Say that the field is full, once something did not go in."""
        from phb_tui.domain.records.limits import LONGEST_TEXT  # noqa: PLC0415 - as above

        if self.full:
            self.owner.show_error(PhbError(_(FULL).format(count=LONGEST_TEXT)))

    def _grow(self) -> None:
        """Give a field for one line the rows that its words take."""
        if self.rows > 1 or not self.is_mounted:
            return
        rows = min(max(self.wrapped_document.height, 1), MOST_ROWS)
        if self.styles.height is None or self.styles.height.value != rows:
            self.styles.height = rows

    def action_history(self) -> None:
        """Ask what was here before."""
        self.post_message(self.History(self))
