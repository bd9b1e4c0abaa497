"""Which pages and fields of a form are asked for a record, by the conditions in its declaration.

What is filled in is asked all the same, so that it can be seen and taken out. Of an agreement it is not said to
anybody: one that is made from another, to change the way, begins with all of its words, and the money of a notional
budget, for one, has no holder.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from phb_tui.content import forms
from phb_tui.content.condition import Condition
from phb_tui.content.forms import TICK, FormField, Page
from phb_tui.domain.decision import agreements as rules
from phb_tui.domain.records.changes import YES, Record
from phb_tui.i18n import _
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.store import records

AGREEMENT = "agreement"


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


def foreign(agreement: Record) -> list[str]:
    """The fields that hold something which an agreement of its kind does not ask, in the order of its form.

    Of a kind that only a newer version knows it is not known, so there are none.
    """
    kind = agreement.text("kind") or rules.DIRECT_PAYMENT
    if kind not in (forms.form(AGREEMENT).by_name["kind"].options or {}):
        return []
    return [name for field, is_asked in _asked_in(kind) for name in field.names()
            if _is_held(agreement, name) and not (is_asked and _is_explained(kind, name))]  # fmt: skip


def fitting(agreement: Record) -> Record:
    """An agreement as it is read and printed: without what does not belong to it."""
    without = set(foreign(agreement))
    return replace(agreement, fields={name: held for name, held in agreement.fields.items() if name not in without})


def left_out(agreement: Record) -> str:
    """What is written and not said, for it does not belong to what was agreed, in a sentence for staff; "" for none."""
    labels = dict.fromkeys(forms.printed_label(AGREEMENT, name) for name in foreign(agreement))
    if not labels:
        return ""
    return _("Not part of what was agreed, so the letter leaves it out: {what}.").format(what="; ".join(labels))


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


def _asked_in(kind: str) -> Iterator[tuple[FormField, bool]]:
    """Every field, and whether it is asked in an agreement of a kind."""
    for page in forms.form(AGREEMENT).pages:
        for field in page.fields:
            found = (when for when in (page.when, field.when) if when is not None)
            yield field, all(when.is_met(kind) for when in found if (when.kind, when.field) == (AGREEMENT, "kind"))


def _is_held(agreement: Record, name: str) -> bool:
    return agreement.text(name) == YES if TICK in name else bool(agreement.text(name))


def _is_explained(kind: str, name: str) -> bool:
    """Whether a tick is about something that has a place in an agreement of a kind; any other field is no tick."""
    return name.partition(TICK)[2] not in rules.EXPLAINED_TO_NOBODY.get(kind, ())
