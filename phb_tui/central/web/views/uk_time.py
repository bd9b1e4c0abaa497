"""Moments on central's pages, in UK time; central notes them in UTC."""

from datetime import datetime
from zoneinfo import ZoneInfo

from phb_tui.domain.calendar import dates, timestamps

UK = ZoneInfo("Europe/London")


def day(at: str) -> str:
    """The day of a moment as "Wednesday 25 November 2026"; text that is no moment as it is.

    Args:
        at: ISO 8601 in UTC.
    """
    found = _local(at)
    return dates.in_full(found.date().isoformat()) if found else at


def time(at: str) -> str:
    """The time of a moment as "14:30"; "" for text that is no moment."""
    found = _local(at)
    return timestamps.clock(found) if found else ""


def moment(at: str) -> str:
    """A moment as "Wednesday 25 November 2026, 14:30"; "never" for ""."""
    return ", ".join(part for part in (day(at), time(at)) if part) or "never"


def _local(at: str) -> datetime | None:
    """A moment in UK time; None for text that is no moment, which a backup or an older central may hold."""
    try:
        found = datetime.fromisoformat(at)
        return found.astimezone(UK) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
