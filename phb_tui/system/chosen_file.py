"""Reads a file that somebody chose, and finds files to choose from; it follows no link and opens no device."""

import os
import stat
from collections.abc import Iterable
from pathlib import Path

from phb_tui.errors import RuleBroken
from phb_tui.i18n import N_

_NOT_FOUND = N_("There is no such file. Put the stick in, and choose the file or type where it is.")
_NOT_READ = N_("This file could not be read. Copy it to your Downloads folder and choose it there.")
_NOT_A_FILE = N_("This is a folder, a link or a device. Choose the file itself.")
_MOST_SHOWN = 12
_BLOCK = 1 << 20


def read(path: Path, most: int) -> bytes:
    """Read a file from its beginning, and one byte more than the most that is wanted when it is longer.

    Args:
        path: The file.
        most: Bytes.

    Raises:
        RuleBroken: There is no such file, it is no plain file, or it cannot be read.
    """
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_CLOEXEC"):  # a pipe would be waited for
        flags |= getattr(os, name, 0)
    try:
        if path.is_symlink():
            raise RuleBroken(_NOT_A_FILE, "file")
        handle = os.open(path, flags)
    except FileNotFoundError as error:
        raise RuleBroken(_NOT_FOUND, "file") from error
    except (OSError, ValueError) as error:  # somebody else's, or a name that no file can have
        raise RuleBroken(_NOT_READ, "file") from error
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise RuleBroken(_NOT_A_FILE, "file")
        return _read(handle, most + 1)
    except OSError as error:  # the stick was pulled out
        raise RuleBroken(_NOT_READ, "file") from error
    finally:
        os.close(handle)


def _read(handle: int, most: int) -> bytes:
    found = bytearray()
    while len(found) < most and (block := os.read(handle, min(_BLOCK, most - len(found)))):
        found += block
    return bytes(found)


def typed(words: str) -> Path:
    """The file that a typed path means; "~" is the user's own folder, and quotation marks round it are left out.

    What is not where the app was started, such as "Downloads/statement.csv", is looked for in the user's own folder.

    Raises:
        RuleBroken: Nothing was typed, or it is nobody's folder.
    """
    path = words.strip().strip("\"'")
    try:
        if path:
            found = Path(path).expanduser()
            return found if found.is_absolute() or os.path.lexists(found) else _home() / found
    except RuntimeError as error:  # the folder of a user who is not there
        raise RuleBroken(_NOT_FOUND, "file") from error
    raise RuleBroken(_NOT_FOUND, "file")


def newest(folders: Iterable[Path], endings: tuple[str, ...]) -> list[tuple[float, Path]]:
    """The plain files in some folders whose names end so and when each changed, the newest first, twelve at most.

    Args:
        folders: Where to look; not in the folders in them.
        endings: In small letters, such as ".csv".
    """
    found: list[tuple[float, Path]] = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                there = [e for e in entries if e.name.lower().endswith(endings) and e.is_file(follow_symlinks=False)]
                found += [(entry.stat(follow_symlinks=False).st_mtime, Path(entry.path)) for entry in there]
        except OSError:
            continue  # there is no such folder, or the stick was pulled out
    return sorted(found, reverse=True)[:_MOST_SHOWN]


def downloads() -> Path:
    """The user's folder for what the browser has saved; it may not be there."""
    return _home() / "Downloads"


def _home() -> Path:
    return Path(os.path.expanduser("~"))  # noqa: PTH111 - it never raises
