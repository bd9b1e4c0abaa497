"""The page of a form that is shown: the record's own fields and, among them, those of its first child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import events, on
from textual.widget import Widget
from textual.widgets import Static

from phb_tui.content import forms
from phb_tui.content.forms import FormField, Page
from phb_tui.domain.field_types import Problem
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import N_, _
from phb_tui.screens.forms.child_records import ChildRecords, Marks, Undoing
from phb_tui.screens.forms.field_row import FieldRow, place_of
from phb_tui.screens.forms.first_child import FirstChild
from phb_tui.screens.forms.form_pages import FormPages
from phb_tui.screens.forms.one_record import RecordForm
from phb_tui.screens.forms.read_only_row import ReadOnlyRow
from phb_tui.screens.forms.staff_only_fields import StaffOnlyFields
from phb_tui.screens.lists.stable_list import StableList
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import conditions, editing, record_checks, record_lists

SIGNED = N_("This was signed, so it stays as it is. To agree on something else, sign anew: Esc, then s.")


class FormPage(RecordForm):
    """Screen that shows one page of a record's form at a time.

    Args:
        record: The record, which may not have been saved yet.
        page: Index of the first page to show, from 0.
        context: Fields that link a new record to its parent.
    """

    def __init__(self, record: Record, page: int = 0, context: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.record = record
        self.form = forms.form(record.kind)
        self.pages = FormPages(self.form, self._is_page_asked)
        self.at = min(max(page, 0), len(self.form.pages) - 1)
        self.context = dict(context or {})
        self._named: tuple[Problem, ...] = ()
        self.started_empty = not record.fields
        self.masks = StaffOnlyFields(self.form, record)
        self._child: FirstChild | None = None
        """The child whose fields stand on the first page; read when the page is composed."""

    @property
    def page(self) -> Page:
        """The current page."""
        return self.form.pages[self.at]

    def _compose_page(self) -> Iterable[Widget]:
        before, after = self._split()
        if record_checks.is_signed(self.session, self.record):
            yield Static(_(SIGNED), classes="note", markup=False)
        yield from self._compose_fields(before)
        if (child := self._child_here()) is not None:
            yield from child.compose(hides=self.hides, family=self.phb_app.family)
        yield from self._compose_fields(after)

    def _compose_fields(self, fields: Iterable[FormField]) -> Iterable[Widget]:
        for field in fields:
            if self._is_fixed(field):
                yield ReadOnlyRow(self.session, field, self.record)
            else:
                yield from self.masks.compose([field], self.record, hides=self.hides)

    def _is_fixed(self, field: FormField) -> bool:
        """Whether a field is what was signed, which is read and not changed."""
        return record_checks.is_fixed(self.session, self.record, field.name)

    def _split(self) -> tuple[list[FormField], list[FormField]]:
        """The record's own fields of the page, before and after those of its child."""
        fields, child = self._fields(), self._child_here()
        names = [field.name for field in fields]
        cut = names.index(child.after) + 1 if child is not None and child.after in names else len(fields)
        return fields[:cut], fields[cut:]

    def _child_here(self) -> FirstChild | None:
        """The child whose fields stand on the page that is shown, if any do."""
        declared = self.page.child
        if declared is not None and self._child is None:
            self._child = FirstChild(declared, self.session, self.record)
        return self._child if declared is not None else None

    def _fields(self) -> list[FormField]:
        there = (field for field in self.page.fields if not (field.staff_only and self.phb_app.family))
        return [f for f in there if conditions.is_field_asked(self.session, self.record, f, self.context)]

    def _is_page_asked(self, page: Page) -> bool:
        return conditions.is_page_asked(self.session, self.record, page, self.context)

    def _visible_fields(self) -> list[FormField]:
        """The fields of the page that may be read and edited now."""
        return self._changeable(self._fields())

    def _changeable(self, fields: list[FormField]) -> list[FormField]:
        return [field for field in self.masks.visible(fields, hides=self.hides) if not self._is_fixed(field)]

    def _pages(self) -> list[int]:
        return self.pages.seen(family=self.phb_app.family)

    def _rows(self) -> list[tuple[str, FormField]]:
        """The kind of child, or "", and the field of each row that is to be shown."""
        before, after = map(self._changeable, self._split())
        child = self._child_here()
        held = child.visible(hides=self.hides, family=self.phb_app.family) if child is not None else []
        kind = child.kind if child is not None else ""
        parts = (("", before), (kind, held), ("", after))
        return [(of, field) for of, fields in parts for field in fields]

    def _show_fields(self) -> None:
        child = self._child
        for row in self.query(FieldRow):
            shown, context = self.record, self.context
            if row.child and child is not None:
                shown, context = child.record, child.context
            for words in row.query(TextField):
                words.context = context
                words.show(shown)
        for choice in self.query(ChoiceList):
            choice.show(self.record, self.options_of(choice.asked), self._add_words(choice))

    def options_of(self, field: FormField) -> Mapping[str, str]:
        """What can be chosen in a field, by code."""
        return record_lists.options(self.session, field, self.record)

    def _add_words(self, choice: ChoiceList) -> str:
        """What adds a record to choose; "" where none can be added: it would belong to another one, or be alike."""
        kind = choice.asked.of
        return forms.form(kind).add if kind and kind != self.record.kind and not forms.form(kind).under else ""

    def save_field(self, field: TextField) -> Record | None:
        """Save a field that was left: of the record, or of the child whose fields stand on the page."""
        child, shown = self._child, field.record
        if child is None or shown is None or shown.kind != child.kind:
            kept = super().save_field(field)
            if kept is not None and record_checks.is_signed(self.session, kept):
                self.call_next(self.reload)  # what was signed with this field can be read now, and not changed
            return kept
        kept = child.save(self.session, shown, {field.field: field.text})
        for words in self._typed_in_child():
            if words is not field:
                words.show(kept)
        if not self.record.fields:  # it is kept with its first child
            self.record = editing.read(self.session, self.record.kind, self.record.record_id, self.record.person_id)
            self.query_one(Marks).show(self.form, self.record)
        self.query_one(ChildRecords).show(self.session, self.record)
        return kept

    def _typed_in_child(self) -> list[TextField]:
        return [words for row in self.query(FieldRow) if row.child for words in row.query(TextField)]

    def _problems(self) -> tuple[Problem, ...]:
        here = {place_of(field.name, child) for child, field in self._rows()}
        child = self._child_here()
        found = [*record_checks.problems(self.session, self.record), *(child.problems(self.session) if child else ())]
        return tuple(problem for problem in found if problem.field in here)

    def _focus_first(self) -> None:
        for field in self._visible_fields()[:1]:
            for widget in self.query(f"#field-{field.name}"):  # none while the page is drawn anew
                self.set_focus(widget, scroll_visible=False)

    # -- where the focus is

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Scroll what has the focus into view, with its label and all of its line around."""
        del event
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        """Scroll to what has the focus now: a key may have moved it on; in a list longer than the page to its line."""
        if (focused := self.focused) is not None:
            row = next((above for above in focused.ancestors if isinstance(above, FieldRow)), focused)
            if isinstance(focused, StableList) and row.outer_size.height > self.query_one("#form").size.height:
                row.scroll_visible(animate=False, top=True)
                self.call_after_refresh(focused.show_line)
            else:
                row.scroll_visible(animate=False)

    @on(TextField.Submitted)
    def _go_on(self) -> None:
        """Go to the next field; from the last one to Continue."""
        self.focus_next()

    @property
    def focus_chain(self) -> list[Widget]:
        """What Tab and Enter go through: Continue before "Remove", which one key more would do."""
        chain = super().focus_chain
        return sorted(chain, key=lambda widget: isinstance(widget, Marks | Undoing))
