"""The real app, opened on a real store, and every screen it has."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.content.sections import section
from phb_tui.domain.records.changes import ConflictingValue, FieldState, Record, RecordState, Value
from phb_tui.domain.records.record_codec import row_of
from phb_tui.screens.base.idle_cover import IdleCoverScreen
from phb_tui.screens.budget.enough import EnoughScreen
from phb_tui.screens.budget.keep_version import KeepVersionScreen
from phb_tui.screens.budget.kept_version import KeptVersionScreen
from phb_tui.screens.budget.working_screen import WorkingScreen
from phb_tui.screens.caseload.caseload_list import CaseloadScreen
from phb_tui.screens.conflicts.low_risk import LowRiskConflictsScreen
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.error_reason import ErrorReasonScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.frame.hint_bar import keys_here
from phb_tui.screens.history.field_history import FieldHistoryScreen
from phb_tui.screens.history.record_history import RecordHistoryScreen
from phb_tui.screens.navigation.finder import FinderScreen
from phb_tui.screens.payments.import_statement import ImportStatementScreen
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.screens.payments.spending import SpendingScreen
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.screens.person.entered_in_error import EnteredInErrorScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.screens.person.transferred import TransferredScreen
from phb_tui.screens.person.unreadable_records import UnreadableRecordsScreen
from phb_tui.screens.plan.agree import AgreeScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.missing_item import MissingItemScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.plan.preview import ChangedScreen, PreviewScreen
from phb_tui.screens.shell.help import HelpScreen
from phb_tui.screens.shell.leave_family_view import LeaveFamilyViewScreen
from phb_tui.screens.shell.menu import MenuScreen
from phb_tui.screens.start.rejoin import RejoinScreen
from phb_tui.screens.start.setup import SetUpScreen
from phb_tui.screens.start.unlock import UnlockScreen
from phb_tui.screens.sync.outbox import OutboxScreen
from phb_tui.screens.sync.overdue import OverdueScreen
from phb_tui.screens.sync.sync_overview import SyncScreen
from phb_tui.screens.sync.usb import UsbScreen
from phb_tui.screens.visit.alerts import AlertsScreen, ReadAlertsScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.expectations import ExpectationsScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.screens.visit.trend import TrendScreen
from phb_tui.services.person import entered_in_error
from phb_tui.services.plan import plan_versions
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from phb_tui.settings import Settings
from phb_tui.store.database import transaction
from tests import received
from tests.screens import sample_budgets, sample_decisions, sample_payments, sample_screens, sample_what_if
from tests.screens.sample_statements import previewed_statement, statement_row
from tests.screens.screen_harness import somebody

Made = Callable[[PhbApp, Session, Record], Screen[Any]]


def talk(session: Session, person: Record) -> Record:
    """Today's visit, with one answer of every part."""
    visit = visits.start(session, person.record_id)
    said = conversation.statement_answer(session, visit, session.content.statements[0])
    values: dict[str, Value] = {"answer": "partly", "words": "Only a little", "would_help": "A phone number"}
    conversation.save_answer(session, visit, said.answer, {**values, "said_by": "Rhys"})
    return visit


def disagree(session: Session, person: Record) -> None:
    """Another laptop's conflicting words come from central."""
    there, here = "2026-11-23T09:00:00.000Z", "2026-11-23T09:30:00.000Z"
    side = ConflictingValue("0191 222", session.device_id, 1, session.nurse.id, here, 1)
    held = FieldState("0191 111", 1, "device-2", 1, "nurse-2", there, (side,))
    state = RecordState(session.team_id, "person", person.record_id, person.record_id, 1, {"phone": held})
    with transaction(session.store.db):
        received.apply_rows(session.store.db, [row_of(state)], session.team_id)


def planned(session: Session, person: Record) -> Record:
    """Something the person wants, with what will happen for it."""
    new = record_lists.new(session, "goal", person.record_id)
    goal = editing.save(session, new, {"words": "Go to choir again", "why": "I miss singing", "importance": "9"})
    action = record_lists.new(session, "action", person.record_id)
    values = {
        **record_lists.parent_link(goal, "action"),
        "what": "Ask about a lift",
        "who": "Bea",
        "by_when": "27 3 2027",
    }
    editing.save(session, action, dict(values))
    return goal


def mistaken(session: Session, person: Record) -> str:
    """Something that was entered in error; the person's id."""
    entered_in_error.mark(session, planned(session, person), "It was written down twice")
    return person.record_id


