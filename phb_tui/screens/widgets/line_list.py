"""Lists whose lines open a record, a screen or an action."""

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
"""Prefixes of option ids: a line that adds a record of a kind, and one that opens a record; see `id_of`.

An id comes from a record or from a place in the list, never from what somebody wrote. The prefix keeps a record whose
id another laptop chose apart from lines that have names of their own.
"""


class LineList(StableList):
    """List whose lines are opened by Enter or a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Open"), id="open", tooltip=N_("Open the line you are on")),
    ]


def id_of(record: Record) -> str:
    """The option id of a record's line; unique within a team."""
    return f"{RECORD}{record.record_id}"


def line_of(record: Record, words: Content | str, *, disabled: bool = False) -> Option:
    """An option that shows a record."""
    return Option(Content(words) if isinstance(words, str) else words, id=id_of(record), disabled=disabled)


def gap() -> Option:
    """An empty, disabled option as separator."""
    return Option("", disabled=True)


def pair(title: str, state: str, column: int, option_id: str) -> Option:
    """An option with a title and, in a second column, its state; a title that is too long gets two columns of space."""
    room = max(column - cell_len(title), 2)
    return Option(Content(f"{title}{' ' * room}{state}"), id=option_id)


def heading(words: str) -> Option:
    """A disabled option as heading of the lines below."""
    return Option(Content.styled(words, "bold underline"), disabled=True)


def refill(listed: StableList, options: Sequence[Option]) -> None:
    """Replace the options and keep the highlighted record: see `StableList.refill`."""
    listed.refill(options)
