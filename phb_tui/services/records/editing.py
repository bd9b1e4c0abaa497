"""Editing of records: drafts while typing, changes on leaving a field, history and restoring a value."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date

from phb_tui.content import forms, statuses
from phb_tui.domain.calendar import timestamps, whole_days
from phb_tui.domain.decision import agreements
from phb_tui.domain.plan import follow_ups
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Authorship, Change, Record, Value, write
from phb_tui.errors import RuleBroken
from phb_tui.i18n import N_, _
from phb_tui.services.records import date_floors, parents, set_up_tasks, visit_start
from phb_tui.services.records.reading import read, sync_position
from phb_tui.services.session import Session
from phb_tui.store import change_log, disk_reserve, local_writes
from phb_tui.store.change_log import FieldVersion

__all__ = [
    "FieldVersion",
    "history",
    "new_record",
    "read",
    "restore",
    "room_is_short",
    "save",
    "save_all",
    "save_changes",
    "save_draft",
    "sync_position",
    "tidied",
    "whole_history",
]

_TASKS = {"money_choice": N_("Come back to the preferred way to manage the budget")}
"""Title of the follow-up task that a date creates, by the kind of record with the date."""


def save(session: Session, record: Record, values: Mapping[str, Value]) -> Record:
    """Save new values of a record durably, as one change.

    Args:
        session: The session.
        record: As the screen showed it.
        values: Field by field, as typed; words are tidied here.

    Returns:
        The record as it is now.

    Raises:
        RuleBroken: It would change what was signed; nothing changed.
        NotSaved: The disk refuses; nothing changed.
    """
    return save_all(session, [(record, values)])[0]


def save_all(session: Session, edits: list[tuple[Record, Mapping[str, Value]]]) -> list[Record]:
    """Save new values of several records in one transaction.

    Raises:
        RuleBroken: One of them would change what was signed; nothing changed.
        NotSaved: The disk refuses; nothing changed.
    """
    for record, values in edits:
        _refuse_signed(session, record, values)
    stamp = session.authorship()
    made = [
        _changes(record, values, session.today, stamp, date_floors.of(session, record, values))
        for record, values in edits
    ]
    save_changes(session, [change for changed in made for change in changed])
    for (record, values), changed in zip(edits, made, strict=True):
        if not changed:
            local_writes.delete_drafts(session.store.db, record, values)
    return [read(session, record.kind, record.record_id, record.person_id) for record, _ in edits]


def _refuse_signed(session: Session, record: Record, values: Mapping[str, Value]) -> None:
    if record.kind == "agreement" and agreements.fixed(record, values, session.today):
        raise RuleBroken(
            _("This was signed, so it stays as it is. To agree on something else, sign anew: Esc, then s."), record.kind
        )


def save_changes(session: Session, made: list[Change]) -> None:
    """Save changes and their follow-ups in one transaction."""
    if made:
        beside = [*visit_start.changes_to_start(session, made), *parents.changes_to_list(session, made)]
        local_writes.commit_changes(session.store.db, [*made, *beside, *_follow_ups(session, made)])


def save_draft(session: Session, record: Record, values: Mapping[str, Value]) -> None:
    """Save a draft of what is being typed; saving the field later ends the draft.

    Args:
        session: The session.
        record: As the screen showed it.
        values: The field's text, with the fields that link the record to its parent, for recovery after a crash.

    Raises:
        NotSaved: The disk refuses.
    """
    change = write(record, values, session.authorship())
    if change:
        local_writes.save_draft(session.store.db, change)
    else:
        local_writes.delete_drafts(session.store.db, record, values)


def delete_draft(session: Session, record: Record, name: str, context: Collection[str] = ()) -> None:
    """Delete the draft of a field whose text is the saved one again: what was deleted must not come back after a crash.

    Args:
        session: The session.
        record: The record.
        name: The field.
        context: Names of the fields that link the record to its parent; their drafts go with the last other one.

    Raises:
        NotSaved: The disk refuses.
    """
    local_writes.delete_drafts(session.store.db, record, [name], context)


def room_is_short(session: Session) -> bool:
    """Whether the disk was full, so that drafts are being saved in the reserved disk space."""
    return not disk_reserve.is_whole(session.store.db)


def history(session: Session, record: Record, name: str) -> list[FieldVersion]:
    """Every value of a field, newest first."""
    return change_log.history(session.store.db, record.team_id, record.record_id, name)


def whole_history(session: Session, record: Record) -> list[tuple[str, FieldVersion]]:
    """Every value of all fields of a record, each with the field's name, newest first."""
    names = change_log.names(session.store.db, record.team_id, record.record_id)
    found = [(name, version) for name in names for version in history(session, record, name)]
    return sorted(found, key=lambda one: (one[1].at, one[1].author), reverse=True)


