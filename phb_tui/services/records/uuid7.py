"""New record ids: UUIDs that sort by the time they were made (RFC 9562, version 7)."""

import secrets
import time
import uuid


def new_id() -> str:
    """A new id. `uuid.uuid7` does the same from Python 3.14."""
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    bits = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=bits))
