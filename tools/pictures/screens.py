"""The main screens: their names, their captions, and how each is made over the picture's laptop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.content.sections import section
from phb_tui.screens.budget.budget_screen import BudgetScreen
from phb_tui.screens.budget.enough import EnoughScreen
from phb_tui.screens.budget.keep_version import KeepVersionScreen
from phb_tui.screens.budget.pictures import MoneyPicturesScreen
from phb_tui.screens.budget.what_if import WhatIfScreen
from phb_tui.screens.budget.working_screen import WorkingScreen
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.caseload.due_this_week import DueThisWeekScreen
from phb_tui.screens.conflicts.low_risk import LowRiskConflictsScreen
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.decision.agreement import AgreementScreen
from phb_tui.screens.decision.ask import AskScreen
from phb_tui.screens.decision.decide import DecideScreen
from phb_tui.screens.decision.decisions import DecisionsScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.frame.hint_bar import keys_here
from phb_tui.screens.history.field_history import FieldHistoryScreen
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.screens.payments.spending import SpendingScreen
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.plan.preview import LetterScreen, PreviewScreen
from phb_tui.screens.shell.menu import MenuScreen
from phb_tui.screens.sync.sync_overview import SyncScreen
from phb_tui.screens.visit.alerts import AlertsScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.last_time import LastTimeScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.services.budget import budgets
from phb_tui.services.documents.letters import offered
from phb_tui.services.records import record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from tools.pictures.caseload import PAID, WAITS, somebody

Made = Callable[[PhbApp, Session, str], Screen[Any]]
"""Makes a screen about the person with an id."""


@dataclass(frozen=True)
class Picture:
    """A screen of which pictures are made.

    Attributes:
        words: What is seen, for the page of the documents.
        made: Makes the screen.
        family: Whether family view is on.
        documented: Whether the documents show it.
    """

    words: str
    made: Made
    family: bool = False
    documented: bool = False


def _budget(session: Session, person_id: str) -> str:
    """The id of the person's budget."""
    return budgets.all_of(session, person_id)[0].record_id


def _id(session: Session, given_name: str) -> str:
    return somebody(session, given_name).record_id


def _letter(session: Session, given_name: str) -> LetterScreen:
    """The only letter to somebody."""
    person_id = somebody(session, given_name).record_id
    return LetterScreen(person_id, offered.of_person(session, person_id)[0].name)


PICTURES: dict[str, Picture] = {
    "people": Picture("Your people, and what is due", lambda *_: CaseloadScreen()),
    "due": Picture("What is due this week, of all people", lambda *_: DueThisWeekScreen()),
    "person": Picture(
        "One person: the visit, the six steps, the plan", lambda _a, _s, p: PersonOverviewScreen(p), documented=True
    ),
    "family": Picture("The same, turned to the family", lambda _a, _s, p: PersonOverviewScreen(p), family=True),
    "alerts": Picture("What must be read first", lambda _a, _s, p: AlertsScreen(p)),
    "visit": Picture("Before, during and after a visit", lambda _a, _s, p: TodayScreen(p), documented=True),
    "statement": Picture(
        "The conversation: one I statement", lambda _a, s, p: ConversationScreen(visits.start(s, p), 1), documented=True
    ),
    "last-time": Picture("What was agreed last time", lambda _a, _s, p: LastTimeScreen(p)),
    "read-back": Picture("What you told us, to hear it read back", lambda _a, s, p: ReadBackScreen(visits.start(s, p))),
    "about-me": Picture("About me, in the person's words", lambda _a, _s, p: AboutMeScreen(p), documented=True),
    "step": Picture("A step and its parts", lambda _a, _s, p: SectionScreen(p, section("step-4")), documented=True),
    "money": Picture("Ways to manage your budget, to read together", lambda _a, _s, p: MoneyScreen(p), documented=True),
    "budget": Picture("The budget, line by line", lambda _a, s, p: BudgetScreen(p, _budget(s, p)), documented=True),
    "worked-out": Picture("How it was worked out", lambda _a, s, p: WorkingScreen(p, _budget(s, p)), documented=True),
    "money-pictures": Picture(
        "Where the money goes, and the week", lambda _a, s, p: MoneyPicturesScreen(p, _budget(s, p)), documented=True
    ),
    "what-if": Picture("What if: two budgets side by side", lambda _a, s, p: WhatIfScreen(p, _budget(s, p))),
    "enough": Picture(
        "Is it enough? What meets each need", lambda _a, s, p: EnoughScreen(p, _budget(s, p)), documented=True
    ),
    "keep": Picture("Keeping a version of the budget", lambda _a, s, p: KeepVersionScreen(p, _budget(s, p))),
    "goal": Picture(
        "A goal, with its actions",
        lambda _a, s, p: FormScreen(record_lists.of(s, "goal", p)[0]),
        documented=True,
    ),
    "form": Picture("A form with choices", lambda _a, s, p: FormScreen(record_lists.single(s, "money_choice", p))),
    "circle": Picture("The people around the person", lambda _a, _s, p: SectionScreen(p, section("people"))),
    "plan": Picture("The plan to keep", lambda _a, _s, p: PlanScreen(p), documented=True),
    "read": Picture("Reading the plan together", lambda _a, _s, p: PreviewScreen(p), documented=True),
    "copies": Picture("Copies to print", lambda _a, _s, p: CopiesScreen(p), documented=True),
    "letter": Picture("A letter, to read together", lambda _a, s, _p: _letter(s, "Carys"), documented=True),
    "ask": Picture("Asking for a decision", lambda _a, s, _p: AskScreen(_id(s, WAITS))),
    "answer": Picture("Deciding what was asked for", lambda _a, s, _p: DecideScreen(_id(s, WAITS)), documented=True),
    "asked": Picture(
        "What was asked, decided and told", lambda _a, s, _p: DecisionsScreen(_id(s, PAID)), documented=True
    ),
    "agreement": Picture("What was signed", lambda _a, s, _p: AgreementScreen(_id(s, "Carys"))),
    "payments": Picture(
        "What is paid, and what it was spent on", lambda _a, s, _p: PaymentsScreen(_id(s, PAID)), documented=True
    ),
    "spending": Picture("What is left of each line", lambda _a, s, _p: SpendingScreen(_id(s, PAID)), documented=True),
    "tasks": Picture("What is to be done, and by whom", lambda _a, _s, p: TasksScreen(p)),
    "history": Picture(
        "Every version of a field", lambda _a, s, p: FieldHistoryScreen(record_lists.of(s, "goal", p)[0], "why")
    ),
    "two-versions": Picture(
        "Two versions, to decide", lambda _a, s, _p: LowRiskConflictsScreen(somebody(s, "Grace").record_id)
    ),
    "decide": Picture("One field in two versions", lambda *_: ConflictScreen()),
    "sync": Picture("Sending and getting", lambda *_: SyncScreen()),
    "menu": Picture("Everything one can do here", lambda a, *_: MenuScreen(keys_here(a.screen))),
}
"""The main screens by the name that their pictures have."""
