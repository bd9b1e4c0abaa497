"""Protocol by which a terminal driver reports failures to the app."""

from typing import Protocol


class Listener(Protocol):
    """The app's callbacks for a terminal driver."""

    def on_terminal_lost(self) -> None:
        """Called when the terminal is closed and no input can be read any more."""

    def failed(self, error: BaseException) -> None:
        """Called with an unexpected exception in the input thread."""
