"""Places that the screens of a budget lead to: the page of a form with a field, and the budget one speaks of."""

from __future__ import annotations

from phb_tui.content import forms
from phb_tui.domain.records.changes import Record
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.budget import budgets
from phb_tui.services.session import Session


def form_at(record: Record, field: str = "") -> BaseScreen:
    """The form of a record at the page with a field; at its first page when no page has it."""
    return FormScreen(record, forms.page_of(record.kind, field))


def budget_of(session: Session, person_id: str, budget_id: str) -> Record | None:
    """A budget by its id; without one the newest that is no "what if"; None where there is none."""
    if budget_id:
        return next((each for each in budgets.all_of(session, person_id) if each.record_id == budget_id), None)
    meant = budgets.meant(session, person_id)
    return meant[-1] if meant else None
