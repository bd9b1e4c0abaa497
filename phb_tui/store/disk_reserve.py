"""Disk reserve: a file that is shrunk step by step when the disk is full, so that entered text can still be saved.

Its content is random bytes, so that no file system compresses it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from shutil import disk_usage
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlite_utils import Database

from phb_tui.errors import DiskFull

Result = TypeVar("Result")

FILE = "ballast"
SIZE = 4 * 1024 * 1024
PIECE = 64 * 1024
SPARE = 2
"""The reserve's size in bytes; how many bytes are released at once; how many times its size must be free to create
it."""


class DiskReserve:
    """The reserve file in one store's folder.

    Args:
        folder: The store's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @property
    def is_whole(self) -> bool:
        """Whether the file has its full size; while it has not, the disk is or was full."""
        return self._size() >= SIZE

    def make(self) -> bool:
        """Create or refill the file if there is room; returns whether it has its full size. Raises nothing."""
        missing = SIZE - self._size()
        if missing <= 0:
            return True
        try:
            if disk_usage(self._path.parent).free < SPARE * SIZE:
                return False
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            descriptor = os.open(self._path, flags, 0o600)
            try:
                while missing > 0:
                    missing -= os.write(descriptor, os.urandom(min(missing, PIECE)))
            finally:
                os.close(descriptor)
        except OSError:
            return False  # a smaller file is a reserve all the same
        return True

    def give_up_some(self) -> bool:
        """Release `PIECE` bytes for the next write; False when nothing is left to release."""
        left = self._size() - PIECE
        try:
            if left > 0:
                os.truncate(self._path, left)
            else:
                self._path.unlink()
        except OSError:
            return False
        return True

    def _size(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0


def hold(database: Database, folder: Path) -> None:
    """Use the reserve in a folder for the writes of a connection, and create it if there is none."""
    _RESERVES[database] = DiskReserve(folder)
    _RESERVES[database].make()


def is_whole(database: Database) -> bool:
    """Whether a connection's reserve has its full size, after trying to refill it."""
    found = _RESERVES.get(database)
    return found is None or found.make()


def with_room(database: Database, write: Callable[[], Result]) -> Result:
    """Run a write; while the disk is full, release some of the reserve and run it again.

    Args:
        database: The connection of the write.
        write: Writes everything or nothing; it may be called several times.

    Raises:
        NotSaved: The disk refuses, and nothing is left of the reserve.
    """
    while True:
        try:
            return write()
        except DiskFull:
            found = _RESERVES.get(database)
            if found is None or not found.give_up_some():
                raise


_RESERVES: "WeakKeyDictionary[Database, DiskReserve]" = WeakKeyDictionary()
