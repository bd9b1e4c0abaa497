"""A field for words: one row or several, with undo, that says when it was typed in."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from phb_tui.language import N_

if TYPE_CHECKING:
    from phb_tui.domain.changes import Record
    from phb_tui.screens.host import TableScreen


class Words(TextArea):
    """One field of one record.

    Args:
        field: The field's stable name.
        rows: How many rows it shows; a field of one row takes no line breaks, and Enter goes on from it.
        id: The widget's id.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f4", "history", N_("Earlier words"), id="history", tooltip=N_("What was here before, with put back")),
    ]

    class GoOn(Message):
        """Enter was pressed in a field of one row."""

        def __init__(self, words: Words) -> None:
            super().__init__()
            self.words = words

    class History(Message):
        """Somebody asks what was here before."""

        def __init__(self, words: Words) -> None:
            super().__init__()
            self.words = words

    def __init__(self, field: str, rows: int = 1, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(
            id=id or f"field-{field}",
            compact=True,
            soft_wrap=rows > 1,
            highlight_cursor_line=False,
            classes=f"words rows-{rows}",
        )
        self.field = field
        self.rows = rows
        self.record: Record | None = None
        self.context: dict[str, str] = {}
        """What the record needs beside this field to be found again after a crash."""
        self._shown = ""
        self.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """F6 and F7 are keys of screens: a text area would select with them, and the next letter would replace it."""
        return action not in {"select_line", "select_all"} and super().check_action(action, parameters)

    @property
    def table(self) -> TableScreen:
        """The screen this field is on."""
        return cast("TableScreen", self.screen)

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
        self.record, self._shown = record, words
        if self.text != words:
            self.load_text(words)
            self.move_cursor(self.document.end)

    def kept(self, record: Record | None) -> None:
        """What was typed is kept; go on from there. Tidied words are shown once nobody is in the field."""
        self.record = record
        self._shown = self.text
        if record is not None and self.screen.focused is not self:
            self.show(record)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the screen, but only of what somebody typed."""
        event.stop()
        if self.changed:
            self.table.typed(self)

    async def _on_key(self, event: events.Key) -> None:
        if self.rows == 1 and event.key == "enter":
            event.stop()
            event.prevent_default()
            self.post_message(self.GoOn(self))
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        text = unicodedata.normalize("NFC", event.text)
        event.text = " ".join(text.splitlines()) if self.rows == 1 else text
        await super()._on_paste(event)

    def action_history(self) -> None:
        """Ask what was here before."""
        self.post_message(self.History(self))
