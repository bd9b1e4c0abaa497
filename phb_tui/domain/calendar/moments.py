"""When something was written or sent, as people read it."""

from datetime import datetime

from phb_tui.domain.calendar import dates
from phb_tui.domain.calendar.timestamps import clock


def in_words(at: datetime) -> str:
    """Format a moment as "27 March 2007 14:30"."""
    return f"{dates.in_words(at.date().isoformat())} {clock(at)}"


def in_full(at: datetime) -> str:
    """Format a moment as paper says it: "Tuesday 27 March 2007 14:30"."""
    return f"{dates.in_full(at.date().isoformat())} {clock(at)}"


def in_short(at: datetime) -> str:
    """Format a moment as "27 Mar 2007 14:30", for a line with little room."""
    return f"{dates.in_short(at.date().isoformat())} {clock(at)}"
