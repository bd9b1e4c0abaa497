"""Checksum of all records of a team, by which a laptop notices that it lacks some.

The sum does not depend on the order and is kept up to date by what is added and taken away, so nobody counts again.
"""

import hashlib
from collections.abc import Iterable

NOTHING = "0" * 16
"""Checksum of no records."""


def record_hash(record_id: str, seq: int) -> int:
    """A record's contribution to the checksum; 0 for one that central does not have yet (`seq` 0)."""
    if not seq:
        return 0
    return int.from_bytes(hashlib.blake2b(f"{record_id}:{seq}".encode(), digest_size=8).digest())


def updated(checksum: str, gone: Iterable[int], come: Iterable[int]) -> str:
    """Update the checksum after contributions were removed and added.

    Args:
        checksum: The sum before, 16 hexadecimal digits.
        gone: Parts that no longer count.
        come: Parts that count from now on.
    """
    return f"{(int(checksum, 16) - sum(gone) + sum(come)) % 2**64:016x}"
