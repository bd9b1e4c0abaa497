"""Whatever is wrong with the disk or the file, who reads or writes meets a sentence."""

import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from phb_tui.errors import NotSaved, PhbError, StoreDamaged, StoreProblem
from phb_tui.store import device_status, encrypted_store, key_values
from phb_tui.store.database import transaction
from phb_tui.store.encrypted_store import FILE, LOCK, EncryptedStore
from tests.store.conftest import KEY

PAGE = 4096
LONG = "9" * 30


def read_everything(folder: Path) -> None:
    """Open the store and read every row of every table in every way the code reads."""
    store = encrypted_store.open_store(folder, bytearray(KEY))
    try:
        tables = [row[0] for row in store.db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            assert len(list(store.db.table(table).rows)) == store.db.table(table).count
    finally:
        store.close()


def open_files(folder: Path) -> list[str]:
    """The files in the folder that this process holds open."""
    descriptors = Path("/proc/self/fd")
    if not descriptors.exists():  # not Linux; on Windows removing the folder says the same
        return []
    paths = (link.resolve() for link in descriptors.iterdir())
    return [path.name for path in paths if folder in path.parents]


def test_a_flipped_bit_in_any_page_is_a_sentence(folder: Path, tmp_path: Path) -> None:
    """Wherever one bit of the store is wrong, opening and reading raise a sentence or nothing, never SQLite's words."""
    store = encrypted_store.open_store(folder, bytearray(KEY))
    key_values.put(store.db, {f"key {number}": "words " * 300 for number in range(40)})
    store.close()
    whole, met = (folder / FILE).read_bytes(), 0
    for page in range(len(whole) // PAGE):
        copy = tmp_path / f"page {page}"
        copy.mkdir()
        damaged = bytearray(whole)
        damaged[page * PAGE + 2000] ^= 4
        (copy / FILE).write_bytes(damaged)
        try:
            read_everything(copy)
        except PhbError as error:
            met += isinstance(error, StoreDamaged)
        # Nothing is left to the garbage collector: Windows lets no one mend or move a file that is held.
        assert open_files(copy) == []
        shutil.rmtree(copy)
    assert met > 20


@pytest.mark.parametrize("name", [FILE, LOCK, f"{FILE}-wal"])
def test_a_folder_where_a_file_belongs_is_a_sentence(name: str, folder: Path) -> None:
    """A folder in the place of the store, of its lock or of its journal is said, not raised."""
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    for number in range(200):  # a folder that is as large as a store
        (folder / name / f"{number:0200}").touch()
    with pytest.raises(StoreProblem):
        read_everything(folder)


def test_reading_from_a_bad_disk_does_not_say_that_words_are_not_saved(store: EncryptedStore) -> None:
    """What is said depends on what was being done: a disk that cannot be read is another matter than a full one."""
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_READ"
    from phb_tui.store import disk_errors  # noqa: PLC0415 - beside what it is asked

    assert "could not be read" in str(disk_errors.meaning(error, reading=True))
    assert isinstance(disk_errors.meaning(error, reading=False), NotSaved)
    assert disk_errors.meaning(driver.OperationalError("no such table"), reading=True) is None


def test_a_column_that_lost_its_json_is_damage(store: EncryptedStore) -> None:
    """A row whose JSON became something else on the disk is read as a damaged store, not as SQLite's words."""
    with pytest.raises(StoreDamaged):
        store.db.execute("SELECT json_extract(?, '$')", ["\0" * 20]).fetchall()


def test_a_commit_that_failed_leaves_room_for_the_next(store: EncryptedStore) -> None:
    """When the disk refuses at the very end of a transaction, it is given up, and the next one begins as ever."""
    refused: list[int] = []

    def refuse(action: int, first: str | None, *_rest: object) -> int:
        if action == driver.SQLITE_TRANSACTION and first == "COMMIT" and not refused:
            refused.append(1)
            return int(driver.SQLITE_DENY)
        return int(driver.SQLITE_OK)

    store.db.conn.set_authorizer(refuse)

    def write() -> None:
        with transaction(store.db):
            store.db.conn.execute("INSERT INTO meta VALUES ('a', 'lost')")

    with pytest.raises(driver.DatabaseError):
        write()
    key_values.put(store.db, {"b": "kept"})
    assert (key_values.get(store.db, "a"), key_values.get(store.db, "b")) == ("", "kept")


@pytest.mark.parametrize(
    "kept",
    [
        f'{{"ahead": {LONG}}}', f'{{"ahead": -{LONG}, "lease": "2026-11-23T09:00:00.000Z"}}', '{"lease": "soon"}',
        '{"latest": "9999-12-31T23:59:59.999+00:00"}', '{"lease": 5, "latest": []}', "[1]", "{",
        f'{{"ahead": {"9" * 5000}}}',
    ],
)  # fmt: skip
def test_an_invalid_stored_device_status_raises_nothing(kept: str, store: EncryptedStore) -> None:
    """Whatever was stored about clocks and leases, times can be computed with it."""
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - beside the sums they are for

    key_values.put(store.db, {"standing": kept})
    found = device_status.read(store.db)
    now = datetime.now(UTC) - timedelta(seconds=found.ahead)
    for moment in filter(None, (found.lease, found.latest)):
        assert datetime.fromisoformat(moment) - now
