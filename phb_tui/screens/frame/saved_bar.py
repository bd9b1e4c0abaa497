"""The line that shows what is saved on this laptop and what is not sent yet."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from phb_tui.i18n import _
from phb_tui.screens.widgets.text_update import update_text

if TYPE_CHECKING:
    from phb_tui.services.sync.sync_service import Status

LEASE_WARNING_DAYS = 3
"""Days before the offline lease expires from which every screen warns."""

STALE_AFTER = timedelta(days=2)
"""Time without a successful exchange after which every screen shows the age of its data."""


class SavedBar(Static):
    """Row that shows what is saved at the left and the sync status at the right; in family view only the former."""

    _parts: tuple[str, str] = "", ""

    def show(self, saved: str, status: Status | None, *, family: bool) -> None:
        """Show the save status and the sync status.

        Args:
            saved: The last message about saving.
            status: The sync status; None before the store is open.
            family: Whether family view is on: nothing about sending is shown.
        """
        self.remove_class("problem")
        self._parts = saved, badge(status) if status is not None and not family else ""
        self._write()

    def _write(self) -> None:
        width = self.size.width or (self.screen.size.width or 80) - 2
        left, right = self._parts
        room = width - cell_len(left) - cell_len(right)
        words = f"{left}{' ' * room}{right}" if room > 1 else "  ·  ".join(part for part in (left, right) if part)
        update_text(self, Content(words))

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


def badge(status: Status) -> str:
    """The sync status in words: "Up to date: last synced 14:03", with the day when that was not today."""
    if status.last_at:
        time = _synced(datetime.fromisoformat(status.last_at).astimezone())
        words = _("{count} to send - last synced {time}") if status.waiting else _("Up to date: last synced {time}")
        words = words.format(count=status.waiting, time=time)
    else:
        waits = _("{count} to send - not synced yet").format(count=status.waiting)
        words = waits if status.waiting else _("Nothing to send yet")
    if status.conflicts:
        words += _(" - {count} to decide").format(count=status.conflicts)
    if status.days_left is not None and status.days_left <= LEASE_WARNING_DAYS:
        words += _(" - sync within {count} days").format(count=max(status.days_left, 1))
    if status.quarantined:
        words += _(" - {count} need attention").format(count=status.quarantined)
    return words


def _synced(last: datetime) -> str:
    """When it was last synced: the time, and the day before it when that was not today."""
    from phb_tui.domain.calendar import moments, timestamps  # noqa: PLC0415 - the unlock screen has no status

    if last.date() == datetime.now().astimezone().date():
        return timestamps.clock(last)
    return moments.in_short(last)
