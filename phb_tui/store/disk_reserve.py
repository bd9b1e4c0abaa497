"""Room on the disk that is held back for a person's words: a file that is given up in pieces when the disk is full.

It is random bytes, so that no file system keeps it in less room than it takes. It holds nothing of anybody.
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
"""Bytes held back; bytes given up at once; how many times as much must be free before it is made: it fills no disk."""


class DiskReserve:
    """The file in one store's folder.

    Args:
        folder: The store's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there; while it is not, the disk is or was full."""
        return self._held() >= SIZE

    def make(self) -> bool:
        """Make it, or make it whole again, when there is room. Whether it is whole. It raises nothing."""
        missing = SIZE - self._held()
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
            return False  # what is there already is held back all the same
        return True

    def give_up_some(self) -> bool:
        """Give a piece of it to whoever writes next; False when there is nothing left to give."""
        left = self._held() - PIECE
        try:
            if left > 0:
                os.truncate(self._path, left)
            else:
                self._path.unlink()
        except OSError:
            return False
        return True

    def _held(self) -> int:
        try:
            return self._path.stat().st_size
        except OSError:
            return 0


def hold(database: Database, folder: Path) -> None:
    """Let what is written through a connection use the folder's ballast; it is made if there is none."""
    _OF[database] = DiskReserve(folder)
    _OF[database].make()


def is_whole(database: Database) -> bool:
    """Whether nothing of a connection's ballast is given up, or it could be made again just now."""
    found = _OF.get(database)
    return found is None or found.make()


def with_room(database: Database, write: Callable[[], Result]) -> Result:
    """Write a person's words; while the disk is full, ballast is given up until they fit.

    Args:
        database: The connection they are written through.
        write: Writes all of it or nothing, and may be called again after it raised.

    Raises:
        NotSaved: The disk refuses, and no ballast is left.
    """
    while True:
        try:
            return write()
        except DiskFull:
            found = _OF.get(database)
            if found is None or not found.give_up_some():
                raise


_OF: "WeakKeyDictionary[Database, DiskReserve]" = WeakKeyDictionary()