def restore(session: Session, record: Record, name: str, version: FieldVersion) -> Record:
    """Set a field to an earlier value by a new change; the history stays complete.

    "Tomorrow" counts from the day on which it was written.
    """
    written = timestamps.local(version.at)
    return save(
        session, record, tidied(record.kind, {name: version.value}, written.date() if written else session.today)
    )


def new_record(session: Session, kind: str, person_id: str | None) -> Record:
    """An empty record that is not stored until a field of it is saved."""
    record = Record(session.team_id, kind, session.new_id(), person_id, {}, sync_position(session))
    return replace(record, person_id=record.record_id) if kind == "person" else record


def _follow_ups(session: Session, made: list[Change]) -> Iterator[Change]:
    """Changes of other records that follow from these changes."""
    yield from _set_up(session, made)
    for record_id, change in {change.record_id: change for change in made}.items():
        news = {name: value for other in made if other.record_id == record_id for name, value in other.fields.items()}
        if change.kind == "visit" and REMOVED in news:
            yield from _next_visit_undone(session, change, removed=news[REMOVED] == YES)
        rule = follow_ups.rule_for(change.kind)
        if not (rule and rule.field in news) and not (change.kind == "closing" and "next_visit" in news):
            continue
        source = read(session, change.kind, record_id, change.person_id)
        source = replace(source, fields={**source.fields, **news})
        if rule:
            task = read(session, "task", record_ids.follow_up_id(record_id), source.person_id)
            what = _(_TASKS[change.kind]) if rule.is_date else ""
            follows = follow_ups.follow_up(rule, source, task, what, session.authorship())
        else:
            person = read(session, "person", source.person_id or "", source.person_id)
            follows = follow_ups.next_visit(source, person, session.authorship())
        if follows:
            yield follows


def _set_up(session: Session, made: list[Change]) -> Iterator[Change]:
    """The changes to tasks of setting up that follow when the way, or who is employed, becomes another."""
    for person_id in dict.fromkeys(change.person_id or "" for change in made if set_up_tasks.decides(change)):
        coming: dict[str, Record] = {}
        for change in made:
            if change.kind in set_up_tasks.DECIDING and change.person_id == person_id:
                held = coming.get(change.record_id) or read(session, change.kind, change.record_id, person_id)
                coming[change.record_id] = replace(held, fields={**held.fields, **change.fields})
        for task, values in set_up_tasks.edits(session, person_id, coming):
            if follows := write(task, values, session.authorship()):
                yield follows


def _next_visit_undone(session: Session, visit: Change, *, removed: bool) -> Iterator[Change]:
    """The change to the date of the next visit when the visit that said it was entered in error, or is put back."""
    closing = read(session, "closing", record_ids.closing_id(visit.record_id), visit.person_id)
    person = read(session, "person", visit.person_id or "", visit.person_id)
    earlier = [version.value for version in history(session, person, "next_visit")]
    undone = follow_ups.next_visit_undone(closing, person, earlier, session.authorship(), removed=removed)
    if undone:
        yield undone


def tidied(kind: str, values: Mapping[str, Value], today: date) -> dict[str, Value]:
    """Values as they are stored: text tidied by its field type, others unchanged."""
    return {
        name: forms.tidy(kind, name, value, today) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _changes(
    record: Record, values: Mapping[str, Value], today: date, stamp: Authorship, floors: Mapping[str, date]
) -> list[Change]:
    """The changes that set these values on a record, after tidying.

    A date that was worked out from "next Friday" or "in 2 weeks" is written twice, first as it was typed: the history
    then shows what was said and what it was taken for.
    """
    values = statuses.with_mark(record.kind, values)
    kept = tidied(record.kind, values, today)
    kept |= {name: whole_days.tidy_from(str(values[name] or ""), today, floor) for name, floor in floors.items()}
    # An empty field that was never written is not a change.
    kept = {name: None if value == "" and record.fields.get(name) is None else value for name, value in kept.items()}
    said = {
        name: value.strip()
        for name, value in values.items()
        if isinstance(value, str)
        and kept[name] != record.fields.get(name)
        and forms.is_computed_date(record.kind, name, value)
    }
    first = write(record, {**kept, **said}, stamp)
    if first is None or not said:
        return [first] if first else []
    shown = replace(record, fields={**record.fields, **first.fields})
    second = write(shown, {name: kept[name] for name in said}, stamp)
    return [first, second] if second else [first]
