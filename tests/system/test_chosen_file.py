"""Reading a file that somebody chose."""

import os
import sys
from pathlib import Path

import pytest

from phb_tui.errors import RuleBroken
from phb_tui.system import chosen_file


def test_a_plain_file_is_read_up_to_the_limit_and_one_byte(tmp_path: Path) -> None:
    """A file of any size costs no more memory than what may be read of it; it is left as it was."""
    file = tmp_path / "a.csv"
    file.write_bytes(b"x" * 100)
    before = file.stat()
    assert (chosen_file.read(file, 200), chosen_file.read(file, 10)) == (b"x" * 100, b"x" * 11)
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor devices in folders")
def test_links_devices_pipes_and_folders_are_refused(tmp_path: Path) -> None:
    """Nothing but a plain file is opened, and a pipe is not waited for."""
    (tmp_path / "a.csv").write_bytes(b"x")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path / "link.csv", tmp_path / "pipe.csv", tmp_path, Path("/dev/zero"), Path("/dev/null")):
        with pytest.raises(RuleBroken, match="folder, a link or a device"):
            chosen_file.read(path, 10)


@pytest.mark.parametrize(
    "typed", ["", "  ", "''", "~nobody-of-this-name/a.csv", "nowhere/a.csv", "a\0b.csv", "x" * 5000]
)
def test_a_path_that_leads_nowhere_gets_a_sentence(typed: str) -> None:
    """Whatever is typed, it is read or answered by a sentence."""
    with pytest.raises(RuleBroken, match=r"no such file|could not be read"):
        chosen_file.read(chosen_file.typed(typed), 10)


def test_what_is_pasted_with_quotation_marks_is_found(tmp_path: Path) -> None:
    """Windows copies a path with quotation marks round it."""
    (tmp_path / "my file.csv").write_bytes(b"x")
    assert chosen_file.read(chosen_file.typed(f' "{tmp_path / "my file.csv"}" '), 10) == b"x"


def test_a_path_that_begins_in_the_users_own_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The example on the screen, Downloads/statement.csv, is found wherever the app was started."""
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "ada"))
    for folder in (tmp_path / "ada" / "Downloads", tmp_path / "here"):
        folder.mkdir(parents=True)
    (tmp_path / "ada" / "Downloads" / "statement.csv").write_bytes(b"x")
    (tmp_path / "here" / "b.csv").write_bytes(b"y")
    monkeypatch.chdir(tmp_path / "here")
    assert chosen_file.read(chosen_file.typed("Downloads/statement.csv"), 10) == b"x"
    assert chosen_file.read(chosen_file.typed("b.csv"), 10) == b"y"


def test_files_are_found_newest_first_without_links_and_folders(tmp_path: Path) -> None:
    """Of each folder the plain files with the ending are listed, the newest first, and a missing folder is none."""
    for number, name in enumerate(("old.csv", "new.CSV", "other.txt")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (number, number))
    (tmp_path / "folder.csv").mkdir()
    if sys.platform != "win32":
        (tmp_path / "link.csv").symlink_to(tmp_path / "old.csv")
    found = chosen_file.newest([tmp_path / "nowhere", tmp_path], (".csv",))
    assert [path.name for _changed, path in found] == ["new.CSV", "old.csv"]
