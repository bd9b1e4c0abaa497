import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from phb_tui.errors import KeyFileProblem
from phb_tui.keys import keyring
from phb_tui.system import private_files
from tests.keys.tampered_keyfiles import PHRASE, both, listed, resigned

KILLED = 9
SAVE = textwrap.dedent(
    """
    import os, sys
    from pathlib import Path
    from phb_tui.system.private_files import write_private
    countdown = int(sys.argv[2])
    def deadly(name):
        real = getattr(os, name)
        def call(*args):
            global countdown
            countdown -= 1
            if countdown == 0:
                if name == "write":
                    real(args[0], bytes(args[1])[:100])
                os._exit(9)
            return real(*args)
        setattr(os, name, call)
    for name in ("open", "write", "fsync", "replace", "close"):
        deadly(name)
    data = Path(sys.argv[3]).read_bytes()
    for name in ("keys.json", "keys.json.2"):
        write_private(Path(sys.argv[1]) / name, data)
    """
)


def save_killed_at(folder: Path, step: int, source: Path) -> bool:
    """Save both copies in a process of its own that ends itself before one step; whether it was ended."""
    done = subprocess.run([sys.executable, "-c", SAVE, str(folder), str(step), str(source)], check=False)
    assert done.returncode in {0, KILLED}
    return done.returncode == KILLED


def test_killed_at_any_step_the_store_still_opens(folder: Path, original: bytes, tmp_path: Path) -> None:
    """A save killed before any one of its steps leaves files that open, old or new, and are mended to be equal."""
    newer = resigned(original, lambda d: d.update(gen=2))
    source = tmp_path / "newer"
    source.write_bytes(newer)
    step, opened = 1, []
    while save_killed_at(folder, step, source):
        assert set(both(folder)) <= {original, newer}
        opened.append(keyring.unlock(folder, PHRASE).gen)
        assert len(set(both(folder))) == 1
        for name in keyring.COPIES:
            (folder / name).write_bytes(original)
        step += 1
    assert both(folder) == [newer, newer]
    assert opened == sorted(opened)
    assert set(opened) == {1, 2}


def test_a_private_file_is_on_the_disk_before_it_is_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new file is synced before it takes the old one's place, and its folder after that."""
    done: list[tuple[str, int]] = []
    fsync, move = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        done.append(("fsync", os.fstat(descriptor).st_ino))
        fsync(descriptor)

    def moved(source: Path, target: Path) -> None:
        done.append(("replace", source.stat().st_ino))
        move(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", moved)
    private_files.write_private(tmp_path / "file", b"words")
    file, folder = (path.stat().st_ino for path in (tmp_path / "file", tmp_path))
    assert done[:2] == [("fsync", file), ("replace", file)]
    assert sys.platform == "win32" or done[2:] == [("fsync", folder)]


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_failure_keeps_the_old_file_and_leaves_no_scrap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """A full disk comes through as OSError, the old file is whole and the temporary one gone."""
    path = tmp_path / "keys.json"
    path.write_bytes(b"old")

    def fail(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)) as problem:
        private_files.write_private(path, b"new")
    monkeypatch.undo()
    assert problem.value.errno == errno.ENOSPC
    assert path.read_bytes() == b"old"
    assert listed(tmp_path) == ["keys.json"]


def test_a_drive_that_writes_little_by_little_gets_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Short writes are carried on until all is written."""
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:3]))
    private_files.write_private(tmp_path / "file", b"0123456789")
    monkeypatch.undo()
    assert (tmp_path / "file").read_bytes() == b"0123456789"


def test_a_drive_that_cannot_sync_folders_is_good_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive that knows no folder sync still saves."""
    real, calls = os.fsync, []

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) > 1:
            raise OSError(errno.EINVAL, "no such call")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    private_files.write_private(tmp_path / "file", b"x")
    monkeypatch.undo()
    assert (tmp_path / "file").read_bytes() == b"x"


@pytest.mark.parametrize("busy", [1, 4, 99])
def test_on_windows_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, busy: int) -> None:
    """A file held open for a moment delays a save, and one held for good ends it with the old file whole."""
    path, real, left = tmp_path / "file", os.replace, [busy]
    path.write_bytes(b"old")

    def replace(source: Path, target: Path) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise PermissionError(errno.EACCES, "in use")
        real(source, target)

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "replace", replace)
    monkeypatch.setattr(private_files, "_PAUSE_SECONDS", 0)
    if busy < 99:
        private_files.write_private(path, b"new")
    else:
        with pytest.raises(PermissionError):
            private_files.write_private(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == (b"new" if busy < 99 else b"old")


def test_on_windows_the_folder_is_given_to_the_present_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inherited permissions are cut and only the present user's SID is granted, with no tool taken from the path."""
    commands: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 0, '"TRUST\\nurse, a","S-1-5-21-7"\n')

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "run", run)
    private_files.make_private_folder(tmp_path / "store")
    monkeypatch.undo()
    assert commands[1][1:] == [str(tmp_path / "store"), "/inheritance:r", "/grant:r", "*S-1-5-21-7:(OI)(CI)F"]
    assert all("System32" in command[0] for command in commands)


@pytest.mark.parametrize(
    "problem",
    [FileNotFoundError("whoami"), subprocess.CalledProcessError(5, "icacls"), subprocess.TimeoutExpired("x", 1)],
)
def test_on_windows_a_refusal_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    """When Windows will not close the folder the nurse is told so and nothing is saved."""

    def run(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(KeyFileProblem, match="would not make the folder of the store private"):
        private_files.make_private_folder(tmp_path / "store")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    """A folder that others could enter is closed to them, and missing parents are made."""
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True, mode=0o755)
    private_files.make_private_folder(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
