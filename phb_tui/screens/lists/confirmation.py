"""Confirmation of a line that makes or changes records by one key: the second time it is chosen it is done."""

from __future__ import annotations


class Confirmation:
    """Confirmation by choosing the same thing once more."""

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
