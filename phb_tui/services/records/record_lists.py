"""Lists of records and their one-line summaries, by the declaration of each kind."""

from collections.abc import Iterable, Mapping

from phb_tui.content import forms, statuses
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision import agreements
from phb_tui.domain.plan import exclusions
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, Record, Value
from phb_tui.domain.text import one_line
from phb_tui.i18n import _
from phb_tui.services.records import bought_lines, editing, roster
from phb_tui.services.session import Session
from phb_tui.store import records

UNSAID = "(not written yet)"
"""Text for an empty record; translated where it is shown."""

TICKED = {"done", "removed", "completed"}
"""Names of check-box fields that belong to every kind of record and stand in no form."""

Everything = dict[str, list[Record]]
"""All records about a person by kind, without removed ones."""


def of(session: Session, kind: str, person_id: str, parent: Record | None = None) -> list[Record]:
    """Records of one kind about a person, oldest first; with a parent, only its child records."""
    there = of_kinds(session, (kind,), person_id)
    return there if parent is None else [r for r in there if r.text(parent_field(kind)) == parent.record_id]


def of_kinds(session: Session, kinds: Iterable[str], person_id: str) -> list[Record]:
    """Records of several kinds about a person, oldest first."""
    found = records.of_person(session.store.db, session.team_id, person_id, *kinds)
    return _listed(session, person_id, found)


def everything(session: Session, person_id: str, *, undecided: bool = False) -> Everything:
    """All records about a person, their own record first.

    Args:
        session: The session.
        person_id: The person.
        undecided: Whether to include removed records whose removal is in conflict, or will be when it is sent.
    """
    found: Everything = {}
    db, team_id = session.store.db, session.team_id
    kept = records.all_of_person(db, team_id, person_id)
    if undecided:
        coming = {record.record_id: record for record in records.about_to_conflict(db, team_id, person_id)}
        kept = [coming.get(record.record_id, record) for record in kept]
    for record in _listed(session, person_id, kept, undecided=undecided):
        found.setdefault(record.kind, []).append(record)
    return found


def single(session: Session, kind: str, person_id: str | None) -> Record:
    """The only record of a kind that a person has, or that the team has when no person is given; empty until saved."""
    return editing.read(session, kind, record_ids.single_id(person_id or session.team_id, kind), person_id)


def new(session: Session, kind: str, person_id: str) -> Record:
    """An empty record that is not stored until a field of it is saved."""
    return editing.new_record(session, kind, person_id)


def parent_link(parent: Record, kind: str) -> dict[str, str]:
    """The fields that link a new record of a kind to its parent."""
    return {parent_field(kind): parent.record_id}


def parent_field(kind: str) -> str:
    """Name of the field with the parent's id."""
    return f"{forms.form(kind).under}_id"


def is_listed(record: Record) -> bool:
    """Whether a record has not been removed."""
    return record.text("removed") != "yes"


def is_in_error(record: Record) -> bool:
    """Whether a record is marked as entered in error, not just removed from its list."""
    return not is_listed(record) and bool(record.text("error_reason"))


def for_staff(record: Record) -> bool:
    """Whether only staff may read a record, by its form or by its own field."""
    return record.text("only_staff") == "yes" or (forms.known(record.kind) and not forms.form(record.kind).family)


def _listed(session: Session, person_id: str, found: Iterable[Record], *, undecided: bool = False) -> list[Record]:
    """Records that are not removed; child records of one entered in error are left out too."""
    there = [record for record in found if is_listed(record) or (undecided and REMOVED in record.open)]
    gone = records.in_error(session.store.db, session.team_id, person_id) - {record.record_id for record in there}
    if not gone:
        return there
    everybody = records.all_of_person(session.store.db, session.team_id, person_id)
    size = 0
    while size != len(gone):  # what belongs to what belongs to it, too
        size = len(gone)
        gone |= {record.record_id for record in everybody if _belongs_to(record) in gone}
    return [
        record
        for record in there
        if record.record_id not in gone and (record.text("from_id") not in gone or _is_their_own(record))
    ]


def _belongs_to(record: Record) -> str:
    """Id of a record's parent: its visit, or the one its form declares; "" for none."""
    if found := record.text("visit_id"):
        return found
    under = forms.form(record.kind).under if forms.known(record.kind) else ""
    return record.text(f"{under}_id") if under else ""


