"""The last row of every screen: its keys as caps, each of which can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len
from rich.markup import escape
from textual.widgets import Static

from phb_tui.i18n import _

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

MOVE = "move"
PAGES = ("before", "next")
"""The keys that turn pages are shown as one, with this id and of these actions."""
FIRST = ("back", "help", "menu")
"""Actions whose keys are at the left, in this order and at these places on every screen."""
PLACES = (0, 12, 23)
"""Columns from the row's left end at which they begin."""
LAST = ("sync", "family")
"""Actions whose key may be at the right end: sync, and in its place family view when sync is not offered."""
OWN = ""
ORDER = (MOVE, OWN, "family", "find", "lock", "close")
"""Actions between them by priority, the screen's own at `OWN`: the later ones are left out first. Turning pages comes
first, since a mouse turns them by nothing else."""
MOST = 4
"""Most keys of the screen between the first three and the last."""
NARROW = 76
"""Width in columns below which one key of the screen is shown."""
BETWEEN = "  "


class _Hint(NamedTuple):
    """One or two keys as caps, and what they do.

    Attributes:
        id: The action's id.
        keys: The name of each key, and the key itself.
        words: What they do.
    """

    id: str
    keys: tuple[tuple[str, str], ...]
    words: str

    @property
    def width(self) -> int:
        return sum(cell_len(name) + 2 for name, _key in self.keys) + 1 + cell_len(self.words)

    @property
    def markup(self) -> str:
        caps = "".join(f"[@click=app.press('{key}')][b $ink on $key] {escape(name)} [/][/]" for name, key in self.keys)
        return f"{caps}[@click=app.press('{self.keys[-1][1]}')] {escape(self.words)}[/]"


def _merged(hints: list[_Hint]) -> list[_Hint]:
    """The hints with those that turn pages as one."""
    pages = [hint for name in PAGES for hint in hints if hint.id == name]
    if len(pages) < len(PAGES):
        return hints
    both = _Hint(MOVE, tuple(key for hint in pages for key in hint.keys), _("Move"))
    return [hint for hint in hints if hint.id not in PAGES] + [both]


def hint_row(hints: list[_Hint], width: int) -> str:
    """The markup of the row: the first three at their places, then what fits of the others, the last at the right end.

    Args:
        hints: The keys that work now; the screen's own in their order.
        width: Columns.
    """
    named = {hint.id: hint for hint in reversed(hints)}
    row, at = "", 0
    for name, place in zip(FIRST, PLACES, strict=True):
        hint = named.get(name)
        if hint is None or place + hint.width > width:
            continue
        gap = max(place - at, 2 if at else 0)
        row, at = f"{row}{' ' * gap}{hint.markup}", at + gap + hint.width
    last = next((named[name] for name in LAST if name in named), None)
    end = width - last.width if last is not None else width
    if last is not None and end < at + 1:
        last, end = None, width
    others = [hint for hint in hints if hint.id not in FIRST and hint is not last]
    others.sort(key=lambda hint: ORDER.index(hint.id if hint.id in ORDER else OWN))
    for hint in others[: MOST if width >= NARROW else 1]:
        if at + len(BETWEEN) + hint.width > end - (2 if last else 0):
            break
        row, at = f"{row}{BETWEEN}{hint.markup}", at + len(BETWEEN) + hint.width
    return row if last is None else f"{row}{' ' * (end - at)}{last.markup}"


class HintBar(Static):
    """Last row with the keys that work now, none of them cut; each can be clicked."""

    _row = ""

    def show(self, screen: Screen[Any]) -> None:
        """Show the active bindings: Esc, help and menu at their places, then the screen's own."""
        shown: list[_Hint] = []
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.description and not _is_another(binding, shown):
                keys = ((key_name(binding.key), binding.key),)
                shown.append(_Hint(binding.id or "", keys, _(binding.description)))
        row = hint_row(_merged(shown), (self.size.width or screen.size.width or 80) - 2)
        if row != self._row:
            self._row = row
            self.update(row, layout=False)

    def on_resize(self) -> None:
        """Choose the hints again for the new width."""
        self.show(self.screen)


def _is_another(binding: Binding, shown: list[_Hint]) -> bool:
    """Whether a binding runs the same action as one that is shown already."""
    return any(hint.words == _(binding.description) for hint in shown)


def keys_here(screen: Screen[Any]) -> list[tuple[str, str, str]]:
    """The active bindings of a screen: key, label, explanation; one for each action."""
    found: dict[str, tuple[str, str, str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.id and binding.description:
            found.setdefault(binding.id, (binding.key, _(binding.description), _(binding.tooltip)))
    return list(found.values())


def key_name(key: str) -> str:
    """The name of a key as printed on the keyboard."""
    first = key.split(",", maxsplit=1)[0]
    names = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "enter": "Enter", "tab": "Tab", "space": "Space",
             "delete": "Del", "backspace": "Backspace"}  # fmt: skip
    if first.startswith("ctrl+"):
        return f"Ctrl+{first.removeprefix('ctrl+').upper()}"
    return names.get(first, first.upper())
