"""Moments as changes and central note them: ISO 8601 in UTC with milliseconds."""

from datetime import UTC, datetime


def utc(moment: datetime) -> str:
    """A moment as changes carry it: 2026-11-23T09:00:00.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def local(at: str) -> datetime | None:
    """A moment in the time of this laptop; None for what is none, or lies outside the years there are clocks for.

    Args:
        at: ISO 8601, as a change carries it; another laptop may have sent anything.
    """
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
