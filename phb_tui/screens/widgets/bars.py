"""The frame of every screen: whose record and where, what is saved and sent, which keys."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.markup import escape
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.screen import Screen

    from phb_tui.domain.changes import Record
    from phb_tui.services.syncing import Status

MOST_HINTS = 6

ORDER = ("back", "help", "menu", "family", "sync", "find", "lock", "close")
"""The keys that work everywhere, in the order they give way when there is little room."""


def put(static: Static, words: Content) -> None:
    """Write words, laying the screen out again only if they take another number of rows.

    A layout costs more than everything else in moving from one statement to the next.
    """
    if static.content == words:
        return
    width, height = static.content_size
    if not static.display:  # it is laid out when it is shown
        static.clear_cached_dimensions()
        static.update(words, layout=False)
    else:
        static.update(words, layout=not width or words.get_height({}, width) != height)


class HeadBar(Static):
    """Whose record, how to communicate with them, whether to take care, and where in the process this is."""

    def show(self, person: Record | None, where: str, *, family: bool) -> None:
        """Write the head.

        Args:
            person: Whose record; None for screens about nobody.
            where: The screen's name or the place in the process.
            family: Turned to the family: the name the person chose, and nothing only staff should read.
        """
        if person is None:
            put(self, Content(where))
            return
        from phb_tui.domain import people  # noqa: PLC0415 - the unlock screen has a head and no person

        name = people.called(person) if family else people.full_name(person)
        called = person.text("known_as")
        also = (
            f" (likes to be called {called})" if called and not family and called != person.text("given_name") else ""
        )
        lines = [f"{name}{also}  ·  {where}"]
        if not family and person.text("take_care"):
            lines.append(f"! Take care when visiting: {_one_line(person.text('take_care'))}")
        if person.text("communication"):
            lines.append(f"How to communicate: {_one_line(person.text('communication'))}")
        put(self, Content("\n".join(lines)))


class SavedBar(Static):
    """What is saved on this laptop and what is not sent yet. In family view only the first."""

    def show(self, saved: str, status: Status | None, *, family: bool) -> None:
        """Write the line.

        Args:
            saved: The last words about saving.
            status: What waits; None before the store is open.
            family: Turned to the family: nothing about sending.
        """
        self.remove_class("problem")
        parts = [saved] if saved else []
        if status is not None and not family:
            parts.append(badge(status))
        put(self, Content("  ·  ".join(parts)))

    def problem(self, sentence: str) -> None:
        """Write a problem instead; it stays until something is saved."""
        self.add_class("problem")
        self.update(Content(f"There is a problem: {sentence}"))


def badge(status: Status) -> str:
    """The status in words: "3 to send - last sent 14:03"."""
    words = f"{status.waiting} to send" if status.waiting else "Everything is sent"
    if not status.last_at:
        words = f"{status.waiting} to send - nothing sent yet" if status.waiting else "Nothing to send yet"
    else:
        last = datetime.fromisoformat(status.last_at).astimezone()
        today = last.date() == datetime.now().astimezone().date()
        words += f" - last sent {last:%H:%M}" if today else f" - last sent {last.day} {last:%B %H:%M}"
    if status.conflicts:
        words += f" - {status.conflicts} to decide"
    if status.refused:
        words += f" - {status.refused} need attention"
    return words


class HintBar(Static):
    """At most six keys with their words, never clipped; every one can be clicked."""

    _parts: list[str] | None = None

    def show(self, screen: Screen[Any]) -> None:
        """Write the keys that work here, most particular first."""
        shown = []
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.description:
                rank = ORDER.index(binding.id) if binding.id in ORDER else -1
                shown.append((key_name(binding.key), binding.description, binding.key, rank))
        shown.sort(key=lambda hint: hint[3])  # stable: what is not named in ORDER keeps its place, in front
        width = (self.size.width or screen.size.width or 80) - 2
        parts: list[str] = []
        used = 0
        for key, words, press, _ in shown:
            length = len(key) + 1 + len(words) + 3
            if len(parts) == MOST_HINTS or used + length - 3 > width:
                break
            used += length
            parts.append(f"[@click=app.press('{press}')][b]{escape(key)} [/b]{escape(words)}[/]")
        if parts != self._parts:
            self._parts = parts
            self.update("   ".join(parts), layout=False)

    def on_resize(self) -> None:
        """Choose again when there is more or less room."""
        self.show(self.screen)


def keys_here(screen: Screen[Any]) -> list[tuple[str, str, str]]:
    """Every key that works on a screen: key, words, explanation."""
    return [
        (active.binding.key, active.binding.description, active.binding.tooltip)
        for active in screen.active_bindings.values()
        if active.enabled and active.binding.id and active.binding.description
    ]


def key_name(key: str) -> str:
    """A key as it stands on the keyboard."""
    first = key.split(",", maxsplit=1)[0]
    names = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "enter": "Enter", "tab": "Tab", "space": "Space"}
    if first.startswith("ctrl+"):
        return f"Ctrl+{first.removeprefix('ctrl+').upper()}"
    return names.get(first, first.upper())


def _one_line(words: str) -> str:
    return " ".join(words.split())
