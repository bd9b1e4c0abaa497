"""Temporary private folder for copies to print, removed when they are no longer needed.

Linux empties its runtime folder and `/dev/shm` at logout or shutdown; macOS and Windows have only the user's temporary
folder. Each process that writes copies has a folder of its own and a locked file beside it. The system releases the
lock when the process ends, however it ends, so a leftover folder is recognised by its free lock.
"""

import contextlib
import os
import re
import secrets
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from phb_tui.errors import PaperProblem
from phb_tui.i18n import N_, _, n_
from phb_tui.system import file_lock
from phb_tui.system.private_files import make_private_folder, write_private

_NOT_SAFE = N_(
    "No copy was written: phb-tui found no private folder for it. "
    "Ask your IT team to look at the temporary folders of this laptop."
)
_NAME = re.compile(r"[0-9a-f]{16}")
_LOCK = ".lock"
_LEGACY_FILES = "plan-*"
"""The files that earlier versions wrote directly into the data folder."""


def places(data: Path) -> tuple[Path, ...]:
    """The folders that copies may be written to, in order of preference.

    Args:
        data: The app's data folder, which is the last resort.
    """
    return (*_temporary_folders(), data / "copies")


def _temporary_folders() -> Iterator[Path]:
    """The user's folders that the system empties by itself."""
    if sys.platform in {"win32", "darwin"}:
        yield Path(tempfile.gettempdir()) / "phb-tui-copies"
        return
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / "phb-tui-copies"
    yield Path("/dev/shm") / f"phb-tui-copies-{os.geteuid()}"  # noqa: S108 - it must be private, or it is refused


class CopiesFolder:
    """The folder for this process's copies, created with the first copy.

    Args:
        among: The parent folders to try, in order.
    """

    def __init__(self, among: Sequence[Path]) -> None:
        self._among = tuple(among)
        self._folder: Path | None = None
        self._lock = -1

    def write(self, name: str, data: bytes) -> Path:
        """Write a copy and return its path.

        Raises:
            OSError: The disk refuses.
            PaperProblem: Every parent folder is a link, or accessible to others.
        """
        folder = self._create()
        write_private(folder / name, data)
        return folder / name

    def clear(self) -> list[Path]:
        """Delete every copy of this process.

        Returns:
            The files that could not be deleted.
        """
        if self._folder is None:
            return []
        left = _delete_folder(self._folder)
        if not left:
            _drop(self._folder, self._lock)
            self._folder = None
        return left

    def _create(self) -> Path:
        if self._folder is not None:
            return self._folder
        refused: OSError | None = None
        for place in self._among:
            try:
                if _is_safe(place):
                    self._folder, self._lock = _new(place)
                    return self._folder
            except OSError as error:
                refused = error
        if refused is not None:
            raise refused
        raise PaperProblem(_(_NOT_SAFE))


def remove_left_over(among: Sequence[Path]) -> list[Path]:
    """Delete the copies of processes that have ended, and never those of a running process.

    Args:
        among: The parent folders to search.

    Returns:
        The files that could not be deleted.
    """
    left = []
    for place in among:
        try:
            if place.is_dir() and _is_safe(place):
                left += [path for folder in _folders(place) for path in _delete_abandoned(folder)]
                left += [path for path in place.glob(_LEGACY_FILES) if not _delete_file(path)]
        except OSError:
            continue  # it cannot be read, so no copy was written there
    return left


def sentence(left: Sequence[Path]) -> str:
    """The sentence for the user about copies that could not be deleted; "" for none."""
    if not left:
        return ""
    words = n_(
        "A copy to print could not be deleted. It is not encrypted. Close the program that shows it, "
        "then delete this file: {files}",
        "{count} copies to print could not be deleted. They are not encrypted. Close the programs that show them, "
        "then delete these files: {files}",
        len(left),
    )
    return words.format(count=len(left), files=", ".join(map(str, left)))


def _is_safe(place: Path) -> bool:
    """Create a parent folder, private to the current user; False when it is a link or somebody else's."""
    with contextlib.suppress(FileExistsError):
        place.mkdir(mode=0o700)
    if place.is_symlink() or _is_junction(place):
        return False
    if sys.platform == "win32":
        make_private_folder(place)
        return True
    handle = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        found = os.fstat(handle)
        if found.st_uid != os.geteuid():
            return False
        if stat.S_IMODE(found.st_mode) != stat.S_IRWXU:
            os.fchmod(handle, stat.S_IRWXU)
    finally:
        os.close(handle)
    return True


def _is_junction(place: Path) -> bool:
    """Whether a folder is an NTFS junction."""
    return bool(getattr(os.path, "isjunction", lambda _path: False)(place))


def _new(place: Path) -> tuple[Path, int]:
    """Create a folder; returns it with the handle of its lock, which is taken before the folder exists."""
    while True:
        folder = place / secrets.token_hex(8)
        path = _lock_of(folder)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        # Another process that cleans up may have taken the lock in between, and removed the file.
        if file_lock.take(handle) and path.exists() and os.path.samestat(os.fstat(handle), path.lstat()):
            folder.mkdir(mode=0o700)
            return folder, handle
        os.close(handle)


def _folders(place: Path) -> set[Path]:
    """Every copies folder in a parent folder, including those of which only the lock file is left."""
    names = (path.name.removesuffix(_LOCK) for path in place.iterdir())
    return {place / name for name in names if _NAME.fullmatch(name)}


def _delete_abandoned(folder: Path) -> list[Path]:
    """Delete a folder unless its process is running; returns what could not be deleted."""
    try:
        handle = os.open(_lock_of(folder), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        handle = -1
    if handle >= 0 and not file_lock.take(handle):
        os.close(handle)
        return []
    left = _delete_folder(folder)
    if not left:
        _drop(folder, handle)
    elif handle >= 0:
        os.close(handle)
    return left


def _delete_folder(folder: Path) -> list[Path]:
    """Delete a folder with its content, following no link; returns what could not be deleted."""
    shutil.rmtree(folder, ignore_errors=True)
    if not os.path.lexists(folder):
        return []
    try:
        return list(folder.iterdir()) or [folder]
    except OSError:
        return [folder]


def _drop(folder: Path, handle: int) -> None:
    """Release a folder's lock and delete the lock file, in the order that the operating system needs."""
    if sys.platform == "win32" and handle >= 0:
        os.close(handle)
    with contextlib.suppress(OSError):
        _lock_of(folder).unlink(missing_ok=True)
    if sys.platform != "win32" and handle >= 0:
        os.close(handle)


def _delete_file(path: Path) -> bool:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    return not os.path.lexists(path)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)
