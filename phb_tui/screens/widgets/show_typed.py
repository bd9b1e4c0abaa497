"""Check box that shows the text of masked input fields."""

from __future__ import annotations

from textual import on
from textual.content import Content
from textual.widgets import Checkbox, Input

from phb_tui.i18n import _


class ShowTyped(Checkbox):
    """Shows or masks all password fields of its screen and returns the focus to the field in use."""

    DEFAULT_CSS = """
    ShowTyped { border: none; padding: 0 1; height: 1; background: transparent; width: auto; }
    ShowTyped:focus { border: none; text-style: reverse; }
    """

    def __init__(self) -> None:
        super().__init__(_("Show what I type"), id="show-typed")
        self._fields: list[Input] = []

    def on_mount(self) -> None:
        """Collect the masked fields of the screen."""
        self._fields = [field for field in self.screen.query(Input) if field.password]

    @property
    def _button(self) -> Content:
        return Content("[x]" if self.value else "[ ]")  # Textual's own is told apart by its colour only

    @on(Checkbox.Changed)
    def _show(self, event: Checkbox.Changed) -> None:
        event.stop()
        for field in self._fields:
            field.password = not event.value
        empty = [field for field in self._fields if not field.value]
        (empty or self._fields)[0].focus()
