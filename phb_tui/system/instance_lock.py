"""Single-instance lock: one phb-tui at a time on a store; the system releases the lock when the process ends."""

import os
import time
from pathlib import Path

from phb_tui import errors
from phb_tui.system import file_lock

WAIT_SECONDS = 1.0
"""How many seconds to wait for the lock: a killed app holds it until its last disk write has finished."""
RETRY_SECONDS = 0.02
"""How many seconds to wait between two attempts."""


class InstanceLock:
    """The lock of a store, held until `release` or the end of the process.

    Args:
        path: The lock file; it stays, empty, when the lock is released.

    Raises:
        StoreInUse: Another phb-tui holds it.
    """

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        self._handle: int | None = handle
        if not self._acquire(handle):
            self.release()
            raise errors.StoreInUse(
                "phb-tui is already open on this laptop. Close the other window first, then try again."
            )

    @staticmethod
    def _acquire(handle: int) -> bool:
        until = time.monotonic() + WAIT_SECONDS
        while not (taken := file_lock.take(handle)) and time.monotonic() < until:
            time.sleep(RETRY_SECONDS)
        return taken

    def release(self) -> None:
        """Release the lock, so that another process can open the store; a second call does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
