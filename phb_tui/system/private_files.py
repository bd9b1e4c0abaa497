"""Writes files atomically and privately to the user, and makes folders private.

The functions are the same on every system; what differs (`O_NOFOLLOW`, `F_FULLFSYNC`, syncing a folder, `icacls`) is
in this module only.
"""

import contextlib
import csv
import errno
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

from phb_tui.errors import KeyFileProblem

if sys.platform == "darwin":
    import fcntl

_NOT_PRIVATE = (
    "Windows would not make the folder of the store private. Nothing has been saved. "
    "Ask your IT team to look at the permissions of your AppData folder."
)
_PATIENCE = 5
_PAUSE_SECONDS = 0.05
_TOOL_SECONDS = 30
_CANNOT_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP})
"""The errors of a file system that does not support syncing a folder, unlike a failed sync."""


def write_private(path: Path, data: bytes) -> None:
    """Write a file atomically, readable by its owner only.

    If the process is killed at any moment, `path` has its old content or all of `data`.

    Args:
        path: The file to create or replace; its folder must exist.
        data: The file's whole content.

    Raises:
        OSError: The disk is full or refuses; `path` is as it was, or already complete if only its folder
            could not be synced.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        try:
            _write_all(descriptor, data)
            _sync(descriptor)
        finally:
            os.close(descriptor)
        _replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def make_private_folder(path: Path) -> None:
    """Create a folder, and its parents, with access for the current user only; an existing one is made private.

    Args:
        path: The folder.

    Raises:
        KeyFileProblem: Windows refused to set the permissions.
        OSError: The folder could not be made.
    """
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if sys.platform == "win32":
        _only_present_user(path)
    else:
        path.chmod(0o700)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)
    if sys.platform == "darwin":
        # On macOS fsync stops at the drive's own cache; network drives do not know the stronger call.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)


def _replace(temporary: Path, path: Path) -> None:
    """Rename into place; on Windows retry for a moment, because a virus scanner may hold the old file open."""
    for _ in range(_PATIENCE if sys.platform == "win32" else 0):
        try:
            os.replace(temporary, path)  # noqa: PTH105 (named so that tests can stop the process right here)
        except PermissionError:
            time.sleep(_PAUSE_SECONDS)
        else:
            return
    os.replace(temporary, path)  # noqa: PTH105


def _sync_folder(folder: Path) -> None:
    if sys.platform != "win32":  # Windows has no such call; NTFS logs the rename itself.
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _CANNOT_SYNC:
                raise
        finally:
            os.close(descriptor)


def _only_present_user(path: Path) -> None:
    """Remove inherited permissions and grant the folder to the current user's SID only (icacls)."""
    tools = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
    try:
        answer = _run([str(tools / "whoami.exe"), "/user", "/fo", "csv", "/nh"])
        sid = next(csv.reader(answer.splitlines()))[-1].strip()
        _run([str(tools / "icacls.exe"), str(path), "/inheritance:r", "/grant:r", f"*{sid}:(OI)(CI)F"])
    except (OSError, subprocess.SubprocessError, StopIteration, IndexError) as error:
        raise KeyFileProblem(_NOT_PRIVATE) from error


def _run(command: list[str]) -> str:
    done = subprocess.run(
        command,
        capture_output=True,
        check=True,
        encoding="utf-8",
        errors="replace",
        stdin=subprocess.DEVNULL,
        timeout=_TOOL_SECONDS,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    return done.stdout
