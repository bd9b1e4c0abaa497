"""Screens of a person's plan, its copies and what is read as a paper, by name."""

from __future__ import annotations

from collections.abc import Mapping

from phb_tui.screens.navigation.screen_factory import ScreenFactory
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.visit.expectations import ExpectationsScreen

SCREENS: Mapping[str, ScreenFactory] = {
    "plan": lambda _app, person_id, _which: PlanScreen(person_id),
    "copies": lambda _app, person_id, which: CopiesScreen(person_id, which=which),
    "money": lambda _app, person_id, _which: MoneyScreen(person_id),
    "expect": lambda _app, person_id, which: ExpectationsScreen(person_id, int(which)),
}
