"""Where copies to print lie: private, in a place that the system forgets, each process by itself."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from phb_tui.errors import PaperProblem
from phb_tui.system.print_folder import CopiesFolder, places, remove_left_over, sentence

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and modes of files as POSIX has them")
WRITES = """
import os, sys
from pathlib import Path
from phb_tui.system.print_folder import CopiesFolder
folder = CopiesFolder([Path(sys.argv[1])])
print(folder.write("plan-1.txt", b"My plan"), flush=True)
sys.stdin.read()
os._exit(9)
"""


def other_process(place: Path) -> tuple["subprocess.Popen[str]", Path]:
    """A process that has written a copy and ends at once, tidying nothing, when its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


@posix
def test_a_copy_is_for_its_user_alone(tmp_path: Path) -> None:
    """Every folder down to the copy is 0700 and the copy 0600, whatever the umask."""
    before = os.umask(0)
    try:
        file = CopiesFolder([tmp_path / "copies"]).write("plan-1.txt", b"My plan")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (file.parent.parent, file.parent, file)]
    assert modes == [0o700, 0o700, 0o600]


@posix
def test_a_folder_that_is_open_is_closed_before_anything_is_written(tmp_path: Path) -> None:
    """A folder of the user's own that others may enter is closed to them first."""
    place = tmp_path / "copies"
    place.mkdir()
    place.chmod(0o777)
    CopiesFolder([place]).write("plan-1.txt", b"My plan")
    assert stat.S_IMODE(place.stat().st_mode) == 0o700


@posix
def test_a_link_is_refused(tmp_path: Path) -> None:
    """A folder that is a link to another is neither written to, nor emptied, nor given other rights."""
    elsewhere, place = tmp_path / "elsewhere", tmp_path / "copies"
    elsewhere.mkdir()
    elsewhere.chmod(0o755)
    (elsewhere / "plan-old.txt").write_text("somebody else's")
    place.symlink_to(elsewhere)
    with pytest.raises(PaperProblem, match="no private folder"):
        CopiesFolder([place]).write("plan-1.txt", b"My plan")
    assert remove_left_over([place]) == []
    assert [path.name for path in elsewhere.iterdir()] == ["plan-old.txt"]
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o755


@posix
def test_the_next_place_is_taken_when_the_best_is_not_safe(tmp_path: Path) -> None:
    """A link in the best place, or none at all, leads to the next one and not to no copy."""
    (tmp_path / "link").symlink_to(tmp_path)
    among = [tmp_path / "missing" / "copies", tmp_path / "link", tmp_path / "good"]
    assert CopiesFolder(among).write("plan-1.txt", b"My plan").is_relative_to(tmp_path / "good")


@posix
def test_somebody_elses_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that another user made first under our name is not used."""
    place = tmp_path / "copies"
    place.mkdir(mode=0o700)
    monkeypatch.setattr(os, "geteuid", lambda: place.stat().st_uid + 1)
    with pytest.raises(PaperProblem):
        CopiesFolder([place]).write("plan-1.txt", b"My plan")


def test_what_a_running_process_wrote_is_not_touched(tmp_path: Path) -> None:
    """Tidying up takes what a dead process left, at once, and leaves what a living one has."""
    place = tmp_path / "copies"
    own = CopiesFolder([place])
    mine = own.write("plan-2.txt", b"Mine")
    process, theirs = other_process(place)
    assert remove_left_over([place]) == []
    assert theirs.is_file()
    process.communicate("")
    assert theirs.is_file(), "it ended without tidying up"
    assert remove_left_over([place]) == []
    assert not theirs.exists()
    assert mine.is_file()
    assert own.clear() == []
    assert list(place.iterdir()) == []


def test_copies_can_be_written_after_they_were_cleared(tmp_path: Path) -> None:
    """Deleting the copies now does not end the making of copies."""
    folder = CopiesFolder([tmp_path / "copies"])
    folder.write("plan-1.txt", b"My plan")
    folder.clear()
    assert folder.write("plan-2.txt", b"My plan").read_bytes() == b"My plan"


def test_what_an_earlier_version_left_is_removed(tmp_path: Path) -> None:
    """Copies that lie straight in the folder, as earlier versions wrote them, go too; nothing else does."""
    for name in ("plan-large-abc.pdf", "notes.txt"):
        (tmp_path / name).write_text("x")
    remove_left_over([tmp_path])
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_what_cannot_be_removed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy that some program holds on to is said by its name, and goes with the next attempt."""
    folder = CopiesFolder([tmp_path / "copies"])
    file = folder.write("plan-1.txt", b"My plan")
    with monkeypatch.context() as held:
        held.setattr(shutil, "rmtree", lambda *_args, **_options: None)
        left = folder.clear()
    assert left == [file]
    assert str(file) in sentence(left)
    assert "not encrypted" in sentence(left)
    assert (folder.clear(), sentence([])) == ([], "")
    assert not file.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="where Linux forgets")
def test_linux_forgets_where_copies_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The runtime folder comes first, then shared memory, and the disk only when there is neither."""
    shared_memory = Path("/dev") / "shm"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    assert [place.parent for place in places(tmp_path)] == [tmp_path / "run", shared_memory, tmp_path]
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert [place.parent for place in places(tmp_path)] == [shared_memory, tmp_path]
