"""Head of every screen: one row with the person and the place, and under it what must be known about the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from phb_tui.i18n import _
from phb_tui.screens.frame.head_lines import cut_middle, fold, room
from phb_tui.screens.widgets.text_update import update_text

if TYPE_CHECKING:
    from phb_tui.domain.records.changes import Record
    from phb_tui.services.person.banner import Banner

PART = " · "
GAP = 3
"""Least number of columns between the person at the left and the place at the right."""
WHOLE = 108
"""Width in columns from which the head shows the whole NHS number, and what must be known with its whole title."""
MOST = 76
"""Columns of the place that are always shown; only one with words that somebody wrote, such as a name, has more."""


class HeadBar(Static):
    """First row of a screen: the person and their identifiers at the left, the place in the process at the right."""

    _who: tuple[str, tuple[str, ...], tuple[str, ...]] = "", (), ()
    """The name, and the identifiers of the person in a short and a long form."""
    _where: str = ""

    def show(
        self, person: Record | None, where: str, *, family: bool, visit: bool = False, staff: bool = False
    ) -> None:
        """Show a person, or the screen's title, in the head.

        Args:
            person: Whose record; None for screens about nobody.
            where: The screen's title or the place in the process.
            family: Whether family view is on: only the name that the person chose, and no identifiers.
            visit: Whether a visit is open, so that the family may read.
            staff: Whether staff asked to see everything meanwhile.
        """
        mark = ""
        if family:
            mark = _("[ Family view: F2 ends it ]  ")
        elif visit and staff:
            mark = _("[ For staff ]  ")
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
        width = self.size.width or (self.screen.size.width or 80) - 2
        update_text(self, Content("\n".join(self._titles(width))))

    def _titles(self, width: int) -> list[str]:
        """The person and the place in one row; the place in a row of its own where both do not fit.

        Who it is about is never cut, nor is a title of ours.
        """
        name, short, whole = self._who
        where = cut_middle(self._where, max(width, MOST))
        if not name:
            return [where]
        who = PART.join([name, *(whole if width >= WHOLE else short)])
        room = width - cell_len(who) - cell_len(where)
        if room >= GAP:
            return [who + " " * room + where]
        if cell_len(who) > width and who != name:  # a line breaks between the name and what identifies, not within that
            return [name, who.removeprefix(f"{name}{PART}"), where]
        return [who, where]

    def on_resize(self) -> None:
        """Lay the row out for the new width."""
        before = self.content
        self._write()
        if self.content != before:
            self.call_after_refresh(self.refresh, layout=True)


class AlertBar(Static):
    """Rows under the head: alerts, must-know facts and communication needs, and the age of the data if it is old."""

    _banner: Banner | None = None
    _family = False
    _folded = False
    _stale = ""

    def show(self, banner: Banner | None, *, family: bool, folded: bool, stale: str = "") -> None:
        """Show what must be known about a person.

        Args:
            banner: The person's alerts, must-know facts and communication needs; None for screens about nobody.
            family: Whether family view is on: nothing that is for staff only.
            folded: Whether the family may be reading: only the number of staff-only items.
            stale: The age of the data in words when it is too old; not shown in family view.
        """
        self._banner, self._family, self._folded = banner, family, folded
        self._stale = "" if family else stale
        self._write()

    def _write(self) -> None:
        size = self.screen.size
        width = self.size.width or (size.width or 80) - 2
        lines = [Content.styled(self._stale, "bold $red")] if self._stale else []
        if self._banner is not None:
            short, folded = width < WHOLE, self._folded and not self._family
            first = list(self._banner.first(family=self._family, folded=self._folded, short=short))
            named = folded and any(alert.staff for alert in self._banner.all_alerts)
            most = room(size.height or 24) - len(lines)
            lines += fold(first, list(self._banner.support(short=short)), width, most, named=named)
        if self.display is not bool(lines):
            self.display = bool(lines)
        update_text(self, Content("\n").join(lines))

    def on_resize(self) -> None:
        """Fold the lines to the new width."""
        before = self.content
        self._write()
        if self.content != before:
            self.call_after_refresh(self.refresh, layout=True)
