"""Lists of lines that Enter or a click opens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.language import N_

if TYPE_CHECKING:
    from phb_tui.domain.changes import Record

ADD, RECORD = "add:", "record:"
"""Begin the id of a line that adds a record, which the kind follows, and of one that opens a record: see `id_of`.

An id comes from a record or from a place in the list, never from what somebody wrote. The prefix keeps a record whose
id another laptop chose apart from lines that have names of their own.
"""


class Lines(OptionList):
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


def refill(listed: OptionList, options: Sequence[Option]) -> None:
    """Show other options, staying on the same one; nothing moves when they are the same.

    Where two have one id the later can be read and not opened: a list is never a reason to close the app.
    """
    options = list(_apart(options))
    if [(option.id, str(option.prompt)) for option in listed.options] == [(o.id, str(o.prompt)) for o in options]:
        return
    before, here = listed.highlighted_option, listed.highlighted or 0
    listed.set_options(options)
    ids = [option.id for option in options]
    if before is not None and before.id in ids:
        here = ids.index(before.id)
    listed.highlighted = min(here, len(options) - 1) if options else None
    if options and options[listed.highlighted or 0].disabled:
        listed.action_cursor_down()


def _apart(options: Sequence[Option]) -> Iterator[Option]:
    """The options with no id twice."""
    seen: set[str] = set()
    for option in options:
        twice = option.id in seen
        if option.id is not None:
            seen.add(option.id)
        yield Option(option.prompt, disabled=True) if twice else option
