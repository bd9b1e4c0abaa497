"""Which pages and fields of a form are asked for a record, by the conditions in its declaration."""

from collections.abc import Mapping

from phb_tui.content import forms
from phb_tui.content.condition import Condition
from phb_tui.content.forms import FormField, Page
from phb_tui.domain.records.changes import Record
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import records


def is_page_asked(session: Session, record: Record, page: Page, context: Mapping[str, str]) -> bool:
    """Whether a page is asked: its condition is met, or one of its fields is filled in.

    Args:
        session: The session.
        record: The record, which may not have been saved yet.
        page: The page of its form.
        context: Fields that link a new record to its parent.
    """
    if page.when is None or any(_is_filled_in(record, field) for field in page.fields):
        return True
    return _is_met(session, record, page.when, context)


def is_field_asked(session: Session, record: Record, field: FormField, context: Mapping[str, str]) -> bool:
    """Whether a field is asked: its condition is met, or it is filled in; arguments as for a page."""
    if field.when is None or _is_filled_in(record, field):
        return True
    return _is_met(session, record, field.when, context)


def _is_filled_in(record: Record, field: FormField) -> bool:
    return any(map(record.text, field.names()))


def _is_met(session: Session, record: Record, when: Condition, context: Mapping[str, str]) -> bool:
    source = _source(session, record, when.kind, context)
    held = source.text(when.field) if source is not None else ""
    asked = forms.field(when.kind, when.field)
    if not held and asked is not None and asked.type == "choice":
        held = next(iter(asked.options or {}), "")
    return when.is_met(held)


def _source(session: Session, record: Record, kind: str, context: Mapping[str, str]) -> Record | None:
    """The record that a condition looks at: the record itself, its parent, or the only one of its kind."""
    if kind == record.kind:
        return record
    if kind == forms.form(record.kind).under:
        link = record_lists.parent_field(record.kind)
        return records.get(session.store.db, session.team_id, record.text(link) or context.get(link, ""))
    return record_lists.single(session, kind, record.person_id)
