"""Fields of a record's first child, which stand on the form of the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.widget import Widget

from phb_tui.content import forms
from phb_tui.content.forms import ChildFields, FormField
from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record, Value
from phb_tui.screens.forms.field_row import place_of
from phb_tui.screens.forms.staff_only_fields import StaffOnlyFields
from phb_tui.services.records import editing, record_checks, record_lists
from phb_tui.services.session import Session


class FirstChild:
    """The first child of a record that has not ended, or a new one, which is kept once a field of it is filled in.

    Args:
        declared: The child's kind and the fields that are shown.
        session: The session.
        parent: The record that it belongs to, which may not have been saved yet.
    """

    def __init__(self, declared: ChildFields, session: Session, parent: Record) -> None:
        self.kind, self.after = declared.kind, declared.after
        form = forms.form(declared.kind)
        self.fields: list[FormField] = [form.by_name[name] for name in declared.fields]
        self.context = record_lists.parent_link(parent, declared.kind)
        """Fields that link the child to its parent."""
        self.record = record_lists.new(session, declared.kind, parent.person_id or "")
        self._masks = StaffOnlyFields(form, self.record)
        self.read(session, parent)

    def read(self, session: Session, parent: Record, *, typing: bool = False) -> None:
        """Read the child again; another one takes its place when it is no longer there.

        Args:
            session: The session.
            parent: The record that it belongs to.
            typing: Whether somebody is typing in one of its fields, so that it stays whatever happens to it.
        """
        there = record_lists.of(session, self.kind, parent.person_id or "", parent)
        held = next((child for child in there if child.record_id == self.record.record_id), None)
        if held is not None or typing:
            self.record = held or editing.read(session, self.kind, self.record.record_id, parent.person_id)
        else:
            going = (child for child in there if not record_lists.has_ended(session, child))
            if self.record.fields:
                self.record = record_lists.new(session, self.kind, parent.person_id or "")
            self.record = next(going, self.record)
            self._masks = StaffOnlyFields(forms.form(self.kind), self.record)
        self._masks.note_read(self.record)

    def save(self, session: Session, shown: Record, values: Mapping[str, Value]) -> Record:
        """Save fields of the child as they were typed, with the link to its parent when it is new.

        Args:
            session: The session.
            shown: The child as its fields showed it.
            values: What was typed, by field.

        Raises:
            NotSaved: The disk refuses.
        """
        said = any(str(value or "").strip() for value in values.values())
        missing = {name: value for name, value in self.context.items() if not shown.text(name)}
        kept = editing.save(session, shown, {**missing, **values} if said else values)
        if kept.record_id == self.record.record_id:
            self.record = self._masks.note_written(kept)
        return kept

    def visible(self, *, hides: bool, family: bool) -> list[FormField]:
        """The fields that may be read and edited now."""
        if hides and record_lists.for_staff(self.record):
            return []
        return self._masks.visible(self._shown(family=family), hides=hides)

    def compose(self, *, hides: bool, family: bool) -> Iterable[Widget]:
        """Compose each field or, for a masked one, a note that it has a value."""
        if not (hides and record_lists.for_staff(self.record)):
            yield from self._masks.compose(self._shown(family=family), self.record, hides=hides, child=self.kind)

    def problems(self, session: Session) -> list[Problem]:
        """What is wrong with the child, each at the place of its field; nothing about one that is not kept."""
        found = record_checks.problems(session, self.record) if self.record.fields else []
        return [replace(problem, field=place_of(problem.field, self.kind)) for problem in found]

    def _shown(self, *, family: bool) -> list[FormField]:
        return [field for field in self.fields if not (field.staff_only and family)]
