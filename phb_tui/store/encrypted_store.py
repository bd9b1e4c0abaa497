"""The open encrypted store: its two connections, its instance lock, and how it is created, opened and closed."""

import contextlib
import threading
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from phb_tui.errors import NotSaved, StoreProblem
from phb_tui.store import migrations
from phb_tui.store.database import create_database, open_database, share_write_lock, transaction
from phb_tui.store.disk_errors import UNREADABLE
from phb_tui.store.people import people_index
from phb_tui.system.instance_lock import InstanceLock

FILE = "store-1.db"
LOCK = "store.lock"


@dataclass(frozen=True, slots=True)
class EncryptedStore:
    """An open store.

    Attributes:
        db: The connection of the screens, on the screens' thread.
        sync_db: A second connection for the exchange with central, so that typing does not wait for it.
        lock: The instance lock, held while the store is open.
        sync_lock: Held during an exchange, so that there is one at a time and closing interrupts none.
    """

    db: Database
    sync_db: Database
    lock: InstanceLock
    sync_lock: threading.Lock = field(default_factory=threading.Lock)

    def close(self) -> None:
        """Checkpoint the write-ahead log, close both connections and release the lock."""
        try:
            if self.sync_lock.acquire(blocking=False):
                self.sync_db.close()
            # else an exchange is in progress; it will repeat what it has not committed.
            # A checkpoint that cannot finish loses nothing: the log is read again at the next opening.
            with contextlib.suppress(self.db.conn.DatabaseError, StoreProblem):
                self.db.conn.execute("PRAGMA busy_timeout = 0")
                self.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.db.close()
        finally:
            self.lock.release()


def create(folder: Path, key: bytearray, meta: dict[str, str]) -> None:
    """Create a new store in a private folder.

    Args:
        folder: The store's own folder, already private.
        key: The 32-byte database key.
        meta: The first key-value pairs: team id, device id and the like.
    """
    create_database(folder / FILE, key, migrations.script())
    database = open_database(folder / FILE, key)
    try:
        migrations.bring_up_to_date(database)
        with transaction(database):
            database.table("meta").insert_all({"key": name, "value": value} for name, value in meta.items())
    finally:
        database.close()


def open_store(folder: Path, key: bytearray) -> EncryptedStore:
    """Open and migrate the store in a folder, under its instance lock.

    Raises:
        StoreInUse, StoreMissing, StoreDamaged, StoreNewer, StoreProblem: Each with a sentence.
    """
    try:
        lock = InstanceLock(folder / LOCK)
    except OSError as error:
        raise StoreProblem(UNREADABLE) from error
    with contextlib.ExitStack() as opened:  # an opening that fails leaves no connection: it would hold the files
        opened.callback(lock.release)
        db = open_database(folder / FILE, key)
        opened.callback(db.close)
        migrations.bring_up_to_date(db)
        if people_index.is_stale(db):
            with contextlib.suppress(NotSaved), transaction(db):  # on a full disk the stale index is good enough
                people_index.renew(db)
        exchange_db = open_database(folder / FILE, key)
        opened.pop_all()
        share_write_lock(db, exchange_db)
        return EncryptedStore(db, exchange_db, lock)
