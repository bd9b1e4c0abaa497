"""Lists of lines that Enter or a click opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.i18n import N_
from phb_tui.screens.widgets.stable_list import StableList

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record

ADD, RECORD = "add:", "record:"
"""Begin the id of a line that adds a record, which the kind follows, and of one that opens a record: see `id_of`.

An id comes from a record or from a place in the list, never from what somebody wrote. The prefix keeps a record whose
id another laptop chose apart from lines that have names of their own.
"""


class LineList(StableList):
    """Lines that Enter or a click opens; the hints say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Open"), id="open", tooltip=N_("Open the line you are on")),
    ]


def id_of(record: Record) -> str:
    """The id of the line that opens a record; no two records of a team have the same id."""
    return f"{RECORD}{record.record_id}"


def line_of(record: Record, words: Content | str, *, disabled: bool = False) -> Option:
    """The line of a record."""
    return Option(Content(words) if isinstance(words, str) else words, id=id_of(record), disabled=disabled)


def gap() -> Option:
    """An empty line, which the highlight passes over."""
    return Option("", disabled=True)


def pair(title: str, state: str, column: int, option_id: str) -> Option:
    """A line with its state in a column of its own, or two columns after a title that is longer."""
    room = max(column - cell_len(title), 2)
    return Option(Content(f"{title}{' ' * room}{state}"), id=option_id)


def heading(words: str) -> Option:
    """A line that names what follows."""
    return Option(Content.styled(words, "bold underline"), disabled=True)


def refill(listed: StableList, options: Sequence[Option]) -> None:
    """Show the same list as it is now, staying on the same record: see `StableList.refill`."""
    listed.refill(options)
