"""Screens of a person's budgets by name."""

from __future__ import annotations

from collections.abc import Mapping

from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.budget import places
from phb_tui.screens.budget.budget_screen import BudgetScreen
from phb_tui.screens.budget.compare import CompareScreen
from phb_tui.screens.budget.enough import EnoughScreen
from phb_tui.screens.budget.keep_version import KeepVersionScreen
from phb_tui.screens.budget.kept_version import KeptVersionScreen
from phb_tui.screens.budget.pictures import MoneyPicturesScreen
from phb_tui.screens.budget.what_if import WhatIfScreen
from phb_tui.screens.budget.working_screen import WorkingScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.navigation.screen_factory import ScreenFactory
from phb_tui.screens.person.section import NEW
from phb_tui.services.records import editing, record_lists


def _budget(app: AppProtocol, person_id: str, which: str) -> BaseScreen:
    """A budget by its id, else the newest; where there is none, the form of a new one, which the budget follows."""
    found = places.budget_of(app.session, person_id, which) if which != NEW else None
    if which not in {"", NEW} or found is not None:
        return BudgetScreen(person_id, found.record_id if found else which)
    new = record_lists.new(app.session, "budget", person_id)
    form = FormScreen(new)
    form.then = lambda: BudgetScreen(person_id, new.record_id)
    return form


def _working(app: AppProtocol, person_id: str, which: str) -> BaseScreen:
    """How a budget was worked out, by its id, else the newest."""
    found = places.budget_of(app.session, person_id, which)
    return WorkingScreen(person_id, found.record_id if found else which)


SCREENS: Mapping[str, ScreenFactory] = {
    "budget": _budget,
    "working": _working,
    "what_if": lambda _app, person_id, which: WhatIfScreen(person_id, which),
    "money_pictures": lambda _app, person_id, which: MoneyPicturesScreen(person_id, which),
    "compare": lambda _app, person_id, which: CompareScreen(person_id, which),
    "enough": lambda _app, person_id, which: EnoughScreen(person_id, which),
    "keep_budget": lambda _app, person_id, which: KeepVersionScreen(person_id, which),
    "kept_budget": lambda app, person_id, which: KeptVersionScreen(
        editing.read(app.session, "budget_version", which, person_id)
    ),
}
