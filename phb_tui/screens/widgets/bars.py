"""The bars of every screen: head with the person and alerts, saved line with the sync status, key hints."""

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
"""Width in columns from which the head shows the whole NHS number."""

ORDER = ("back", "help", "menu", "family", "sync", "find", "lock", "close")
"""Global actions by priority: when there is little room, the hints of the later ones are left out first."""

LEASE_WARNING_DAYS = 3
"""Days before the offline lease expires from which every screen warns."""

STALE_AFTER = timedelta(days=2)
"""Time without a successful exchange after which every screen shows the age of its data."""

ALWAYS = {ORDER.index("back"), ORDER.index("help")}
"""Positions in `ORDER` whose hints are always shown: going back and help."""


def update_text(static: Static, words: Content) -> None:
    """Update a Static, with a new layout only if the number of rows changed.

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
    """Head of a screen: the person, the place in the process, alerts, must-know facts and communication needs."""

    _who: tuple[str, tuple[str, ...], tuple[str, ...]] = "", (), ()
    """The name, and the identifiers of the person in a short and a long form."""
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
        """Show a person, or the screen's title, in the head.

        Args:
            person: Whose record; None for screens about nobody.
            where: The screen's title or the place in the process.
            banner: The person's alerts, must-know facts and communication needs.
            family: Whether family view is on: only the name that the person chose, nothing that is for staff only.
            visit: Whether a visit is open, so that the family may read: only the number of staff-only items.
            staff: Whether staff asked to see everything meanwhile.
            stale: The age of the data in words when it is too old; not shown in family view.
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

        name = person_facts.preferred_name(person) if family else person_facts.full_name(person)
        known_as = person.text("known_as")
        if known_as and not family and known_as != person.text("given_name"):
            name += _(" (likes to be called {name})").format(name=known_as)
        short, whole = (
            ((), ()) if family else (person_facts.short_identity(person, whole=whole) for whole in (False, True))
        )
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
        update_text(self, Content("\n".join(lines)))

    def _titles(self, width: int) -> list[str]:
        """The person and the place on one line if they fit, else on two; neither is cut."""
        name, short, whole = self._who
        who = PART.join([name, *(whole if width >= WHOLE else short)])
        if not name:
            return [self._where]
        line = f"{who}{PART}{self._where}"
        return [line] if cell_len(line) <= width else [who, self._where]

    def on_resize(self) -> None:
        """Fold the lines to the new width."""
        before = self.content
        self._write()
        if self.content != before:
            self.call_after_refresh(self.refresh, layout=True)


class SavedBar(Static):
    """Line that shows what is saved on this laptop and what is not sent yet; in family view only the former."""

    def show(self, saved: str, status: Status | None, *, family: bool) -> None:
        """Show the save status and the sync status.

        Args:
            saved: The last message about saving.
            status: The sync status; None before the store is open.
            family: Whether family view is on: nothing about sending is shown.
        """
        self.remove_class("problem")
        parts = [saved] if saved else []
        if status is not None and not family:
            parts.append(badge(status))
        update_text(self, Content("  ·  ".join(parts)))

    def notice(self, sentence: str) -> None:
        """Show a notice that is not an error; it stays until something is saved."""
        self.add_class("problem")
        self.update(Content(sentence))

    def problem(self, sentence: str) -> None:
        """Show an error; it stays until something is saved."""
        self.add_class("problem")
        self.update(Content(_("There is a problem: {words}").format(words=sentence)))


def stale(status: Status | None, now: datetime) -> str:
    """The time of the last exchange in words, once it is two days ago; "" before that and when there never was one."""
    last = datetime.fromisoformat(status.last_at).astimezone() if status is not None and status.last_at else now
    if now - last < STALE_AFTER:
        return ""
    from phb_tui.domain.calendar import dates  # noqa: PLC0415 - the unlock screen has a head and no dates

    return _("What you see is from {date}. F5 gets what is new.").format(date=dates.in_words(last.date().isoformat()))


def badge(status: Status) -> str:
    """The sync status in words: "3 to send - last sent 14:03"."""
    words = _("{count} to send").format(count=status.waiting) if status.waiting else _("Up to date")
    if not status.last_at:
        waits = _("{count} to send - nothing sent yet").format(count=status.waiting)
        words = waits if status.waiting else _("Nothing to send yet")
    else:
        last = datetime.fromisoformat(status.last_at).astimezone()
        today = last.date() == datetime.now().astimezone().date()
        day = f"{last:%H:%M}" if today else f"{last.day}/{last.month} {last:%H:%M}"
        words += _(": last synced {time}").format(time=day)
    if status.conflicts:
        words += _(" - {count} to decide").format(count=status.conflicts)
    if status.days_left is not None and status.days_left <= LEASE_WARNING_DAYS:
        words += _(" - send within {count} days").format(count=max(status.days_left, 1))
    if status.quarantined:
        words += _(" - {count} need attention").format(count=status.quarantined)
    return words


class _Hint(NamedTuple):
    rank: int
    key: str
    words: str
    press: str

    @property
    def width(self) -> int:
        return len(self.key) + 1 + len(self.words) + len(BETWEEN)


def fitting_hints(hints: list[_Hint], width: int) -> list[_Hint]:
    """The hints that fit a width in columns, in the order given; those in `ALWAYS` are placed first."""
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
    """Footer with at most six key hints, never cut; each can be clicked."""

    _parts: list[str] | None = None

    def show(self, screen: Screen[Any]) -> None:
        """Show the active bindings, the screen's own first; going back and help always have a place."""
        shown: list[_Hint] = []
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.description and not _is_another(binding, shown):
                rank = ORDER.index(binding.id) if binding.id in ORDER else -1
                shown.append(_Hint(rank, key_name(binding.key), _(binding.description), binding.key))
        width = (self.size.width or screen.size.width or 80) - 2
        parts = [
            f"[@click=app.press('{hint.press}')][b]{escape(hint.key)} [/b]{escape(hint.words)}[/]"
            for hint in fitting_hints(sorted(shown, key=lambda hint: hint.rank), width)
        ]
        if parts != self._parts:
            self._parts = parts
            self.update(BETWEEN.join(parts), layout=False)

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