def agreed(session: Session, person: Record) -> str:
    """A plan that was agreed, once, and has changed since; the person's id."""
    goal = planned(session, person)
    if plan_versions.versions(session, person.record_id):
        return person.record_id
    values: dict[str, Value] = {"agreed_by": "Rhys Price", "agreed_how": "said", "agreed_on": "2026-11-20"}
    plan_versions.agree(
        session,
        person.record_id,
        editing.save(session, plan_versions.version_being_agreed(session, person.record_id), values),
    )
    editing.save(session, goal, {"why": "I miss singing and my friends"})
    return person.record_id


def disagreed(session: Session, person: Record) -> ConflictScreen:
    """The screen of a conflict that there is."""
    disagree(session, person)
    return ConflictScreen()


def everyday(session: Session, person: Record) -> LowRiskConflictsScreen:
    """The screen of an everyday field with two versions."""
    disagree(session, person)
    return LowRiskConflictsScreen(None)


SCREENS: dict[str, Made] = {
    "unlock": lambda *_: UnlockScreen(),
    "set up": lambda *_: SetUpScreen(),
    "caseload": lambda *_: CaseloadScreen(),
    "recovered": lambda _a, s, p: sample_screens.recovered(s, p),
    "due this week": lambda _a, s, p: sample_screens.due_this_week(s, p),
    "person overview": lambda _a, _s, p: PersonOverviewScreen(p.record_id),
    "alerts": lambda _a, _s, p: AlertsScreen(p.record_id),
    "read alerts": lambda _a, _s, p: ReadAlertsScreen(p.record_id, lambda: None),
    "conversation": lambda _a, s, p: ConversationScreen(talk(s, p), 1),
    "about me": lambda _a, _s, p: AboutMeScreen(p.record_id),
    "read back": lambda _a, s, p: ReadBackScreen(talk(s, p)),
    "form": lambda _a, _s, p: FormScreen(p),
    "form with choices": lambda _a, s, p: FormScreen(record_lists.single(s, "money_choice", p.record_id)),
    "form with lists": lambda _a, s, p: FormScreen(planned(s, p)),
    "section": lambda _a, s, p: SectionScreen(planned(s, p).person_id or "", section("step-4")),
    "section of people": lambda _a, _s, p: SectionScreen(p.record_id, section("people")),
    "today": lambda _a, s, p: TodayScreen(talk(s, p).person_id or ""),
    "budget": lambda _a, s, p: sample_screens.budget(s, p),
    "working": lambda _a, s, p: WorkingScreen(p.record_id, sample_screens.budgeted(s, p).record_id),
    "another rate": lambda _a, s, p: sample_screens.another_rate(s, p),
    "money": lambda _a, _s, p: MoneyScreen(p.record_id),
    "expectations": lambda _a, _s, p: ExpectationsScreen(p.record_id, 4),
    "trend": lambda _a, s, p: TrendScreen(talk(s, p).person_id or ""),
    "tasks": lambda _a, s, p: TasksScreen(talk(s, p).person_id or ""),
    "plan": lambda _a, s, p: PlanScreen(agreed(s, p)),
    "what if": lambda _a, s, p: sample_what_if.tried(s, p),
    "money pictures": lambda _a, s, p: sample_what_if.pictures(s, p),
    "compare": lambda _a, s, p: sample_what_if.compared(s, p),
    "earlier answers": lambda _a, s, p: sample_screens.earlier_answers(s, p),
    "last time": lambda _a, s, p: sample_screens.last_time(s, agreed(s, p)),
    "preview": lambda _a, s, p: PreviewScreen(agreed(s, p)),
    "letter": lambda _a, s, p: sample_screens.letter(s, p),
    "changed": lambda _a, s, p: ChangedScreen(agreed(s, p)),
    "agree": lambda _a, s, p: AgreeScreen(planned(s, p).person_id or "", agreeing=True),
    "missing item": lambda _a, s, p: missing(s, planned(s, p)),
    "enough": lambda _a, s, p: EnoughScreen(p.record_id, sample_budgets.budget(s, p).record_id),
    "keep version": lambda _a, s, p: KeepVersionScreen(p.record_id, sample_budgets.budget(s, p).record_id),
    "kept version": lambda _a, s, p: KeptVersionScreen(sample_budgets.version(s, p)),
    "agreement": lambda _a, s, p: sample_screens.agreement(s, p),
    "ask": lambda _a, s, p: sample_decisions.asking(s, p),
    "ask else": lambda _a, s, p: sample_decisions.somebody_else(s, p),
    "decide": lambda _a, s, p: sample_decisions.deciding(s, p),
    "decision log": lambda _a, s, p: sample_decisions.log(s, p),
    "decision page": lambda _a, s, p: sample_decisions.page(s, p),
    "decisions": lambda _a, s, p: sample_decisions.decisions(s, p),
    "letters": lambda _a, s, p: sample_decisions.letters(s, p),
    "import statement": lambda _a, _s, p: ImportStatementScreen(p.record_id, []),
    "statement preview": lambda _a, s, p: previewed_statement(s, p),
    "statement row": lambda _a, s, p: statement_row(s, p),
    "payments": lambda _a, s, p: PaymentsScreen(sample_payments.paying(s, p).person_id or ""),
    "payment form": lambda _a, s, p: sample_payments.payment_form(s, p),
    "purchase form": lambda _a, s, p: sample_payments.purchase_form(s, p),
    "spending": lambda _a, s, p: SpendingScreen(sample_payments.paying(s, p).person_id or ""),
    "copies": lambda _a, s, p: CopiesScreen(agreed(s, p)),
    "sync": lambda *_: SyncScreen(),
    "outbox": lambda *_: OutboxScreen(),
    "usb": lambda *_: UsbScreen(),
    "quarantine": lambda _a, s, p: sample_screens.aside(s, p),
    "rejoin": lambda *_: RejoinScreen(),
    "transfer": lambda _a, s, p: sample_screens.other_teams(s, p),
    "unreadable records": lambda _a, _s, p: UnreadableRecordsScreen(p.record_id),
    "conflict": lambda _a, s, p: disagreed(s, p),
    "low risk conflicts": lambda _a, s, p: everyday(s, p),
    "transferred": lambda _a, _s, p: TransferredScreen(p, "South team"),
    "overdue": lambda *_: OverdueScreen(),
    "field history": lambda _a, _s, p: FieldHistoryScreen(p, "given_name"),
    "record history": lambda _a, s, p: RecordHistoryScreen(planned(s, p)),
    "entered in error": lambda _a, s, p: EnteredInErrorScreen(mistaken(s, p)),
    "error reason": lambda _a, s, p: ErrorReasonScreen(planned(s, p)),
    "help": lambda a, *_: HelpScreen(a.screen, keys_here(a.screen)),
    "finder": lambda a, *_: FinderScreen(a.screen),
    "menu": lambda a, *_: MenuScreen(keys_here(a.screen)),
    "idle cover": lambda *_: IdleCoverScreen("", lambda: None),
    "leave family view": lambda *_: LeaveFamilyViewScreen(),
}
"""Every screen, and how it is made over one person's record."""


