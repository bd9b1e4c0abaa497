"""Opening the encrypted database, and its guards."""

import os
import re
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver
from sqlite_utils import hookimpl
from sqlite_utils.plugins import pm

from phb_tui import errors
from phb_tui.store import database, encrypted_store, key_values
from phb_tui.store.database import create_database, open_database, transaction
from phb_tui.store.encrypted_store import FILE, EncryptedStore
from phb_tui.system.instance_lock import InstanceLock
from tests.store.conftest import KEY

ROOT = Path(__file__).parents[2]


def test_nothing_readable_is_on_disk_while_a_transaction_is_open(folder: Path, store: EncryptedStore) -> None:
    """Neither the file, its journal nor its index holds a word that was written, even mid-transaction."""
    key_values.put(store.db, {"note": "zqmarker in meta"})
    store.db.conn.execute("BEGIN IMMEDIATE")
    store.db.conn.execute("INSERT INTO meta VALUES ('open', ?)", ["zqmarker " * 5000])
    found = [file.name for file in folder.iterdir() if b"zqmarker" in file.read_bytes()]
    store.db.conn.execute("ROLLBACK")
    assert (found, (folder / FILE).read_bytes()[:6] == b"SQLite") == ([], False)


def test_a_wrong_key_is_a_sentence_and_prints_nothing(folder: Path) -> None:
    """The cipher's own log stays off the screen."""
    code = (
        "import sys; from pathlib import Path; from phb_tui.store.database import open_database\n"
        "from phb_tui.errors import StoreDamaged\n"
        "try: open_database(Path(sys.argv[1]), bytearray(32))\n"
        "except StoreDamaged as error: print(error.sentence)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder / FILE)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert (done.stderr, done.stdout.startswith("The store is damaged")) == ("", True)


def test_a_short_key_is_refused(folder: Path) -> None:
    """A key of the wrong length never silently becomes a passphrase."""
    with pytest.raises(errors.StoreProblem, match="length"):
        open_database(folder / FILE, bytearray(31))


def test_a_missing_store_is_not_made_anew(tmp_path: Path) -> None:
    """Opening never creates."""
    with pytest.raises(errors.StoreMissing):
        open_database(tmp_path / FILE, bytearray(KEY))
    assert not (tmp_path / FILE).exists()


def test_an_empty_file_is_not_an_empty_store(tmp_path: Path) -> None:
    """A file of no length would open with any key."""
    (tmp_path / FILE).touch()
    with pytest.raises(errors.StoreMissing):
        open_database(tmp_path / FILE, bytearray(KEY))


def test_a_plain_store_is_refused(tmp_path: Path) -> None:
    """A file that is not encrypted is not used."""
    plain = sqlite3.connect(tmp_path / FILE)
    plain.execute("CREATE TABLE t (x)")
    plain.commit()
    plain.close()
    with pytest.raises(errors.StoreDamaged, match="not encrypted"):
        open_database(tmp_path / FILE, bytearray(KEY))


def test_a_store_is_never_made_over_another(folder: Path) -> None:
    """Making a store where there is one is refused."""
    with pytest.raises(errors.StoreProblem, match="already"):
        create_database(folder / FILE, bytearray(KEY), "")


def test_one_flipped_bit_is_noticed(folder: Path) -> None:
    """A store somebody tampered with does not open."""
    content = bytearray((folder / FILE).read_bytes())
    content[100] ^= 1
    (folder / FILE).write_bytes(content)
    with pytest.raises(errors.StoreDamaged):
        open_database(folder / FILE, bytearray(KEY))


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE '/nowhere/plain.db' AS plain KEY ''",
        "SELECT sqlcipher_export('main')",
        "PRAGMA temp_store = 1",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
    ],
)
def test_statements_that_could_write_plain_text_are_refused(store: EncryptedStore, sql: str) -> None:
    """No statement can carry the store's content somewhere else."""
    with pytest.raises(driver.DatabaseError, match="not authorized"):
        store.db.conn.execute(sql)


def test_no_other_module_has_sql_that_could_write_plain_text() -> None:
    """Outside `store/database.py` nobody names ATTACH, a key or temp_store in SQL."""
    found = [
        path.name
        for path in (ROOT / "phb_tui").rglob("*.py")
        if path.name != "database.py"
        and re.search(r"ATTACH DATABASE|PRAGMA (key|rekey|temp_store)", path.read_text("utf-8"))
    ]
    assert found == []


