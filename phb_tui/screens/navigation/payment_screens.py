"""Screens of what is paid and bought by name."""

from __future__ import annotations

from collections.abc import Mapping

from phb_tui.screens.navigation.screen_factory import ScreenFactory
from phb_tui.screens.payments.import_statement import ImportStatementScreen
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.screens.payments.spending import SpendingScreen

SCREENS: Mapping[str, ScreenFactory] = {
    "payments": lambda _app, person_id, _which: PaymentsScreen(person_id),
    "spending": lambda _app, person_id, _which: SpendingScreen(person_id),
    "import_statement": lambda _app, person_id, _which: ImportStatementScreen(person_id),
}
