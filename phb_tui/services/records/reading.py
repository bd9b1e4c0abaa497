"""A record as it is now, and how far this laptop has come with central."""

from phb_tui.domain.records.changes import Record, SyncPosition
from phb_tui.services.session import Session
from phb_tui.store import records, sync_state


def read(session: Session, kind: str, record_id: str, person_id: str | None) -> Record:
    """A record as it is now; one without fields when there is none yet."""
    found = records.get(session.store.db, session.team_id, record_id)
    return found or Record(session.team_id, kind, record_id, person_id, {}, seen(session))


def seen(session: Session) -> SyncPosition:
    """How far this laptop has come with central."""
    return sync_state.cursor(session.store.db, session.team_id)