def _is_their_own(task: Record) -> bool:
    """Whether somebody edited a follow-up task, which then no longer follows its answer."""
    return task.text("from_words") not in {task.text("what"), task.text("by_when")}


def has_ended(session: Session, record: Record) -> bool:
    """Whether a record has ended: it is marked as done or its last day is past.

    While two versions of that are not decided it has not: an alert stands, and a task is due.
    """
    ends = [record.text("end_date"), *(str(side.value or "") for side in record.open.get("end_date", ()))]
    return statuses.has_ended(record) or all(dates.is_past(end, session.today) for end in ends)


def line(session: Session, record: Record) -> str:
    """A record's one-line summary, by its form; "done" and the like come first."""
    if not forms.known(record.kind):
        return title(session, record)
    form = forms.form(record.kind)
    parts = (one_line.joined(display(session, record, name)) for name in form.line)
    return marked(session, record, " - ".join(part for part in parts if part) or _first_words(record) or _(UNSAID))


def marked(session: Session, record: Record, words: str) -> str:
    """A summary line with the record's state, such as "done", before it."""
    if ended := statuses.words(record):
        return f"{ended}: {words}"
    return _("Ended: {words}").format(words=words) if has_ended(session, record) else words


def title(session: Session, record: Record) -> str:
    """A record's title: the first filled field of its summary line, else its form's title."""
    if not forms.known(record.kind):
        return record.kind.replace("_", " ")
    form = forms.form(record.kind)
    if not form.line:
        return form.title
    written = (one_line.joined(display(session, record, name)) for name in form.line)
    return next((words for words in written if words), "") or _first_words(record) or _(UNSAID)


def _first_words(record: Record) -> str:
    """The first filled text field of a record, when no naming field is filled."""
    written = (" ".join(record.text(f.name).split()) for f in forms.form(record.kind).fields() if f.type == "words")
    return next((words for words in written if words), "")


def display(session: Session, record: Record, name: str) -> str:
    """A field's value as shown to a reader; a link as the summary line of its record."""
    value = statuses.value(record, name)
    return in_words(session, record.kind, name, value) if value else ""


def in_words(session: Session, kind: str, name: str, value: Value) -> str:
    """A value as shown to a reader; "" when empty."""
    if (kind, name) == bought_lines.FIELD and value:
        return bought_lines.name(session, str(value))
    field = forms.field(kind, name)
    if staff := forms.staff(kind, name, value):
        return ", ".join(roster.decider_name(session, each) for each in staff)
    linked = field.type == "link" if field is not None else name.endswith(forms.BELONGS)
    if linked and value:
        target = records.get(session.store.db, session.team_id, str(value))
        # One that was entered in error may be somebody else's: its words stand on no paper and in no list.
        return line(session, target) if target and not is_in_error(target) else _(UNSAID)
    if name in TICKED or (field is not None and field.type == "ticks"):
        return _("Yes") if value == "yes" else _("No")
    return forms.show(kind, name, value)


def options(session: Session, field: forms.FormField, record: Record) -> Mapping[str, str]:
    """The options of a field by code; for a link the records it can point to, by id."""
    if field.type == "link":
        there = of(session, field.of, record.person_id or "")
        return {found.record_id: line(session, found) for found in there if found.record_id != record.record_id}
    if (record.kind, field.name) == ("excluded_spend", "outcome"):
        taken = exclusions.impossible_decisions(record)
    else:
        taken = agreements.impossible(record, field.name) if record.kind == "agreement" else set()
    return {code: words for code, words in (field.options or {}).items() if code not in taken}


def ticked(record: Record, name: str) -> list[str]:
    """Labels of the selected options of a check-box field."""
    asked = forms.form(record.kind).fields() if forms.known(record.kind) else ()
    found = next((field for field in asked if field.name == name), None)
    return (
        [words for code, words in (found.options or {}).items() if record.text(f"{name}{forms.TICK}{code}") == "yes"]
        if found
        else []
    )


def remove(session: Session, record: Record) -> Record:
    """Remove a record from its list; it stays in the history and can be restored."""
    return editing.save(session, record, {"removed": "yes"})


def by_parent(found: Iterable[Record], parents: Iterable[Record]) -> dict[str, list[Record]]:
    """Records grouped by the id of their parent; under "" those without one."""
    under: dict[str, list[Record]] = {"": [], **{parent.record_id: [] for parent in parents}}
    for record in found:
        under.get(record.text(parent_field(record.kind)), under[""]).append(record)
    return under
