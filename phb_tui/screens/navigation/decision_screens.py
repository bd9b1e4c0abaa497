"""Screens of requests, decisions and agreements by name."""

from __future__ import annotations

from collections.abc import Mapping

from phb_tui.screens.base.protocols import AppProtocol
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.decision.agreement import AgreementScreen
from phb_tui.screens.decision.ask import AskScreen
from phb_tui.screens.decision.ask_else import AskElseScreen
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decision_log import DecisionLogScreen
from phb_tui.screens.decision.decision_page import DecisionPageScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.decision.letters import LettersScreen
from phb_tui.screens.navigation.screen_factory import ScreenFactory
from phb_tui.screens.person.section import NEW
from phb_tui.services.records import editing


def _request(app: AppProtocol, person_id: str, which: str) -> BaseScreen:
    """What was asked and decided, to be read; what is being written, where it is written."""
    record = editing.read(app.session, "request", which, person_id)
    if which != NEW and record.text("asked_on"):
        return DecisionPageScreen(person_id, which)
    return AskScreen(person_id, record.text("again_id"))


SCREENS: Mapping[str, ScreenFactory] = {
    "request": _request,
    "agreement": lambda _app, person_id, _which: AgreementScreen(person_id),
    "ask": lambda _app, person_id, which: AskScreen(person_id, which),
    "ask_else": lambda _app, person_id, which: AskElseScreen(person_id, which),
    "decide": lambda _app, person_id, which: DecideScreen(person_id, which),
    "decision": lambda _app, person_id, which: DecisionPageScreen(person_id, which.partition(":")[0]),
    "decision_log": lambda _app, _person_id, _which: DecisionLogScreen(),
    "decisions": lambda _app, person_id, which: DecisionsScreen(person_id, which),
    "letters": lambda _app, person_id, _which: LettersScreen(person_id),
}
