"""Base of screens on which a version is agreed, or a decision asked for or made: a draft that a button makes final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on

from phb_tui.domain.records.changes import Record
from phb_tui.errors import PhbError
from phb_tui.i18n import _
from phb_tui.screens.base.person_screen import PersonScreen
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.screens.widgets.error_summary import ErrorSummary
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import editing


class DraftScreen(PersonScreen):
    """Keeps each answer in a draft, as soon as it is given; only the button makes it final.

    Args:
        person_id: The person.
    """

    draft: Record | None = None
    """What is being written; None where nothing can be."""
    _warned: Sequence[tuple[str, str]] = ()
    """What was warned of when the button was pressed last; pressed again it goes on all the same."""

    def show_draft(self, draft: Record) -> None:
        """Show what the draft holds."""
        self.draft = draft
        for words in self.query(TextField):
            words.show(draft)
        for choice in self.query(ChoiceList):
            choice.show(draft, choice.asked.options or {})

    def chose(self, name: str, value: str) -> bool:
        """Take an answer that is not saved before the button; return whether it is one."""
        del name, value
        return False

    def keep(self, draft: Record, values: Mapping[str, str]) -> Record:
        """Save values of what is written."""
        return editing.save(self.session, draft, values)

    def save_field(self, field: TextField) -> Record | None:
        """Save a field of the draft."""
        if field.record is None:
            return None
        self.show_draft(self.keep(field.record, {field.field: field.text}))
        return self.draft

    @on(ChoiceList.Chosen)
    def _chosen(self, event: ChoiceList.Chosen) -> None:
        if self.draft is None or not self.phb_app.autosaver.save_all():
            return
        if self.chose(event.name, event.value):
            self.show_draft(self.draft)
            return
        try:
            self.show_draft(self.keep(self.draft, {event.name: event.value}))
        except PhbError as error:
            self.show_error(error)
            return
        self.phb_app.autosaver.note_saved()

    @on(TextField.Submitted)
    def _go_on(self) -> None:
        self.focus_next()

    def show_problems(self, problems: Sequence[tuple[str, str]], warnings: Sequence[tuple[str, str]] = ()) -> bool:
        """Show what stands against it, at its fields and at the top; return whether anything does.

        Args:
            problems: The place and the sentence of each.
            warnings: Likewise, what stops it once only; shown already, it stops nothing.
        """
        is_seen = not problems and list(warnings) == list(self._warned)
        self._warned = warnings
        found = [*problems, *(() if is_seen else warnings)]
        self.query_one(ErrorSummary).show(found, "" if problems else _("Look at this first"))
        for asked in self.query(FieldRow):
            asked.problem(dict(found).get(asked.field.name, ""))
        if found:
            self.query_one("#form").scroll_home(animate=False)
        return bool(found)

    def resolve_conflicts(self) -> None:
        """Open the conflicts to resolve; in family view refuse, since colleagues' texts are for staff."""
        if self.phb_app.family:
            self.show_error(PhbError("Turn the laptop back to you, then choose which version is right."))
            return
        self.phb_app.open_part(self.person_id, "conflicts")
