"""Exclusive lock on an open file, which the operating system releases when the process ends, however it ends."""

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
    """Try to lock an open file without waiting; False when another process has the lock."""
    try:
        _take(handle)
    except OSError:
        return False
    return True
