"""Recovery of drafts after a crash: they become changes, with their follow-ups."""

from collections.abc import Iterator
from dataclasses import dataclass

from phb_tui.content import forms
from phb_tui.domain.calendar import timestamps
from phb_tui.domain.records.changes import Authorship, Change, Record, write
from phb_tui.errors import NotSaved
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.store import local_writes


@dataclass(frozen=True, slots=True)
class Recovered:
    """A record in which somebody was writing when the app stopped.

    Attributes:
        record: The record as it is now.
        field: The field that was written in last.
    """

    record: Record
    field: str


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


def records(session: Session) -> list[Recovered]:
    """The records in which something was recovered and that can still be opened, the last one first."""
    found: dict[str, Recovered] = {}
    for change in session.recovered:
        asked = forms.known(change.kind) and any(forms.field(change.kind, name) for name in change.fields)
        record = editing.read(session, change.kind, change.record_id, change.person_id)
        if asked and record.fields and record_lists.is_listed(record):
            found.pop(record.record_id, None)
            found[record.record_id] = Recovered(record, next(iter(change.fields)))
    return list(found.values())[::-1]


def _changes_from(session: Session, draft: Change) -> Iterator[Change]:
    yield draft
    typed_at = timestamps.local(draft.at)  # "tomorrow" counts from the day it was typed
    day = typed_at.date() if typed_at else session.today
    shown = Record(draft.team_id, draft.kind, draft.record_id, draft.person_id, draft.fields, draft.seen)
    stamp = Authorship(draft.team_id, draft.device_id, draft.author, draft.at)
    tidied = write(shown, editing.tidied(draft.kind, draft.fields, day), stamp)
    if tidied is not None:
        yield tidied
