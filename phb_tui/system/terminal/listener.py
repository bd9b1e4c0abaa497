"""What a driver tells the app beside messages."""

from typing import Protocol


class Listener(Protocol):
    """The app, as a reader of the terminal knows it."""

    def on_terminal_lost(self) -> None:
        """The terminal is gone: nothing more can be read."""

    def failed(self, error: BaseException) -> None:
        """Reading failed by a mistake of ours."""