def missing(session: Session, goal: Record) -> MissingItemScreen:
    """The screen that asks why what is missing can wait."""
    version = plan_versions.version_being_agreed(session, goal.person_id or "")
    return MissingItemScreen(plan_versions.without_reason(session, goal.person_id or "", version), version)


@asynccontextmanager
async def opened(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[PhbApp, Pilot[int]]]:
    """The app just after unlocking, with one person in the list."""
    with TemporaryDirectory() as data:
        (Path(data) / "stores" / "one").mkdir(parents=True)
        app = PhbApp(Settings(Path(data), sync_every=0))
        app.key_queue.still = 0  # others' words are shown at once: a test's hands do not rest
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            app.opened(session)
            await pilot.pause()
            yield app, pilot
            app.autosaver.save_all()
            app._session, app._ending = None, True  # the test closes the store


AT_A_VISIT = {"conversation", "read back", "today", "trend", "tasks"}
"""Screens that need a visit. They come last: while one is open, others cover what only staff may read."""
Look = Callable[[PhbApp, Pilot[int], Screen[Any]], Awaitable[object]]


async def on_each(
    session: Session, person: Record, look: Look, size: tuple[int, int] = (80, 24), step: int = 1
) -> dict[str, object]:
    """Every screen in turn in one app, which costs a third of an app for each.

    Args:
        session: The laptop.
        person: Whom the screens are about; what one screen needs written, the next ones show too.
        look: What is done on the screen; what it finds wrong, or nothing.
        size: Columns and rows.
        step: Of how many screens one is looked at.

    Returns:
        What was found wrong, by the name of the screen.
    """
    wrong: dict[str, object] = {}
    async with opened(session, size) as (app, pilot):
        below = len(app.screen_stack)
        for name in sorted(SCREENS, key=AT_A_VISIT.__contains__)[::step]:
            screen = SCREENS[name](app, session, person)
            await app.push_screen(screen)
            await pilot.pause()
            if found := await look(app, pilot, screen):
                wrong[name] = found
            while len(app.screen_stack) > below:
                app.pop_screen()
            await pilot.pause()
    return wrong


def rhys(session: Session) -> Record:
    """Somebody with every field that shows on every screen."""
    values: dict[str, Value] = {
        "communication": "Speak slowly",
        "take_care": "Dog",
        "nhs_number": "9990000018",
        "phone": "0191 000",
    }
    return somebody(session, **values)
