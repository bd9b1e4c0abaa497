"""Records as an exchange stores them, without an exchange."""

from collections.abc import Sequence
from dataclasses import replace

from sqlite_utils import Database

from phb_tui.domain.records.record_codec import Row
from phb_tui.store import remote_writes, sync_state


def apply_rows(db: Database, rows: Sequence[Row], team_id: str) -> None:
    """Store rows that central sent. Call inside `transaction`."""
    state = sync_state.read(db, team_id)
    sync_state.write(db, replace(state, checksum=remote_writes.apply_rows(db, rows, team_id, state.checksum)))
