"""Baselines: bare Textual apps that the app is measured against."""

import sys

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import Input, Static


class Hello(App[None]):
    """App with one line of text."""

    def compose(self) -> ComposeResult:
        """The line."""
        yield Static("Hello there")


class OneInput(App[None]):
    """App with one input."""

    def compose(self) -> ComposeResult:
        """The input."""
        yield Static("Hello there")
        yield Input()


class BareScreen(Screen[None]):
    """Screen with a number of lines, as many as the measured screen has widgets."""

    def __init__(self, widgets: int) -> None:
        super().__init__()
        self.widgets = widgets

    def compose(self) -> ComposeResult:
        """The lines."""
        for number in range(self.widgets):
            yield Static(f"Line {number}")


if __name__ == "__main__":
    {"hello": Hello, "input": OneInput}[sys.argv[1]]().run()
