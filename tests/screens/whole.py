"""The real app, opened on a real store, and every screen it has."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app import PhbApp
from phb_tui.config import Settings
from phb_tui.domain.changes import FieldState, Record, RecordState, Side, Value
from phb_tui.screens.about_me import AboutMeScreen
from phb_tui.screens.caseload import CaseloadScreen
from phb_tui.screens.check import CheckScreen
from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.form import FormScreen
from phb_tui.screens.help import HelpScreen
from phb_tui.screens.history import HistoryScreen
from phb_tui.screens.menu import MenuScreen
from phb_tui.screens.outcomes import ActionScreen, OutcomeScreen, OutcomesScreen
from phb_tui.screens.person import PersonScreen
from phb_tui.screens.set_up import SetUpScreen
from phb_tui.screens.step import StepScreen
from phb_tui.screens.sync import SyncScreen
from phb_tui.screens.turn_back import TurnBackScreen
from phb_tui.screens.unlock import UnlockScreen
from phb_tui.screens.widgets.bars import keys_here
from phb_tui.services import planning, talking, writing
from phb_tui.services.session import Session
from phb_tui.store import changes
from phb_tui.store.database import transaction
from tests.screens.table import somebody

Made = Callable[[PhbApp, Session, Record], Screen[Any]]


def talk(session: Session, person: Record) -> Record:
    """Today's visit, with one answer of every part."""
    visit = talking.start_visit(session, person.record_id)
    said = talking.said(session, visit, session.content.statements[0])
    values: dict[str, Value] = {"answer": "partly", "words": "Only a little", "would_help": "A phone number"}
    talking.answer(session, visit, said.answer, {**values, "said_by": "Rhys"})
    return visit


def disagree(session: Session, person: Record) -> None:
    """Another laptop's conflicting words come from central."""
    there, here = "2026-11-23T09:00:00.000Z", "2026-11-23T09:30:00.000Z"
    side = Side("0191 222", session.device_id, 1, session.nurse.id, here, 1)
    held = FieldState("0191 111", 1, "device-2", 1, "nurse-2", there, (side,))
    state = RecordState(session.team_id, "person", person.record_id, person.record_id, 1, {"phone": held})
    with transaction(session.store.db):
        changes.receive(session.store.db, [state], session.team_id)


def outcome(session: Session, person: Record) -> Record:
    """Something the person wants."""
    record = planning.new_outcome(session, person.record_id)
    return writing.keep(session, record, {"words": "Go to choir again", "why": "I miss singing"})


def disagreed(session: Session, person: Record) -> ConflictScreen:
    """The screen of a conflict that there is."""
    disagree(session, person)
    return ConflictScreen()


SCREENS: dict[str, Made] = {
    "unlock": lambda *_: UnlockScreen(),
    "set up": lambda *_: SetUpScreen(),
    "caseload": lambda *_: CaseloadScreen(),
    "person": lambda _a, _s, p: PersonScreen(p.record_id),
    "step": lambda _a, s, p: StepScreen(talk(s, p), 1),
    "about me": lambda _a, _s, p: AboutMeScreen(p.record_id),
    "outcomes": lambda _a, s, p: OutcomesScreen(outcome(s, p).person_id or ""),
    "outcome": lambda _a, s, p: OutcomeScreen(outcome(s, p)),
    "action": lambda _a, s, p: ActionScreen(planning.new_action(s, outcome(s, p)), "x"),
    "check": lambda _a, s, p: CheckScreen(talk(s, p), lambda _id: None),
    "form": lambda _a, _s, p: FormScreen(p),
    "visit": lambda _a, s, p: FormScreen(talk(s, p)),
    "sync": lambda *_: SyncScreen(),
    "conflict": lambda _a, s, p: disagreed(s, p),
    "history": lambda _a, _s, p: HistoryScreen(p, "given_name"),
    "help": lambda a, *_: HelpScreen(a.screen, keys_here(a.screen)),
    "menu": lambda a, *_: MenuScreen(keys_here(a.screen)),
    "turn back": lambda *_: TurnBackScreen(),
}
"""Every screen, and how it is made over one person's record."""


@asynccontextmanager
async def opened(session: Session, size: tuple[int, int] = (80, 24)) -> AsyncIterator[tuple[PhbApp, Pilot[int]]]:
    """The app just after unlocking, with one person in the list."""
    with TemporaryDirectory() as data:
        (Path(data) / "stores" / "one").mkdir(parents=True)
        app = PhbApp(Settings(Path(data), sync_every=0))
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            app.opened(session)
            await pilot.pause()
            yield app, pilot
            app.keeper.leave_all()
            app._session = None  # the test closes the store


def rhys(session: Session) -> Record:
    """Somebody with every field that shows on every screen."""
    values: dict[str, Value] = {
        "communication": "Speak slowly",
        "take_care": "Dog",
        "nhs_number": "9990000018",
        "phone": "0191 000",
    }
    return somebody(session, **values)
