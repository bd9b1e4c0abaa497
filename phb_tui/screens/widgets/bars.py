"""The frame of every screen: whose record and where, what is saved and sent, which keys."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len
from rich.markup import escape
from textual.content import Content
from textual.widgets import Static

from phb_tui.i18n import _
from phb_tui.screens.widgets.head_lines import fold, room

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

    from phb_tui.domain.records.changes import Record
    from phb_tui.services.person.banner import Banner
    from phb_tui.services.sync.sync_service import Status

MOST_HINTS = 6
BETWEEN = "   "
PART = "  ·  "
WHOLE = 108
"""Columns from which the head has room for a whole NHS number."""

ORDER = ("back", "help", "menu", "family", "sync", "find", "lock", "close")
"""The keys that work everywhere, in the order they give way when there is little room."""

SOON = 3
"""Days before a laptop locks for want of central that every screen says so."""

STALE = timedelta(days=2)
"""How long nothing may have been received before every screen says of when it is."""

ALWAYS = {ORDER.index("back"), ORDER.index("help")}
"""Somebody new is never without the way back and the way to help."""


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
    """Whose record, where in the process this is, alerts, what one must know, how to communicate with them."""

    _who: tuple[str, tuple[str, ...], tuple[str, ...]] = "", (), ()
    """The name and what tells people of one name apart, for little and for much room."""
    _where: str = ""
    _banner: Banner | None = None
    _family = False
    _folded = False
    _stale = ""

    def show(  # noqa: PLR0913 - what a head says
        self,
        person: Record | None,
        where: str,
        banner: Banner | None = None,
        *,
        family: bool,
        visit: bool = False,
        staff: bool = False,
        stale: str = "",
    ) -> None:
        """Write the head.

        Args:
            person: Whose record; None for screens about nobody.
            where: The screen's name or the place in the process.
            banner: What has to be seen on every screen about the person.
            family: Turned to the family: the name the person chose, and nothing only staff should read.
            visit: A visit is open and the family reads along: of what only staff should read, how much there is.
            staff: Staff turned the laptop to themselves meanwhile.
            stale: Of when all of this is, when that is too long ago; the family is not told.
        """
        self._stale = "" if family else stale
        self._family, self._folded = family, visit and not staff
        mark = ""
        if family:
            mark = _("[ Family view: F2 ends it ]  ")
        elif visit and staff:
            mark = _("[ For staff ]  ")
        self._banner = banner if person is not None else None
        if person is None:
            self._who, self._where = ("", (), ()), f"{mark}{where}"
            self._write()
            return
        from phb_tui.domain.people import person_facts  # noqa: PLC0415 - the unlock screen has a head and no person

        name = person_facts.called(person) if family else person_facts.full_name(person)
        known_as = person.text("known_as")
        if known_as and not family and known_as != person.text("given_name"):
            name += _(" (likes to be called {name})").format(name=known_as)
        short, whole = ((), ()) if family else (person_facts.marks(person, whole=whole) for whole in (False, True))
        self._who, self._where = (f"{mark}{name}", tuple(short), tuple(whole)), where
        self._write()

    def _write(self) -> None:
        size = self.screen.size
        width = self.size.width or (size.width or 80) - 2
        lines = [*self._titles(width), *([self._stale] if self._stale else [])]
        if self._banner is not None:
            first = list(self._banner.first(family=self._family, folded=self._folded))
            most = room(size.height or 24) - (1 if self._stale else 0)
            lines += fold(first, list(self._banner.support()), width, most)
        put(self, Content("\n".join(lines)))

    def _titles(self, width: int) -> list[str]:
        """Who and where, in one line where there is room, else one line each; neither is ever cut."""
        name, short, whole = self._who
        who = PART.join([name, *(whole if width >= WHOLE else short)])
        if not name:
            return [self._where]
        line = f"{who}{PART}{self._where}"
        return [line] if cell_len(line) <= width else [who, self._where]

    def on_resize(self) -> None:
        """Cut the lines again when there is more or less room; another number of rows is laid out after this."""
        before = self.content
        self._write()
        if self.content != before:
            self.call_after_refresh(self.refresh, layout=True)


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

    def notice(self, sentence: str) -> None:
        """Write something that is no problem but has to be noticed; it stays until something is saved."""
        self.add_class("problem")
        self.update(Content(sentence))

    def problem(self, sentence: str) -> None:
        """Write a problem instead; it stays until something is saved."""
        self.add_class("problem")
        self.update(Content(_("There is a problem: {words}").format(words=sentence)))


def stale(status: Status | None, now: datetime) -> str:
    """Of when what is shown is, once nothing has been received for two days; "" before, and when nothing ever was."""
    last = datetime.fromisoformat(status.last_at).astimezone() if status is not None and status.last_at else now
    if now - last < STALE:
        return ""
    from phb_tui.domain.calendar import dates  # noqa: PLC0415 - the unlock screen has a head and no dates

    return _("What you see is from {date}. F5 gets what is new.").format(date=dates.in_words(last.date().isoformat()))


def badge(status: Status) -> str:
    """The status in words: "3 to send - last sent 14:03"."""
    words = _("{count} to send").format(count=status.waiting) if status.waiting else _("Everything is sent")
    if not status.last_at:
        waits = _("{count} to send - nothing sent yet").format(count=status.waiting)
        words = waits if status.waiting else _("Nothing to send yet")
    else:
        last = datetime.fromisoformat(status.last_at).astimezone()
        today = last.date() == datetime.now().astimezone().date()
        day = f"{last:%H:%M}" if today else f"{last.day}/{last.month} {last:%H:%M}"
        words += _(" - last sent {time}").format(time=day)
    if status.conflicts:
        words += _(" - {count} to decide").format(count=status.conflicts)
    if status.days_left is not None and status.days_left <= SOON:
        words += _(" - send within {count} days").format(count=max(status.days_left, 1))
    if status.refused:
        words += _(" - {count} need attention").format(count=status.refused)
    return words


class _Hint(NamedTuple):
    rank: int
    key: str
    words: str
    press: str

    @property
    def width(self) -> int:
        return len(self.key) + 1 + len(self.words) + len(BETWEEN)


def chosen(hints: list[_Hint], width: int) -> list[_Hint]:
    """The hints that fit so many columns, in the order given; those of `ALWAYS` first take their room."""
    taken = [hint for hint in hints if hint.rank in ALWAYS]
    room = width + len(BETWEEN) - sum(hint.width for hint in taken)
    for hint in hints:
        if hint.rank in ALWAYS:
            continue
        room -= hint.width
        if room < 0 or len(taken) == MOST_HINTS:
            break
        taken.append(hint)
    return [hint for hint in hints if hint in taken]


class HintBar(Static):
    """At most six keys with their words, never clipped; every one can be clicked."""

    _parts: list[str] | None = None

    def show(self, screen: Screen[Any]) -> None:
        """Write the keys that work here, most particular first. The way back and help always have their place."""
        shown: list[_Hint] = []
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.description and not _is_another(binding, shown):
                rank = ORDER.index(binding.id) if binding.id in ORDER else -1
                shown.append(_Hint(rank, key_name(binding.key), _(binding.description), binding.key))
        width = (self.size.width or screen.size.width or 80) - 2
        parts = [
            f"[@click=app.press('{hint.press}')][b]{escape(hint.key)} [/b]{escape(hint.words)}[/]"
            for hint in chosen(sorted(shown, key=lambda hint: hint.rank), width)
        ]
        if parts != self._parts:
            self._parts = parts
            self.update(BETWEEN.join(parts), layout=False)

    def on_resize(self) -> None:
        """Choose again when there is more or less room."""
        self.show(self.screen)


def _is_another(binding: Binding, shown: list[_Hint]) -> bool:
    """Whether a key does what one that is shown already does: one of them is enough."""
    return any(hint.words == _(binding.description) for hint in shown)


def keys_here(screen: Screen[Any]) -> list[tuple[str, str, str]]:
    """Every key that works on a screen: key, words, explanation; of several for one thing, the first."""
    found: dict[str, tuple[str, str, str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.id and binding.description:
            found.setdefault(binding.id, (binding.key, _(binding.description), _(binding.tooltip)))
    return list(found.values())


def key_name(key: str) -> str:
    """A key as it stands on the keyboard."""
    first = key.split(",", maxsplit=1)[0]
    names = {"escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "enter": "Enter", "tab": "Tab", "space": "Space",
             "delete": "Del", "backspace": "Backspace"}  # fmt: skip
    if first.startswith("ctrl+"):
        return f"Ctrl+{first.removeprefix('ctrl+').upper()}"
    return names.get(first, first.upper())
