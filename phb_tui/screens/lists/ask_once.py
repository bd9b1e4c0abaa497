"""A line that makes or changes records by one key: the first time it says what it does, the second time it does it."""

from __future__ import annotations


class AskOnce:
    """What was asked for once and not done yet."""

    def __init__(self) -> None:
        self._asked = ""

    def is_confirmed(self, what: str) -> bool:
        """Whether the same thing was asked for just before; ask for it otherwise.

        Args:
            what: What is to be done, and with which record.
        """
        confirmed = self._asked == what
        self._asked = "" if confirmed else what
        return confirmed

    def forget(self) -> None:
        """Ask anew the next time: something else was done meanwhile."""
        self._asked = ""
