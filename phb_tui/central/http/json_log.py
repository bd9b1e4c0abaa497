"""Central's log: one JSON object a line, made of a few known members and of nothing anybody wrote.

Addresses, bodies and the words of errors never get here: a database's error can quote the row it is about.
"""

import json
import sys
import traceback
from datetime import UTC, datetime
from typing import TextIO

ALLOWED_FIELDS = frozenset(
    {
        "event", "route", "method", "status", "ms", "up", "down", "team", "device", "changes", "rows", "refused",
        "error", "where", "reference", "waiting", "address",
    }
)  # fmt: skip
"""What a line may say: names of ours, numbers, and the ids of teams and laptops."""


class JsonLog:
    """Writes lines.

    Args:
        to: Where to; None for nowhere.
    """

    def __init__(self, to: TextIO | None = None) -> None:
        self._to = to

    def write(self, event: str, **members: str | float) -> None:
        """Write a line.

        Args:
            event: What happened, in a word or two.
            members: What else is known; only `ALLOWED_FIELDS`, and short.

        Raises:
            ValueError: A member that is not known, for it could be anything.
        """
        if unknown := set(members) - ALLOWED_FIELDS:
            raise ValueError(f"no member of the log: {sorted(unknown)}")
        if self._to is None:
            return
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._to.write(json.dumps({"at": at, "event": event, **members}) + "\n")
        self._to.flush()

    def exception(self, error: BaseException, reference: str) -> None:
        """Write where one of our own mistakes is: its kind and the places, without its words."""
        places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        self.write("mistake", error=type(error).__name__, where=" > ".join(places[-12:]), reference=reference)


def to_stderr() -> JsonLog:
    """A log on the standard error, for whatever runs central to collect."""
    return JsonLog(sys.stderr)
