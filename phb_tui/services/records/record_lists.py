"""Records of every kind, by their declaration: the one a person has, the list a person has, a line for each."""

from collections.abc import Iterable, Mapping

from phb_tui.content import forms
from phb_tui.domain.calendar import dates
from phb_tui.domain.plan import exclusions
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, Record, Value
from phb_tui.i18n import _
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.store import records

UNSAID = "(not written yet)"
"""Stands where nothing is written; looked up where it is shown."""

TICKED = {"done", "removed", "completed"}
"""Fields of no form that say only yes or no."""

Everything = dict[str, list[Record]]
"""Every record about a person by its kind, without what was taken off its list."""


def of(session: Session, kind: str, person_id: str, parent: Record | None = None) -> list[Record]:
    """The records of one kind about a person, or of those the ones under another record, oldest first."""
    there = of_kinds(session, (kind,), person_id)
    return there if parent is None else [r for r in there if r.text(parent_field(kind)) == parent.record_id]


def of_kinds(session: Session, kinds: Iterable[str], person_id: str) -> list[Record]:
    """The records of several kinds about a person, oldest first."""
    found = records.of_person(session.store.db, session.team_id, person_id, *kinds)
    return _there(session, person_id, found)


def everything(session: Session, person_id: str, *, undecided: bool = False) -> Everything:
    """Everything that is known about a person, the person first.

    Args:
        session: The session.
        person_id: The person.
        undecided: Also what was taken off its list while it is not decided whether it stays on it.
    """
    found: Everything = {}
    kept = records.all_of_person(session.store.db, session.team_id, person_id)
    for record in _there(session, person_id, kept, undecided=undecided):
        found.setdefault(record.kind, []).append(record)
    return found


def single(session: Session, kind: str, person_id: str | None) -> Record:
    """The one record of a kind that a person has, or the team when there is no person; without fields until begun."""
    return editing.read(session, kind, record_ids.single_id(person_id or session.team_id, kind), person_id)


def new(session: Session, kind: str, person_id: str) -> Record:
    """A record that does not exist until something is kept in it."""
    return editing.new_record(session, kind, person_id)


def under(parent: Record, kind: str) -> dict[str, str]:
    """What a new record of a kind needs to say to which record it belongs."""
    return {parent_field(kind): parent.record_id}


def parent_field(kind: str) -> str:
    """The field in which a record says to which other record it belongs."""
    return f"{forms.form(kind).under}_id"


def is_listed(record: Record) -> bool:
    """Whether a record is still on its list."""
    return record.text("removed") != "yes"


def for_staff(record: Record) -> bool:
    """Whether only staff may see a record: by its form, or because it says so itself."""
    return record.text("only_staff") == "yes" or (forms.known(record.kind) and not forms.form(record.kind).family)


def _there(session: Session, person_id: str, found: Iterable[Record], *, undecided: bool = False) -> list[Record]:
    """Those that are on their lists. What belongs to something that was entered in error leaves with it."""
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
    """The id of the record that one belongs to: its visit, or what its form says; "" for none."""
    if found := record.text("visit_id"):
        return found
    under = forms.form(record.kind).under if forms.known(record.kind) else ""
    return record.text(f"{under}_id") if under else ""


def _is_their_own(task: Record) -> bool:
    """Whether somebody reworded a task that something said had made."""
    return task.text("from_words") not in {task.text("what"), task.text("by_when")}


def has_ended(session: Session, record: Record) -> bool:
    """Whether a record has ended: it is marked as finished or its last day is past."""
    return record.text("done") == "yes" or dates.over(record.text("end_date"), session.today)


def line(session: Session, record: Record) -> str:
    """A record in one line, as its form says; what is finished says so first."""
    if not forms.known(record.kind):
        return title(session, record)
    form = forms.form(record.kind)
    parts = (" ".join(display(session, record, name).split()) for name in form.line)
    return marked(session, record, " - ".join(part for part in parts if part) or _first_words(record) or _(UNSAID))


def marked(session: Session, record: Record, words: str) -> str:
    """The line of a record, with what it is once it is finished before it."""
    if record.text("done") == "yes":
        return f"{forms.form(record.kind).mark}: {words}"
    return _("Ended: {words}").format(words=words) if has_ended(session, record) else words


def title(session: Session, record: Record) -> str:
    """What a record is called: the first thing of its line that is written; its form's title where it has no line."""
    if not forms.known(record.kind):
        return record.kind.replace("_", " ")
    form = forms.form(record.kind)
    if not form.line:
        return form.title
    written = (" ".join(display(session, record, name).split()) for name in form.line)
    return next((words for words in written if words), "") or _first_words(record) or _(UNSAID)


def _first_words(record: Record) -> str:
    """The first thing that is written in a record, when nothing is that usually names it."""
    written = (" ".join(record.text(f.name).split()) for f in forms.form(record.kind).fields() if f.type == "words")
    return next((words for words in written if words), "")


def display(session: Session, record: Record, name: str) -> str:
    """A field of a record as a reader wants it; a link is the line of the record it points to."""
    return in_words(session, record.kind, name, record.fields.get(name)) if record.text(name) else ""


def in_words(session: Session, kind: str, name: str, value: Value) -> str:
    """A value of a field as a reader wants it; "" for nothing. What is only ticked or not says so."""
    field = forms.field(kind, name)
    linked = field.type == "link" if field is not None else name.endswith(forms.BELONGS)
    if linked and value:
        target = records.get(session.store.db, session.team_id, str(value))
        return line(session, target) if target else _(UNSAID)
    if name in TICKED or (field is not None and field.type == "ticks"):
        return _("Yes") if value == "yes" else _("No")
    return forms.show(kind, name, value)


def options(session: Session, field: forms.FormField, record: Record) -> Mapping[str, str]:
    """What can be chosen in a field of a record, by code; for a link the records it can point to, by id."""
    if field.type == "link":
        return {found.record_id: line(session, found) for found in of(session, field.of, record.person_id or "")}
    taken = exclusions.never(record) if (record.kind, field.name) == ("excluded_spend", "outcome") else set()
    return {code: words for code, words in (field.options or {}).items() if code not in taken}


def ticked(record: Record, name: str) -> list[str]:
    """The options of a field of ticks that are ticked, as a reader wants them."""
    asked = forms.form(record.kind).fields() if forms.known(record.kind) else ()
    found = next((field for field in asked if field.name == name), None)
    return (
        [words for code, words in (found.options or {}).items() if record.text(f"{name}{forms.TICK}{code}") == "yes"]
        if found
        else []
    )


def remove(session: Session, record: Record) -> Record:
    """Take a record off its list; it stays in the history and can be put back."""
    return editing.save(session, record, {"removed": "yes"})


def by_parent(found: Iterable[Record], parents: Iterable[Record]) -> dict[str, list[Record]]:
    """Records under each parent by its id; under "" those that have none, or whose parent is gone."""
    under: dict[str, list[Record]] = {"": [], **{parent.record_id: [] for parent in parents}}
    for record in found:
        under.get(record.text(parent_field(record.kind)), under[""]).append(record)
    return under
