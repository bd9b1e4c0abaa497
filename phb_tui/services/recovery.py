"""What was being typed when the laptop last stopped becomes changes, with everything that follows from them."""

from phb_tui.domain import ids, statements
from phb_tui.domain.changes import Change
from phb_tui.services import writing
from phb_tui.services.session import Session
from phb_tui.store import changes


def recover(session: Session) -> tuple[Change, ...]:
    """Keep the drafts that were left.

    Returns:
        The changes made of them; empty after a proper end.
    """
    kept = changes.record(session.store.db, changes.drafts(session.store.db, session.device_id))
    for change in kept:
        if change.kind == "answer":
            answer = writing.read(session, "answer", change.record_id, change.person_id)
            action = writing.read(session, "action", ids.follow_up_id(answer.record_id), answer.person_id)
            follows = statements.follow_up(answer, action, session.stamp())
            writing.keep_changes(session, [follows] if follows else [])
    return tuple(kept)
