"""Structured log: one JSON object a line with known fields only, and never the text of a person or a user.

IP addresses, bodies and error messages are never logged: a database's error message can quote a row.
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
"""The fields a line may have: constants, numbers, and the ids of teams and laptops."""


class JsonLog:
    """Writes log lines.

    Args:
        to: A text stream; None for no log.
    """

    def __init__(self, to: TextIO | None = None) -> None:
        self._to = to

    def write(self, event: str, **members: str | float) -> None:
        """Write a line.

        Args:
            event: The kind of event, such as "answered".
            members: Further fields, of `ALLOWED_FIELDS` only.

        Raises:
            ValueError: A field is not allowed.
        """
        if unknown := set(members) - ALLOWED_FIELDS:
            raise ValueError(f"no member of the log: {sorted(unknown)}")
        if self._to is None:
            return
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        self._to.write(json.dumps({"at": at, "event": event, **members}) + "\n")
        self._to.flush()

    def exception(self, error: BaseException, reference: str) -> None:
        """Log an unexpected exception: its type and the stack's functions and lines, without its message."""
        places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        self.write("mistake", error=type(error).__name__, where=" > ".join(places[-12:]), reference=reference)


def to_stderr() -> JsonLog:
    """A log on the standard error stream, for the service manager to collect."""
    return JsonLog(sys.stderr)
