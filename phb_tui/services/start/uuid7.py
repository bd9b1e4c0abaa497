"""New record ids: UUIDs that sort by the order in which they were made (RFC 9562, version 7)."""

import secrets
import threading
import time
import uuid

_COUNTER = 12
"""Bits that count the ids of one millisecond."""
_LOCK = threading.Lock()
_last = 0
"""Milliseconds and counter of the last id."""


def new_id() -> str:
    """A new id, greater than every other that this process made. `uuid.uuid7` does the same from Python 3.14.

    Lists show records in the order of their ids, so two of one millisecond, or one made after the clock was put back,
    still come after those before them.
    """
    global _last  # noqa: PLW0603 - one sequence for the process
    milliseconds = time.time_ns() // 1_000_000
    with _LOCK:
        _last = max(milliseconds << _COUNTER | secrets.randbits(_COUNTER - 1), _last + 1)
        milliseconds, counter = _last >> _COUNTER & (1 << 48) - 1, _last & (1 << _COUNTER) - 1
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | counter << 64 | 2 << 62 | secrets.randbits(62)))
