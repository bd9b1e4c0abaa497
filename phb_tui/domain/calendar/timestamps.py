"""Timestamps of changes, ISO 8601 in UTC with milliseconds, and the time of day as people read it."""

from datetime import UTC, datetime, time


def utc(moment: datetime) -> str:
    """Format a moment as 2026-11-23T09:00:00.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local(at: str) -> datetime | None:
    """Parse a timestamp to this laptop's time zone; None when it is invalid or out of range.

    Args:
        at: ISO 8601, as a change carries it; another laptop may have sent anything.
    """
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def clock(at: datetime | time) -> str:
    """The time of day as "14:30"."""
    return f"{at:%H:%M}"
