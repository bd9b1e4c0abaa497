"""Reads a record as it is now, and the sync position of this laptop."""

from phb_tui.domain.records.changes import Record, SyncPosition
from phb_tui.services.session import Session
from phb_tui.store import records, sync_state


def read(session: Session, kind: str, record_id: str, person_id: str | None) -> Record:
    """Read a record; an empty one when it is not stored yet."""
    found = records.get(session.store.db, session.team_id, record_id)
    return found or Record(session.team_id, kind, record_id, person_id, {}, sync_position(session))


def sync_position(session: Session) -> SyncPosition:
    """The sync position: how far this laptop has received central's history."""
    return sync_state.read(session.store.db, session.team_id).position
