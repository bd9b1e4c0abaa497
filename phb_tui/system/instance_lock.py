"""One phb-tui at a time on one store: a lock the operating system drops when the process ends, however it ends."""

import os
import time
from pathlib import Path

from phb_tui import errors
from phb_tui.system import file_lock

PATIENCE = 1.0
"""Seconds in which an app that was killed lets go: a thread of it may still wait for the disk."""
PAUSE = 0.02
"""Seconds between two tries."""


class InstanceLock:
    """The store's lock, held until `release` or the end of the process.

    Args:
        path: The lock file; it stays, empty, when the lock is dropped.

    Raises:
        StoreInUse: Another phb-tui holds it.
    """

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        if not self._taken():
            os.close(self._handle)
            raise errors.StoreInUse(
                "phb-tui is already open on this laptop. Close the other window first, then try again."
            )

    def _taken(self) -> bool:
        until = time.monotonic() + PATIENCE
        while not (taken := file_lock.take(self._handle)) and time.monotonic() < until:
            time.sleep(PAUSE)
        return taken

    def release(self) -> None:
        """Let another phb-tui open the store."""
        os.close(self._handle)
