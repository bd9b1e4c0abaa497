"""A field with its label and hint in the line around it."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from phb_tui.screens.widgets.text_update import update_border

AROUND = 6
"""Columns of the line around a field that its label or hint cannot take."""


class FieldPanel(Vertical):
    """A field with its label in the upper line around it and its hint in the lower one.

    A label that is too long stands above the field, and a hint that is too long below it: neither is cut.

    Args:
        answer: What is typed in or chosen from.
        label: What it asks for.
        hint: An example, or how to answer; "" for none.
        classes: Classes of the panel.
    """

    def __init__(self, answer: Widget, label: str, hint: str = "", *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self.answer, self.label = answer, label
        self._hint, self._told = hint, ""
        self._above = Static(label, classes="label hidden", markup=False)
        self._below = Static(hint, classes="note hidden", markup=False)

    def compose(self) -> ComposeResult:
        """Compose the field; a label above and a hint below are hidden while they fit into the line."""
        yield self._above
        yield from self.compose_error()
        yield self.answer
        yield self._below

    def compose_error(self) -> ComposeResult:
        """Compose what stands between the label and the field; subclasses may override this."""
        yield from ()

    def on_mount(self) -> None:
        """Place label and hint for the width of the window."""
        self._place(self.app.size.width - 2)

    def on_resize(self) -> None:
        """Place label and hint for the new width."""
        self._place(self.size.width)

    def on_click(self, event: events.Click) -> None:
        """Go into the field by a click on the label above it or the hint below it."""
        if event.widget in (self._above, self._below):
            self.answer.focus()

    def answered(self) -> None:
        """Take note of a key in the field; subclasses may override this."""

    def tell(self, words: str) -> None:
        """Show words in the lower line instead of the hint, such as how a date was understood; "" for the hint."""
        self._told = words
        self._place(self.size.width or self.app.size.width - 2)

    def _place(self, width: int) -> None:
        words = self._told or self._hint
        fits = {part: cell_len(part) <= width - AROUND for part in (self.label, words)}
        shown = [Content(part if fits[part] else "") for part in (self.label, words)]
        update_border(self.answer, *shown)
        self._above.set_class(fits[self.label], "hidden")
        if not fits[words]:
            self._below.update(words)
        self._below.set_class(fits[words], "hidden")
