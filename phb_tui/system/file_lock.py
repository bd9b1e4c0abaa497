"""A lock on an open file that the operating system drops when the process ends, however it ends."""

import os
import sys

if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def take(handle: int) -> bool:
    """Take the lock of an open file without waiting; whether nobody else has it."""
    try:
        _take(handle)
    except OSError:
        return False
    return True
