"""Creates and opens the encrypted database (SQLCipher), with its settings, guards and transactions.

Each setting and guard prevents a leak or a loss that was observed; `docs/decisions/0003-the-store.md` has the list.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from weakref import WeakKeyDictionary

import sqlcipher3.dbapi2 as driver
from sqlite_utils import Database

from phb_tui import errors
from phb_tui.store.disk_errors import UNREADABLE, Connection, translate_disk_errors

__all__ = ["Database", "create_database", "open_database", "share_write_lock", "transaction", "translate_disk_errors"]

PLAIN_HEADER = b"SQLite format 3\x00"
SMALLEST = 4096
KEY_BYTES = 32
BUSY_MS = 10_000

_SETTINGS = """
PRAGMA temp_store = 2;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA fullfsync = ON;
PRAGMA checkpoint_fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA secure_delete = ON;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -8000;
PRAGMA wal_autocheckpoint = 500;
PRAGMA journal_size_limit = 4194304;
"""

_FORBIDDEN_PRAGMAS = {"temp_store", "temp_store_directory", "key", "rekey", "hexkey", "hexrekey"}
_FORBIDDEN_FUNCTIONS = {"sqlcipher_export", "load_extension"}


def create_database(path: Path, key: bytearray, script: str) -> None:
    """Create a new database from the schema script.

    Args:
        path: A file that does not exist yet.
        key: The 32-byte database key; no copy is kept.
        script: The schema.

    Raises:
        StoreProblem: There is a file already.
        NotSaved: The disk refuses.
    """
    if path.exists():
        raise errors.StoreProblem("There is already a store in this folder, so a new one was not made.")
    with translate_disk_errors():
        connection = _connect(path, key, mode="rwc")
        try:
            connection.executescript(_SETTINGS)
            connection.executescript(f"BEGIN IMMEDIATE;{script};COMMIT;")
        finally:
            connection.close()
        path.chmod(0o600)


def open_database(path: Path, key: bytearray) -> Database:
    """Open the database with all settings and guards.

    Args:
        path: The database file.
        key: The 32-byte database key, already verified by the key file.

    Returns:
        A connection that one thread at a time may use.

    Raises:
        StoreMissing: There is no file, or an empty one.
        StoreDamaged: The file cannot be decrypted with the key, or is not encrypted.
        StoreProblem: The file cannot be read.
    """
    with _readable_file():
        there = path.exists() and path.stat().st_size >= SMALLEST
    if not there:
        raise errors.StoreMissing(
            "The store is not where it should be, or it is empty. Do not set up again: ask your IT team to restore it."
        )
    with _readable_file(), path.open("rb") as file:
        begins = file.read(len(PLAIN_HEADER))
    if begins == PLAIN_HEADER:
        raise errors.StoreDamaged("The store is not encrypted, so phb-tui will not use it. Tell your IT team.")
    connection = _connect(path, key, mode="rw")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.executescript(_SETTINGS)
    except (driver.DatabaseError, errors.StoreDamaged) as error:
        connection.close()
        raise errors.StoreDamaged(
            "The store is damaged and did not open. Nothing was changed. "
            "Keep the laptop as it is and tell your IT team."
        ) from error
    except BaseException:
        connection.close()
        raise
    connection.set_authorizer(_authorise)
    # No plugin that happens to be installed is handed an open store.
    return Database(connection, execute_plugins=False)


def share_write_lock(*databases: Database) -> None:
    """Make the transactions of these connections, of one process to one file, wait for each other on one lock.

    SQLite's busy handler polls with growing pauses, up to a tenth of a second, and can starve a writer.
    """
    lock = threading.Lock()
    for database in databases:
        _WRITE_LOCKS[database] = lock


_WRITE_LOCKS: "WeakKeyDictionary[Database, threading.Lock]" = WeakKeyDictionary()


@contextmanager
def transaction(database: Database) -> Iterator[Database]:
    """A transaction: everything inside is committed durably, or nothing is.

    It takes the write lock at the start, so that two connections wait for each other instead of failing half-way.

    Raises:
        NotSaved: The disk is full or refuses; the store is as it was.
    """
    with _WRITE_LOCKS.get(database) or nullcontext(), translate_disk_errors():
        database.conn.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.conn.execute("COMMIT")
        except BaseException:
            # Also after a failed commit, or the transaction would stay open and block the next one.
            if database.conn.in_transaction:
                database.conn.execute("ROLLBACK")
            raise


@contextmanager
def _readable_file() -> Iterator[None]:
    """Translate the system's errors for a file that cannot be read, such as a folder in its place."""
    try:
        yield
    except OSError as error:
        raise errors.StoreProblem(UNREADABLE) from error


def _connect(path: Path, key: bytearray, mode: str) -> "driver.Connection":
    """Connect and set the key, with SQLCipher's log off, because it would be written over the screen."""
    uri = re.sub(r"[?#%]", lambda found: f"%{ord(found[0]):02x}", path.resolve().as_posix())
    prefix = "file:" if uri.startswith("/") else "file:///"
    with translate_disk_errors(reading=mode == "rw"):
        connection = driver.connect(
            f"{prefix}{uri}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
            factory=Connection,
        )
    try:
        _set_key(connection, key)
    except BaseException:
        connection.close()
        raise
    return connection


def _set_key(connection: "driver.Connection", key: bytearray) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    literal = _key_literal(key)
    connection.set_key(literal)
    literal[:] = bytes(len(literal))
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise errors.StoreProblem("This installation cannot encrypt, so nothing was opened. Install phb-tui again.")


def _key_literal(key: bytearray) -> bytearray:
    """The raw key as SQLCipher's literal; SQLCipher would silently treat one of a wrong length as a passphrase."""
    if len(key) != KEY_BYTES:
        raise errors.StoreProblem("The store's key has the wrong length. Tell your IT team.")
    return bytearray(b"x'" + key.hex().encode() + b"'")


def _authorise(action: int, first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    """SQLite authoriser: denies every statement that could write unencrypted data elsewhere."""
    if action == driver.SQLITE_ATTACH:
        return int(driver.SQLITE_DENY)
    if action == driver.SQLITE_PRAGMA and (first or "").lower() in _FORBIDDEN_PRAGMAS and second is not None:
        return int(driver.SQLITE_DENY)
    if action == driver.SQLITE_FUNCTION and (second or "").lower() in _FORBIDDEN_FUNCTIONS:
        return int(driver.SQLITE_DENY)
    return int(driver.SQLITE_OK)
