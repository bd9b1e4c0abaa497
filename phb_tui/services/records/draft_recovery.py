"""Recovery of drafts after a crash: they become changes, with their follow-ups."""

from collections.abc import Iterator

from phb_tui.domain.calendar import timestamps
from phb_tui.domain.records.changes import Authorship, Change, Record, write
from phb_tui.errors import NotSaved
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.store import local_writes


def recover(session: Session) -> tuple[Change, ...]:
    """Turn the remaining drafts into changes, tidied as if their fields had been left.

    Returns:
        The changes made of them; empty after a proper end.
    """
    drafts = local_writes.drafts(session.store.db, session.device_id)
    try:
        editing.save_changes(session, [change for draft in drafts for change in _changes_from(session, draft)])
    except NotSaved:
        return ()  # they stay drafts: a full disk keeps nobody from reading
    return tuple(drafts)


def _changes_from(session: Session, draft: Change) -> Iterator[Change]:
    yield draft
    typed_at = timestamps.local(draft.at)  # "tomorrow" counts from the day it was typed
    day = typed_at.date() if typed_at else session.today
    shown = Record(draft.team_id, draft.kind, draft.record_id, draft.person_id, draft.fields, draft.seen)
    stamp = Authorship(draft.team_id, draft.device_id, draft.author, draft.at)
    tidied = write(shown, editing.tidied(draft.kind, draft.fields, day), stamp)
    if tidied is not None:
        yield tidied
