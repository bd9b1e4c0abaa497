"""What was being typed when the laptop last stopped becomes changes, with everything that follows from them."""

from phb_tui.domain.changes import Change
from phb_tui.services import writing
from phb_tui.services.session import Session
from phb_tui.store import changes


def recover(session: Session) -> tuple[Change, ...]:
    """Keep the drafts that were left.

    Returns:
        The changes made of them; empty after a proper end.
    """
    drafts = changes.drafts(session.store.db, session.device_id)
    writing.keep_changes(session, drafts)
    return tuple(drafts)