def test_a_second_instance_gets_a_sentence(folder: Path, store: EncryptedStore) -> None:
    """Two phb-tui never write to one store."""
    assert store.db
    with pytest.raises(errors.StoreInUse, match="already open"):
        encrypted_store.open_store(folder, bytearray(KEY))


def test_an_app_that_is_just_ending_is_waited_for(tmp_path: Path) -> None:
    """Whoever starts phb-tui again at once after it was killed is not told that it is still open."""
    ending, ended = InstanceLock(tmp_path / "lock"), threading.Event()

    def end() -> None:
        ended.set()
        ending.release()

    threading.Timer(0.2, end).start()
    InstanceLock(tmp_path / "lock").release()
    assert ended.is_set()


def test_an_ended_process_leaves_no_lock(folder: Path) -> None:
    """The lock goes with the process, however it ended."""
    code = "import os, sys; from pathlib import Path; from phb_tui.store import encrypted_store\n"
    code += "encrypted_store.open_store(Path(sys.argv[1]), bytearray(range(32))); os.kill(os.getpid(), 9)"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], check=False, cwd=ROOT)
    assert done.returncode in {-9, 9}, "it was killed, and nothing else was wrong"
    encrypted_store.open_store(folder, bytearray(KEY)).close()


def test_a_failed_transaction_leaves_nothing(store: EncryptedStore) -> None:
    """All of a transaction is kept or none of it."""

    def half() -> None:
        with transaction(store.db):
            store.db.conn.execute("INSERT INTO meta VALUES ('half', 'done')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert key_values.get(store.db, "half") == ""


def test_a_full_disk_is_a_sentence_and_loses_nothing(store: EncryptedStore) -> None:
    """When the disk is full, what was kept before stays and the new words are not half there."""
    key_values.put(store.db, {"before": "kept"})
    pages = store.db.conn.execute("PRAGMA page_count").fetchone()[0]
    store.db.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(errors.NotSaved, match="disk is full"):
        key_values.put(store.db, {"after": "x" * 100_000})
    assert (key_values.get(store.db, "before"), key_values.get(store.db, "after")) == ("kept", "")


def test_sqlite_utils_catches_the_ciphers_errors() -> None:
    """The library under the store recognises this driver's exceptions."""
    import sqlite_utils.utils  # noqa: PLC0415 - after the store has set it up

    assert sqlite_utils.utils.OperationalError is driver.OperationalError


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_the_file_is_private(folder: Path) -> None:
    """Nobody else on the machine can read even the encrypted file."""
    assert (folder / FILE).stat().st_mode & 0o077 == 0


def test_the_versions_are_the_ones_we_measured() -> None:
    """A changed cipher library is noticed."""
    connection = driver.connect(":memory:")
    version = connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()
    assert version.startswith("4.19")


def test_what_is_deleted_is_overwritten(folder: Path, store: EncryptedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to the store overwrites what it deletes, whatever SQLCipher does by itself."""
    assert store
    real = database._connect

    def left_as_it_is(path: Path, key: bytearray, mode: str) -> driver.Connection:
        made = real(path, key, mode)
        made.execute("PRAGMA secure_delete = OFF")
        return made

    monkeypatch.setattr(database, "_connect", left_as_it_is)
    db = open_database(folder / FILE, bytearray(KEY))
    assert db.conn.execute("PRAGMA secure_delete").fetchone() == (1,)
    db.close()


def test_no_plugin_is_handed_an_open_store(folder: Path) -> None:
    """A plugin of sqlite-utils that happens to be installed never gets the connection to the store."""
    handed = []

    class Plugin:
        @hookimpl
        def prepare_connection(self, conn: object) -> None:
            handed.append(conn)

    plugin = Plugin()
    pm.register(plugin)
    try:
        open_database(folder / encrypted_store.FILE, bytearray(KEY)).close()
    finally:
        pm.unregister(plugin)
    assert handed == []


def test_a_lock_that_was_released_twice_closes_no_other_file(tmp_path: Path) -> None:
    """Releasing a lock again does nothing: its number may by then be another file's."""
    lock = InstanceLock(tmp_path / "lock")
    lock.release()
    with (tmp_path / "other").open("w") as other:
        lock.release()
        other.write("kept")
        other.flush()
    assert (tmp_path / "other").read_text() == "kept"
