"""Who and what this laptop is: small named values."""

from sqlite_utils import Database

from phb_tui.store.database import transaction


def get(db: Database, key: str, default: str = "") -> str:
    """One value."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", [key]).fetchone()
    return row[0] if row else default


def put(db: Database, values: dict[str, str]) -> None:
    """Keep values, durably."""
    with transaction(db):
        put_within(db, values)


def put_within(db: Database, values: dict[str, str]) -> None:
    """Keep values. Call inside `transaction`."""
    db.table("meta").upsert_all(({"key": key, "value": value} for key, value in values.items()), pk="key")
