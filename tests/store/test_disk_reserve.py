"""Room that is held back for a person's words when the disk is full."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import disk_usage

import pytest

from phb_tui.domain.records.changes import Change, SyncPosition
from phb_tui.errors import DiskFull, NotSaved
from phb_tui.store import disk_reserve, encrypted_store, key_values, local_writes
from phb_tui.store.disk_reserve import FILE, PIECE, DiskReserve
from tests.store.conftest import KEY

WHOLE = 4 * 1024 * 1024


@pytest.fixture
def whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ballast of its real size."""
    monkeypatch.setattr(disk_reserve, "SIZE", WHOLE)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MiB."""
    if sys.platform != "linux":
        pytest.skip("makes a small disk as only Linux can")
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "small", disk], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("a small disk of its own can only be made by root")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def fill(disk: Path) -> None:
    """Fill a disk to its last byte."""
    with (disk / "filler").open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue


def change(number: int, words: str) -> Change:
    """Something a nurse wrote."""
    return Change(
        team_id="t", device_id="d", kind="person", record_id=f"p-{number}", person_id=f"p-{number}",
        fields={"given_name": words}, before={"given_name": None}, seen=SyncPosition(0, 0), author="n",
        at="2026-11-23T09:00:00.000Z",
    )  # fmt: skip


def test_it_is_made_once_and_made_whole_again(whole: None, tmp_path: Path) -> None:
    """Four mebibytes of random bytes are made; what was given up is made again when there is room."""
    held = DiskReserve(tmp_path)
    assert not held.is_whole
    assert held.make()
    content = (tmp_path / FILE).read_bytes()
    assert len(content) == WHOLE
    assert len(set(content)) == 256
    assert held.give_up_some()
    assert (tmp_path / FILE).stat().st_size == WHOLE - PIECE
    assert held.make()
    assert (tmp_path / FILE).stat().st_size == WHOLE


def test_it_is_given_up_to_the_last_byte(whole: None, tmp_path: Path) -> None:
    """Piece by piece all of it is given up, and then there is nothing left."""
    held = DiskReserve(tmp_path)
    held.make()
    pieces = 0
    while held.give_up_some():
        pieces += 1
    assert (pieces, (tmp_path / FILE).exists()) == (WHOLE // PIECE, False)


def test_a_disk_that_is_nearly_full_is_not_filled_by_it(
    whole: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where less than twice as much is free, none is made."""
    usage = disk_usage(tmp_path)._replace(free=WHOLE)
    monkeypatch.setattr(disk_reserve, "disk_usage", lambda _path: usage)
    assert not DiskReserve(tmp_path).make()
    assert not (tmp_path / FILE).exists()


def test_words_fit_on_a_disk_that_is_full(whole: None, small_disk: Path) -> None:
    """On a disk without one free byte many changes and drafts are kept; when all is given up, it is said."""
    encrypted_store.create(small_disk, bytearray(KEY), {"team_id": "t"})
    store = encrypted_store.open_store(small_disk, bytearray(KEY))
    disk_reserve.hold(store.db, small_disk)
    assert (small_disk / FILE).stat().st_size == WHOLE
    fill(small_disk)
    kept = 0

    def write_on() -> None:
        nonlocal kept
        for number in range(20_000):
            local_writes.save_draft(store.db, change(number, "x" * 500))
            local_writes.commit_changes(store.db, [change(number, "x" * 2000)])
            fill(small_disk)  # somebody else takes what was given up and not used
            kept += 1

    with pytest.raises(NotSaved):
        write_on()
    assert kept > 20
    store.close()
    (small_disk / "filler").unlink()
    store = encrypted_store.open_store(small_disk, bytearray(KEY))
    assert store.db.execute("SELECT count(*) FROM record").fetchone()[0] >= kept
    store.close()


def test_only_a_persons_words_use_it(whole: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not a person's words, such as what comes from central, does not use up the room; words do."""
    encrypted_store.create(tmp_path, bytearray(KEY), {"team_id": "t"})
    store = encrypted_store.open_store(tmp_path, bytearray(KEY))
    disk_reserve.hold(store.db, tmp_path)
    pages = store.db.conn.execute("PRAGMA page_count").fetchone()[0]
    store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        key_values.put(store.db, {"place": "x" * 100_000})
    assert (tmp_path / FILE).stat().st_size == WHOLE
    with pytest.raises(DiskFull):
        local_writes.commit_changes(store.db, [change(1, "x" * 100_000)])
    assert not (tmp_path / FILE).exists()
    store.close()
