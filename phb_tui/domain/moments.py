"""When something was written, by its author's clock."""

from datetime import datetime


def local(at: str) -> datetime | None:
    """A moment in the time of this laptop; None for what is none, or lies outside the years there are clocks for.

    Args:
        at: ISO 8601, as a change carries it; another laptop may have sent anything.
    """
    try:
        return datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return None
