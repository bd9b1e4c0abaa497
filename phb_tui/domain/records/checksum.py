"""One number for everything a team's records have come to, so that a laptop notices when it lacks something.

The sum does not depend on the order and is kept up to date by what is added and taken away, so nobody counts again.
"""

import hashlib
from collections.abc import Iterable

NOTHING = "0" * 16
"""The sum of no records."""


def record_hash(record_id: str, seq: int) -> int:
    """A record's part in the sum; a record central does not know yet (`seq` 0) has none."""
    if not seq:
        return 0
    return int.from_bytes(hashlib.blake2b(f"{record_id}:{seq}".encode(), digest_size=8).digest())


def updated(checksum: str, gone: Iterable[int], come: Iterable[int]) -> str:
    """The sum after some parts went and others came.

    Args:
        checksum: The sum before, 16 hexadecimal digits.
        gone: Parts that no longer count.
        come: Parts that count from now on.
    """
    return f"{(int(checksum, 16) - sum(gone) + sum(come)) % 2**64:016x}"
