"""Message of a list whose beginning or end was passed with an arrow."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget


class PastEnd(Message):
    """Message: an arrow was pressed at the end or the beginning of a list that stands beside others.

    Attributes:
        listed: The list.
        by: 1 for down at the end, -1 for up at the beginning.
    """

    def __init__(self, listed: Widget, by: int) -> None:
        super().__init__()
        self.listed, self.by = listed, by
