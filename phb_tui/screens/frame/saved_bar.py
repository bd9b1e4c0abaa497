"""The line that shows what is saved on this laptop and what is not sent yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from textual.content import Content
from textual.widgets import Static

from phb_tui.i18n import _, n_
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.widgets.text_update import update_text

if TYPE_CHECKING:
    from phb_tui.services.sync.sync_service import Status

LEASE_WARNING_DAYS = 3
"""Days before the offline lease expires from which every screen warns."""

BETWEEN = 2
"""Columns at the least between what is saved and the sync status."""

STALE_AFTER = timedelta(days=2)
"""Time without a successful exchange after which every screen shows the age of its data."""


class SavedBar(Static):
    """Row that shows what is saved at the left and the sync status at the right; in family view only the former."""

    _parts: tuple[str, Sequence[str]] = "", ("",)

    def show(self, saved: str, status: Status | None, *, family: bool) -> None:
        """Show the save status and the sync status.

        Args:
            saved: The last message about saving.
            status: The sync status; None before the store is open.
            family: Whether family view is on: nothing about sending is shown.
        """
        self.remove_class("problem")
        self._parts = saved, badges(status) if status is not None and not family else ("",)
        self._write()

    def _write(self) -> None:
        width = self.size.width or (self.screen.size.width or 80) - 2
        update_text(self, Content(row(*self._parts, width)))

    def on_resize(self) -> None:
        """Lay the row out for the new width."""
        if not self.has_class("problem"):
            self._write()

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


def row(left: str, rights: Sequence[str], width: int) -> str:
    """What is saved at the left and the sync status at the right; where both do not fit the status is a shorter one.

    Args:
        left: The last message about saving; alone too long for the row, it is cut behind a whole word.
        rights: The sync status, the whole of it first and the shorter ones after.
        width: Columns.
    """
    room = width - cell_len(left)
    right = next((each for each in rights if cell_len(each) + BETWEEN <= (room if left else width + BETWEEN)), "")
    if right:
        return f"{left}{' ' * (room - cell_len(right))}{right}"
    if room >= 0:
        return left
    kept = set_cell_size(left, width - cell_len(SHAPES.cut))
    whole = kept.rpartition(" ")[0] or kept
    return f"{whole.rstrip()}{SHAPES.cut}"


def badges(status: Status) -> list[str]:
    """The sync status in words, the whole of it first, and then what is left of it where there is less room.

    "Up to date: last synced 14:03", with the day when that was not today. The time is left out first, and at last all
    but what is most pressing.
    """
    waits = _("{count} to send").format(count=status.waiting) if status.waiting else ""
    if status.last_at:
        time = _synced(datetime.fromisoformat(status.last_at).astimezone())
        words = _("{count} to send - last synced {time}") if status.waiting else _("Up to date: last synced {time}")
        first, short = words.format(count=status.waiting, time=time), waits or _("Up to date")
    else:
        words = _("{count} to send - not synced yet").format(count=status.waiting)
        first, short = words if status.waiting else _("Nothing to send yet"), waits or _("Nothing to send yet")
    more = list(_pressing(status))
    shorter = [[first, *more], [short, *more], [waits, *more], more, *([each] for each in reversed(more)), [short]]
    return [" - ".join(part for part in parts if part) for parts in shorter if any(parts)]


def _pressing(status: Status) -> Iterator[str]:
    """What somebody has to do about the exchange, the most pressing last."""
    if status.conflicts:
        yield _("{count} to decide").format(count=status.conflicts)
    if status.days_left is not None and status.days_left <= LEASE_WARNING_DAYS:
        left = max(status.days_left, 1)
        yield n_("sync within {count} day", "sync within {count} days", left).format(count=left)
    if status.quarantined:
        yield _("{count} need attention").format(count=status.quarantined)


def _synced(last: datetime) -> str:
    """When it was last synced: the time, and the day before it when that was not today."""
    from phb_tui.domain.calendar import moments, timestamps  # noqa: PLC0415 - the unlock screen has no status

    if last.date() == datetime.now().astimezone().date():
        return timestamps.clock(last)
    return moments.in_short(last)
