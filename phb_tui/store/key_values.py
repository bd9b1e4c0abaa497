"""Key-value table (`meta`) for small settings and state of this laptop."""

from sqlite_utils import Database

from phb_tui.store.database import transaction


def get(db: Database, key: str, default: str = "") -> str:
    """The value of a key, or the default."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return row[0] if row else default


def put(db: Database, values: dict[str, str]) -> None:
    """Store values in a transaction of their own."""
    with transaction(db):
        put_within(db, values)


def put_within(db: Database, values: dict[str, str]) -> None:
    """Store values. Call inside `transaction`."""
    db.table("meta").upsert_all(({"key": key, "value": value} for key, value in values.items()), pk="key")
