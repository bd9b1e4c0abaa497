"""What is asked on the screens of a decision and stands on no page of a form: who decides, and which budget."""

from __future__ import annotations

from phb_tui.content import forms
from phb_tui.content.forms import FormField
from phb_tui.domain.records.changes import Record
from phb_tui.i18n import _
from phb_tui.screens.forms.field_row import FieldRow
from phb_tui.screens.widgets.choice_list import ChoiceList
from phb_tui.services.decision.subjects import Subject


def choice(name: str, label: str) -> FormField:
    """A field whose options are given where it is shown."""
    return FormField.model_construct(name=name, label=label, type="choice", hint="", staff_only=False)


def budget_name(subject: Subject) -> str:
    """A budget as it can be chosen: its name and the version that would be asked about."""
    budget, version = subject.budget, subject.version
    name = budget.text("name").strip() or forms.form("budget").title
    if version is None:
        return _("{name}: no version to ask about").format(name=name)
    return _("{name}: version {number}").format(name=name, number=version.text("number"))


def show(row: FieldRow, code: str, options: dict[str, str]) -> None:
    """Show the options of a field that stands in no form, with the chosen one."""
    for choice in row.query(ChoiceList):
        choice.show(Record("", "", "", None, {row.field.name: code}), options)
