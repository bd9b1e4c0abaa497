"""Where copies to print lie: in a private folder of this process that the system forgets, and that is removed at once.

Linux forgets its runtime folder and `/dev/shm` when the user logs out or the computer stops. macOS and Windows have
only the user's own temporary folder. Each process that writes copies has a folder of its own, and beside it a file
that it keeps locked. The system drops the lock when the process ends, however it ends, so whether a folder is left
over is never guessed.
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
_OF_BEFORE = "plan-*"
"""What earlier versions wrote straight into the folder with the data."""


def places(data: Path) -> tuple[Path, ...]:
    """The folders for copies, the best first.

    Args:
        data: The folder that holds everything else; copies lie there only where the system has no better place.
    """
    return (*_forgotten(), data / "copies")


def _forgotten() -> Iterator[Path]:
    """Folders of this user that the system empties by itself."""
    if sys.platform in {"win32", "darwin"}:
        yield Path(tempfile.gettempdir()) / "phb-tui-copies"
        return
    if runtime := os.environ.get("XDG_RUNTIME_DIR"):
        yield Path(runtime) / "phb-tui-copies"
    yield Path("/dev/shm") / f"phb-tui-copies-{os.geteuid()}"  # noqa: S108 - it must be private, or it is refused


class CopiesFolder:
    """The folder of this process, made when the first copy is written.

    Args:
        among: The folders it may lie in, the best first.
    """

    def __init__(self, among: Sequence[Path]) -> None:
        self._among = tuple(among)
        self._folder: Path | None = None
        self._lock = -1

    def write(self, name: str, data: bytes) -> Path:
        """Write a copy.

        Raises:
            OSError: The disk refuses.
            PaperProblem: Every folder it could lie in is a link, or open to others.
        """
        folder = self._made()
        write_private(folder / name, data)
        return folder / name

    def clear(self) -> list[Path]:
        """Remove every copy of this process.

        Returns:
            What could not be removed.
        """
        if self._folder is None:
            return []
        left = _emptied(self._folder)
        if not left:
            _drop(self._folder, self._lock)
            self._folder = None
        return left

    def _made(self) -> Path:
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
    """Remove the copies of processes that have ended. Those of a process that runs are not touched.

    Args:
        among: The folders they may lie in.

    Returns:
        What could not be removed.
    """
    left = []
    for place in among:
        try:
            if place.is_dir() and _is_safe(place):
                left += [path for folder in _folders(place) for path in _removed(folder)]
                left += [path for path in place.glob(_OF_BEFORE) if not _unlinked(path)]
        except OSError:
            continue  # it cannot be read, so nothing of ours was written there
    return left


def sentence(left: Sequence[Path]) -> str:
    """What is said about copies that could not be removed; "" for none."""
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
    """Make a folder that only the present user may enter; whether it is one, and no link to another."""
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
    """Whether it is what Windows has beside symbolic links."""
    return bool(getattr(os.path, "isjunction", lambda _path: False)(place))


def _new(place: Path) -> tuple[Path, int]:
    """A new folder and the handle of its lock, which is taken before the folder is there."""
    while True:
        folder = place / secrets.token_hex(8)
        path = _lock_of(folder)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0), 0o600)
        # Somebody who tidies up may have taken the lock in between, and removed the file.
        if file_lock.take(handle) and path.exists() and os.path.samestat(os.fstat(handle), path.lstat()):
            folder.mkdir(mode=0o700)
            return folder, handle
        os.close(handle)


def _folders(place: Path) -> set[Path]:
    """Every folder for copies in a place, and those of which only the lock is left."""
    names = (path.name.removesuffix(_LOCK) for path in place.iterdir())
    return {place / name for name in names if _NAME.fullmatch(name)}


def _removed(folder: Path) -> list[Path]:
    """Remove a folder whose process has ended; what could not be removed."""
    try:
        handle = os.open(_lock_of(folder), os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        handle = -1
    if handle >= 0 and not file_lock.take(handle):
        os.close(handle)
        return []
    left = _emptied(folder)
    if not left:
        _drop(folder, handle)
    elif handle >= 0:
        os.close(handle)
    return left


def _emptied(folder: Path) -> list[Path]:
    """Remove a folder with what is in it, following no link; what could not be removed."""
    shutil.rmtree(folder, ignore_errors=True)
    if not os.path.lexists(folder):
        return []
    try:
        return list(folder.iterdir()) or [folder]
    except OSError:
        return [folder]


def _drop(folder: Path, handle: int) -> None:
    """Let go of a folder's lock and remove its file, in the order that the system asks for."""
    if sys.platform == "win32" and handle >= 0:
        os.close(handle)
    with contextlib.suppress(OSError):
        _lock_of(folder).unlink(missing_ok=True)
    if sys.platform != "win32" and handle >= 0:
        os.close(handle)


def _unlinked(path: Path) -> bool:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
    return not os.path.lexists(path)


def _lock_of(folder: Path) -> Path:
    return folder.with_name(folder.name + _LOCK)
