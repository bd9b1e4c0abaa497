"""Lists whose lines open a record, a screen or an action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from string import ascii_lowercase
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from phb_tui.i18n import N_
from phb_tui.screens.lists.past_end import PastEnd
from phb_tui.screens.lists.stable_list import StableList

if TYPE_CHECKING:
    from textual.visual import VisualType

    from phb_tui.domain.records.changes import Record

KEYS = f"123456789{ascii_lowercase}"
"""Keys that lines get, in this order."""

NO_KEY = " "
"""Instead of the key of a line that comes and goes, so that the lines below it keep theirs."""
ADD, RECORD = "add:", "record:"
"""Prefixes of option ids: a line that adds a record of a kind, and one that opens a record; see `id_of`.

An id comes from a record or from a place in the list, never from what somebody wrote. The prefix keeps a record whose
id another laptop chose apart from lines that have names of their own.
"""


def keys_without(taken: Iterable[str]) -> str:
    """The keys that are left for lines where some open something else on the screen."""
    others = {*taken}
    return "".join(key for key in KEYS if key not in others)


class Line(Option):
    """Option with a key of its own.

    Args:
        prompt: What it shows.
        id: Its id.
        key: The letter or digit that opens it; "" for the next one that is free, `NO_KEY` for none: Enter opens it.
    """

    def __init__(self, prompt: VisualType, id: str | None = None, key: str = "") -> None:  # noqa: A002 - Textual's own name
        super().__init__(prompt, id)
        self.key = key


class LineList(StableList):
    """List whose lines are opened by Enter, by a click, or by the digit or letter that each shows at its left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "select", N_("Open"), id="open", tooltip=N_("Open the line you are on")),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line-list--key"}
    free_keys = KEYS
    """Keys for lines without one of their own, in this order."""
    shows_keys = True
    """Whether the digits and letters stand at the lines now; they do not where a field beside takes them itself."""
    beside_others = False
    """Whether other lists stand in the same `Panels`, to which the arrows go on."""
    _keys: Mapping[str, str] = MappingProxyType({})
    """Id of the option that each key opens, as the list is painted."""

    def on_mount(self) -> None:
        """Give keys to the lines that it was made with."""
        if self.options and not self._shown:
            self._keys = keys_of(self.options, self.free_keys)
            self._shown = {option_id: key for key, option_id in self._keys.items()}

    def _set(self, options: Sequence[Option]) -> None:
        super()._set(options)
        keys = keys_of(options, self.free_keys)
        if self.painted:
            self._keys = keys
        else:  # until the new lines are painted, a key opens the line that it stands at
            self.call_after_refresh(self._take_keys, keys)
        self._shown = {option_id: key for key, option_id in keys.items()}

    def _take_keys(self, keys: Mapping[str, str]) -> None:
        self._keys = keys

    _shown: Mapping[str, str] = MappingProxyType({})
    """The key that each option shows."""

    def _get_left_gutter_width(self) -> int:
        return 4

    def line_prefix(self, option: Option, style: Style) -> list[Segment]:
        """The option's key, quiet unless the line has the focus."""
        key = self._shown.get(str(option.id), " ") if self.shows_keys else " "
        if not (self.has_focus and option is self.highlighted_option):
            colour = self.get_component_rich_style("line-list--key").color
            style += Style(color=colour)
        return [Segment(f"{key}  ", style)]

    def has_key(self, character: str) -> bool:
        """Whether a line is painted at a digit or letter."""
        return character in self._keys

    def open_key(self, character: str) -> bool:
        """Open the line at which a digit or letter is painted; return whether there is one."""
        wanted = self._keys.get(character)
        for index, option in enumerate(self.options):
            if wanted is not None and option.id == wanted and not option.disabled:
                self.highlighted = index
                self.action_select()
                return True
        return False

    def on_key(self, event: events.Key) -> None:
        """Open the line whose digit or letter is pressed."""
        if event.character and self.open_key(event.character):
            event.stop()

    def _ends(self) -> tuple[int, int] | None:
        """Indexes of the first and the last line that can be opened."""
        found = [index for index, option in enumerate(self.options) if not option.disabled]
        return (found[0], found[-1]) if found else None

    def enter(self, *, at_end: bool) -> None:
        """Highlight the first line, or the last one, of those that can be opened."""
        if ends := self._ends():
            self.highlighted = ends[at_end]

    def action_cursor_down(self) -> None:
        """Highlight the next line; past the last one of a list beside others, leave it."""
        if self.beside_others and (ends := self._ends()) and self.highlighted == ends[1]:
            self.post_message(PastEnd(self, 1))
        else:
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Highlight the previous line; past the first one of a list beside others, leave it."""
        if self.beside_others and (ends := self._ends()) and self.highlighted == ends[0]:
            self.post_message(PastEnd(self, -1))
        else:
            super().action_cursor_up()


def keys_of(options: Sequence[Option], free_keys: str = KEYS) -> dict[str, str]:
    """The key of each line that can be opened: its own, or the next digit or letter that no other line has.

    Returns:
        The option's id by key; lines beyond the last letter have none.
    """
    lines = [option for option in options if option.id is not None and not option.disabled]
    keyed = [option for option in lines if isinstance(option, Line) and option.key]
    own = {option.key: str(option.id) for option in keyed if isinstance(option, Line) and option.key != NO_KEY}
    free = (key for key in free_keys if key not in own)
    others = (option for option in lines if option not in keyed)
    return own | {key: str(option.id) for key, option in zip(free, others, strict=False)}


def titled(listed: LineList, title: str) -> LineList:
    """The list with a title in the line round it."""
    listed.border_title = Content(title)
    return listed


def id_of(record: Record) -> str:
    """The option id of a record's line; unique within a team."""
    return f"{RECORD}{record.record_id}"


def line_of(record: Record, words: Content | str, *, disabled: bool = False) -> Option:
    """An option that shows a record."""
    return Option(Content(words) if isinstance(words, str) else words, id=id_of(record), disabled=disabled)


def gap() -> Option:
    """An empty, disabled option as separator."""
    return Option("", disabled=True)


def heading(words: str) -> Option:
    """A disabled option as heading of the lines below."""
    return Option(Content.styled(words, "bold $bold"), disabled=True)


def refill(listed: StableList, options: Sequence[Option]) -> None:
    """Replace the options and keep the highlighted record: see `StableList.refill`."""
    listed.refill(options)
