"""Lists of lines that Enter or a click opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from phb_tui.language import N_

ADD = "add:"
"""Begins the id of a line that adds a record; the kind follows."""


class Lines(OptionList):
    """Lines that Enter or a click opens; the hints say so."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Open"), id="open", tooltip=N_("Open the line you are on")),
    ]


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
    """Show other options, staying on the same one; nothing moves when they are the same."""
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
