"""The one status of a record: a choice in its form, or the mark "done" that earlier versions had beside it.

A record of an earlier version may have both. Its mark decides whether it is done, for the lists of that version went by
it; without a mark the choice does. The mark is still written, for laptops that have not been updated.
"""

from collections.abc import Mapping

from phb_tui.content import forms
from phb_tui.content.form_field import FormField
from phb_tui.domain.records.changes import YES, Record, Value
from phb_tui.i18n import _

DONE = "done"
"""The name of the mark."""
NOT_NEEDED = "not_needed"
"""The name of the field of a task that says why it is not needed any more; while it says so the task has ended."""


def code(record: Record) -> str:
    """The code of a record's status; "" for none, also of a kind without one."""
    field = _field(record.kind)
    if field is None:
        return ""
    kept, mark = record.text(field.name), record.fields.get(DONE)
    if mark == YES:
        return kept if kept in field.ends else field.ends[0]
    return "" if kept == field.ends[0] and mark is not None else kept  # the mark was taken away again


def value(record: Record, name: str) -> Value:
    """What a field of a record holds, its status as it is to be read."""
    field = _field(record.kind)
    return code(record) if field is not None and field.name == name else record.fields.get(name)


def has_ended(record: Record) -> bool:
    """Whether a record has ended by its status or, without one, by its mark; not while two versions are undecided."""
    field = _field(record.kind)
    if not {DONE, NOT_NEEDED}.isdisjoint(record.open) or (field is not None and field.name in record.open):
        return False
    return _is_over(record) if field is None else code(record) in field.ends


def words(record: Record) -> str:
    """What a record is that has ended, such as "Done" or "Cancelled"; "" for one that has not."""
    form, field = forms.form(record.kind), _field(record.kind)
    if field is not None:
        return forms.show(record.kind, field.name, code(record)) if code(record) in field.ends else ""
    if record.text(DONE) == YES:
        return form.mark
    return _("Not needed any more") if _is_over(record) else ""


def with_mark(kind: str, values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Values to be saved; with a status goes the mark that says the same."""
    field = _field(kind)
    if field is None or field.name not in values or DONE in values:
        return values
    return {**values, DONE: YES if values[field.name] == field.ends[0] else ""}


def _is_over(record: Record) -> bool:
    """Whether a record without a status is done, or is not needed any more."""
    asked = forms.known(record.kind) and NOT_NEEDED in forms.form(record.kind).by_name
    return record.text(DONE) == YES or (asked and bool(record.text(NOT_NEEDED)))


def _field(kind: str) -> FormField | None:
    return forms.form(kind).status if forms.known(kind) else None
