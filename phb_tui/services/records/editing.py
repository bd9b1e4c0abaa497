"""Writing in a field: kept while typing, a change when it is left, and its history."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from phb_tui.content import completeness_rules, forms
from phb_tui.domain.plan import follow_ups
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Authorship, Change, Record, Value, write
from phb_tui.i18n import N_, _
from phb_tui.services.records import visit_start
from phb_tui.services.records.reading import read, seen
from phb_tui.services.session import Session
from phb_tui.store import change_log, disk_reserve, local_writes, records
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
    "seen",
    "tidied",
    "whole_history",
]

_TASKS = {"money_choice": N_("Come back to which way to manage the money fits")}
"""What a task says that comes from a date, by the kind of record the date is in."""


def save(session: Session, record: Record, values: Mapping[str, Value]) -> Record:
    """Keep new values of a record, durably, as one change.

    Args:
        session: The session.
        record: As the screen showed it.
        values: Field by field, as typed; words are tidied here.

    Returns:
        The record as it is now.

    Raises:
        NotSaved: The disk refuses; nothing changed.
    """
    return save_all(session, [(record, values)])[0]


def save_all(session: Session, edits: list[tuple[Record, Mapping[str, Value]]]) -> list[Record]:
    """Keep new values of several records, all or none."""
    stamp = session.authorship()
    made = [_written(record, values, session.today, stamp) for record, values in edits]
    save_changes(session, [change for changed in made for change in changed])
    for (record, _values), changed in zip(edits, made, strict=True):
        if not changed:
            local_writes.drop_drafts(session.store.db, record.team_id, record.record_id)
    return [read(session, record.kind, record.record_id, record.person_id) for record, _ in edits]


def save_changes(session: Session, made: list[Change]) -> None:
    """Keep changes that rules returned and what follows from them, durably and together."""
    if made:
        local_writes.commit_changes(
            session.store.db, [*made, *visit_start.begun_by(session, made), *_follow_ups(session, made)]
        )


def save_draft(session: Session, record: Record, values: Mapping[str, Value]) -> None:
    """Keep what is being typed, durably; leaving the field makes it a change.

    Args:
        session: The session.
        record: As the screen showed it.
        values: What stands in the field, with what its record needs to be found again after a crash.

    Raises:
        NotSaved: The disk refuses.
    """
    change = write(record, values, session.authorship())
    if change:
        local_writes.keep_draft(session.store.db, change)
    else:
        local_writes.drop_drafts(session.store.db, record.team_id, record.record_id)


def room_is_short(session: Session) -> bool:
    """Whether the disk was full, and words are kept in what was held back for them."""
    return not disk_reserve.is_whole(session.store.db)


def history(session: Session, record: Record, name: str) -> list[FieldVersion]:
    """Every value a field has had, newest first."""
    return change_log.history(session.store.db, record.team_id, record.record_id, name)


def whole_history(session: Session, record: Record) -> list[tuple[str, FieldVersion]]:
    """Every value that any field of a record has had, each with the field's name, newest first."""
    names = change_log.names(session.store.db, record.team_id, record.record_id)
    found = [(name, version) for name in names for version in history(session, record, name)]
    return sorted(found, key=lambda one: (one[1].at, one[1].author), reverse=True)


def restore(session: Session, record: Record, name: str, version: FieldVersion) -> Record:
    """Give a field an earlier value again; it is a new change, and nothing between is lost."""
    return save(session, record, {name: version.value})


def new_record(session: Session, kind: str, person_id: str | None) -> Record:
    """A record that does not exist until something is kept in it."""
    record = Record(session.team_id, kind, session.new_id(), person_id, {}, seen(session))
    return replace(record, person_id=record.record_id) if kind == "person" else record


def _follow_ups(session: Session, made: list[Change]) -> Iterator[Change]:
    """What changed fields do to other records."""
    for record_id, change in {change.record_id: change for change in made}.items():
        news = {name: value for other in made if other.record_id == record_id for name, value in other.fields.items()}
        if change.kind == "setup" and news.get("management"):
            yield from _explained(session, change.person_id or "", str(news["management"]))
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


def _explained(session: Session, person_id: str, way: str) -> Iterator[Change]:
    """What another way of managing the money does to the tasks that were made for the way before.

    Those that the new way has not are taken off the list; those that were taken off so, and that it has, come back.
    """
    wanted = {record_ids.task_id(person_id, task.id) for task in completeness_rules.set_up_tasks(way)}
    for task in records.of_person(session.store.db, session.team_id, person_id, "task"):
        off = task.text("removed") == "yes"
        change = None
        if task.text("made_for") and task.record_id not in wanted and not off and task.text("done") != "yes":
            change = write(task, {"removed": "yes", "closed_for_way": way}, session.authorship())
        elif task.record_id in wanted and off and task.text("closed_for_way"):
            change = write(task, {"removed": "", "closed_for_way": ""}, session.authorship())
        if change:
            yield change


def tidied(kind: str, values: Mapping[str, Value], today: date) -> dict[str, Value]:
    """Values as they are kept: words tidied as their fields ask, anything else as it is."""
    return {
        name: forms.tidy(kind, name, value, today) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _written(record: Record, values: Mapping[str, Value], today: date, stamp: Authorship) -> list[Change]:
    """The changes that give a record these values, tidied.

    A date that was worked out from "next Friday" or "in 2 weeks" is written twice, first as it was typed: the history
    then shows what was said and what it was taken for.
    """
    kept = tidied(record.kind, values, today)
    # An empty field that was never written is not a change.
    kept = {name: None if value == "" and record.fields.get(name) is None else value for name, value in kept.items()}
    said = {
        name: value.strip()
        for name, value in values.items()
        if isinstance(value, str)
        and kept[name] != record.fields.get(name)
        and forms.works_out(record.kind, name, value)
    }
    first = write(record, {**kept, **said}, stamp)
    if first is None or not said:
        return [first] if first else []
    shown = replace(record, fields={**record.fields, **first.fields})
    second = write(shown, {name: kept[name] for name in said}, stamp)
    return [first, second] if second else [first]
