"""The schema script."""

from phb_tui.store import migrations
from phb_tui.store.encrypted_store import EncryptedStore


def test_the_script_makes_the_present_version(store: EncryptedStore) -> None:
    """A new store has the version this program reads."""
    assert store.db.conn.execute("PRAGMA user_version").fetchone()[0] == migrations.VERSION


def test_every_table_is_strict(store: EncryptedStore) -> None:
    """Every table of ours refuses values of another type; sqlite-utils' own note of migrations is its own."""
    loose = [
        name
        for name, strict in store.db.conn.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
        if not strict and not name.startswith(("sqlite_", "_sqlite_migrations", "person_search"))
    ]
    assert loose == []
