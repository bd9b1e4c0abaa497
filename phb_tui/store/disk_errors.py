"""Connection and cursor classes that translate the driver's disk errors into errors with a sentence for the user.

All statements and rows pass through them, so callers get a `StoreProblem` and no error of SQLite. Errors in a statement
itself are bugs and are not translated.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3.dbapi2 as driver

from phb_tui.errors import DiskFull, NotSaved, PhbError, StoreDamaged, StoreProblem

FULL = (
    "These words are not saved yet: the disk is full or cannot be written. "
    "They stay on the screen. Make room on the disk, then try again."
)
BUSY = "These words are not saved yet: the store is busy. They stay on the screen; try again."
DAMAGED = (
    "The store is damaged. What was sent is safe at the team server. Keep the laptop as it is and tell your IT team."
)
UNREADABLE = (
    "The store could not be read just now. Nothing was changed. Close phb-tui and start it again; "
    "if it stays so, keep the laptop as it is and tell your IT team."
)
_DISK = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_CANTOPEN")
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_NOT_JSON = "malformed JSON"
"""What SQLite says of a column that holds no JSON. All JSON here was checked before it was stored."""
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
_READS = ("SELECT", "PRAGMA", "WITH")


def meaning(error: driver.Error, *, reading: bool) -> PhbError | None:
    """The error for the user that a driver's error stands for; None for a bug in a statement.

    Args:
        error: The driver's error.
        reading: Whether no transaction was open and the statement only reads.
    """
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(_DAMAGE) or str(error) == _NOT_JSON:
        return StoreDamaged(DAMAGED)
    if name.startswith((*_DISK, *_BUSY)):
        if reading:
            return StoreProblem(UNREADABLE)
        return NotSaved(BUSY) if name.startswith(_BUSY) else DiskFull(FULL)
    return None


@contextmanager
def translate_disk_errors(*, reading: bool = False) -> Iterator[None]:
    """Translate the driver's errors about a full, failing or damaged disk.

    Raises:
        NotSaved, StoreDamaged, StoreProblem: Each with a sentence.
    """
    try:
        yield
    except driver.Error as error:
        found = meaning(error, reading=reading)
        if found is None:
            raise
        raise found from error


class Cursor(driver.Cursor):  # type: ignore[misc]
    """A cursor that translates disk errors."""

    def execute(self, sql: str, *parameters: object) -> "Cursor":
        """Run a statement; see `sqlite3.Cursor.execute`."""
        with translate_disk_errors(reading=self._reads(sql)):
            return super().execute(sql, *parameters)  # type: ignore[no-any-return]

    def executemany(self, sql: str, rows: object) -> "Cursor":
        """Run a statement for each row; see `sqlite3.Cursor.executemany`."""
        with translate_disk_errors(reading=self._reads(sql)):
            return super().executemany(sql, rows)  # type: ignore[no-any-return]

    def executescript(self, script: str) -> "Cursor":
        """Run several statements; see `sqlite3.Cursor.executescript`."""
        with translate_disk_errors():
            return super().executescript(script)  # type: ignore[no-any-return]

    def fetchone(self) -> object:
        """The next row; None after the last."""
        with translate_disk_errors(reading=self._reads()):
            return super().fetchone()

    def fetchmany(self, *size: object) -> object:
        """The next rows, as many as `size` or `arraysize`."""
        with translate_disk_errors(reading=self._reads()):
            return super().fetchmany(*size)

    def fetchall(self) -> object:
        """All remaining rows."""
        with translate_disk_errors(reading=self._reads()):
            return super().fetchall()

    def __next__(self) -> object:
        try:
            return super().__next__()
        except driver.Error as error:
            found = meaning(error, reading=self._reads())
            if found is None:
                raise
            raise found from error

    def _reads(self, sql: str = "SELECT") -> bool:
        """Whether a statement only reads, outside a transaction."""
        return not self.connection.in_transaction and sql.lstrip()[:6].upper().startswith(_READS)


class Connection(driver.Connection):  # type: ignore[misc]
    """A connection whose cursors translate disk errors."""

    def cursor(self, *_factory: object) -> Cursor:
        """A new `Cursor`; statements run on the connection itself use one too."""
        return super().cursor(Cursor)  # type: ignore[no-any-return]
