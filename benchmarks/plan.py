"""Benchmarks of the screens about a person with all fields filled, a long note, and the search in 5,000 people."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, Log, OptionList, Static, TextArea

from benchmarks.baselines import Hello
from benchmarks.report import difference_in_turn, limit_p95, ratio, ratio_in_turn, ratio_p95
from phb_tui.app.phb_app import PhbApp
from phb_tui.content import forms
from phb_tui.content.sections import section
from phb_tui.domain.records.changes import FieldState, Record, RecordState
from phb_tui.domain.records.record_codec import row_of
from phb_tui.screens.base.screen import BaseScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.person.about_me import AboutMeScreen
from phb_tui.screens.person.person_overview import PersonOverviewScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.person.tasks import TasksScreen
from phb_tui.screens.plan.agree import AgreeScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.money import MoneyScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.plan.preview import PreviewScreen
from phb_tui.screens.visit.conversation import ConversationScreen
from phb_tui.screens.visit.expectations import ExpectationsScreen
from phb_tui.screens.visit.read_back import ReadBackScreen
from phb_tui.screens.visit.today import TodayScreen
from phb_tui.screens.visit.trend import TrendScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from phb_tui.settings import Settings
from phb_tui.store.database import transaction
from tests import received

TURNS, ROUNDS = 7, 3
NORMAL, WIDE = (80, 24), (160, 48)
"""Columns and rows of the windows in which screens are opened."""
NOTE = ("Every morning is another one. " * 400)[:10_000]
KEYS_TYPED = 60
FULL = ("goal", "need", "contact", "visit", "action", "support", "contingency", "task", "strength", "consent")
"""Kinds of record that every person has in a full caseload."""
QUERIES = ("person12", "person4999", "hughes", "999000", "per", "khan", "zzz")

Made = Callable[[Session, str], BaseScreen]
SCREENS: dict[str, Made] = {
    "person": lambda _, p: PersonOverviewScreen(p),
    "visit": lambda _, p: TodayScreen(p),
    "conversation": lambda s, p: ConversationScreen(visits.start(s, p), 1),
    "read back": lambda s, p: ReadBackScreen(visits.start(s, p)),
    "about me": lambda _, p: AboutMeScreen(p),
    "step 4": lambda _, p: SectionScreen(p, section("step-4")),
    "people": lambda _, p: SectionScreen(p, section("people")),
    "form of a person": lambda s, p: FormScreen(editing.read(s, "person", p, p)),
    "form with choices": lambda s, p: FormScreen(record_lists.single(s, "money_choice", p)),
    "form with lists": lambda s, p: FormScreen(record_lists.of(s, "goal", p)[0]),
    "money": lambda _, p: MoneyScreen(p),
    "what to expect": lambda _, p: ExpectationsScreen(p, 4),
    "trend": lambda _, p: TrendScreen(p),
    "to do": lambda _, p: TasksScreen(p),
    "plan": lambda _, p: PlanScreen(p),
    "read the plan": lambda _, p: PreviewScreen(p),
    "agree": lambda _, p: AgreeScreen(p, agreeing=True),
    "copies": lambda _, p: CopiesScreen(p),
}
"""Factories of the measured screens."""


def everything(session: Session, person_id: str) -> None:
    """Save a record of every kind about a person, with all text fields filled."""
    made: dict[str, Record] = {}

    def add(kind: str) -> Record:
        if kind not in made:
            form = forms.form(kind)
            new = (record_lists.single if form.single else record_lists.new)(session, kind, person_id)
            above = record_lists.parent_link(add(form.under), kind) if form.under in forms.kinds() else {}
            words = {field.name: f"{field.label} and more" for field in form.fields() if field.type == "words"}
            made[kind] = editing.save(session, new, {**words, **above})
        return made[kind]

    for kind in forms.kinds():
        if kind not in {"person", "local", "plan_version", "answer", "visit"}:
            add(kind)


async def screens(session: Session, person_id: str, data: Path) -> None:
    """Processor time from pushing each screen until it is painted, against a bare screen with as many stock widgets."""
    for name, make in SCREENS.items():
        widgets, turns = await _openings(session, data, partial(make, session, person_id), NORMAL)
        ratio_in_turn(f"opening: {name} ({widgets} widgets)", turns, 1.5)
        widgets, turns = await _openings(session, data, partial(make, session, person_id), WIDE)
        difference_in_turn(f"the same at {WIDE[0]}x{WIDE[1]} ({widgets} widgets)", turns, 40)


async def _openings(
    session: Session, data: Path, make: Callable[[], BaseScreen], size: tuple[int, int]
) -> tuple[int, list[tuple[list[float], list[float]]]]:
    """How many widgets a screen has, and its times and the bare ones: in turns, so that what else goes on hits both."""
    app = PhbApp(Settings(data, sync_every=0))
    async with _unlocked(app, session, size) as pilot:
        await app.push_screen(make())
        await pilot.pause()
        like = [_stock(widget) for widget in app.screen.walk_children(Widget)]
    turns = []
    for _ in range(TURNS):
        async with _unlocked(PhbApp(Settings(data, sync_every=0)), session, size) as pilot:
            ours = [await _opening(pilot, make()) for _ in range(ROUNDS)]
        async with Hello().run_test(size=size) as pilot:
            await pilot.pause()
            bare = [await _opening(pilot, _BareLike(like)) for _ in range(ROUNDS)]
        turns.append((ours, bare))
    return len(like), turns


@asynccontextmanager
async def _unlocked(app: PhbApp, session: Session, size: tuple[int, int]) -> AsyncIterator[Pilot[int]]:
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        yield pilot
        app._session = None  # the caller closes the store


Stock = tuple[str, int]
"""Type of a stock widget and its number of options or lines."""


def _stock(widget: Widget) -> Stock:
    if isinstance(widget, OptionList):
        return "list", len(widget.options)
    if isinstance(widget, Log):
        return "log", widget.line_count
    for sort, kind in (("area", TextArea), ("input", Input), ("button", Button)):
        if isinstance(widget, kind):
            return sort, 0
    return "static", 0


class _BareLike(Screen[None]):
    """Screen with the same types and numbers of stock widgets as a measured screen."""

    def __init__(self, like: list[Stock]) -> None:
        super().__init__()
        self._like = like

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            for sort, options in self._like:
                match sort:
                    case "list":
                        yield OptionList(*(f"Line {number}" for number in range(options)))
                    case "log":
                        lines = Log()
                        lines.write("\n".join(f"Line {number}" for number in range(options)))
                        yield lines
                    case "area":
                        yield TextArea("Some words", compact=True)
                    case "input":
                        yield Input("Some words")
                    case "button":
                        yield Button("Some words")
                    case _:
                        yield Static("Some words")


async def _opening(pilot: Pilot[Any], screen: Screen[None]) -> float:
    """Processor time in milliseconds until a screen is painted: other programs do not count."""
    started = time.process_time()
    await pilot.app.push_screen(screen)
    await _painted(screen)
    taken = (time.process_time() - started) * 1000
    await pilot.app.pop_screen()
    await pilot.pause()
    return taken


async def _painted(screen: Screen[Any]) -> None:
    """Wait until a screen has handled all messages and is laid out."""
    done = asyncio.Event()
    screen.call_after_refresh(done.set)
    await done.wait()


class _BareNote(Screen[None]):
    """Text area with a long note between two lines."""

    def compose(self) -> ComposeResult:
        yield Static("A note")
        yield TextArea(NOTE, compact=True, soft_wrap=True)
        yield Static("The end")


async def long_note(session: Session, person_id: str, data: Path) -> None:
    """Time from a key to the repaint in a note of 10,000 letters, against a bare text area."""
    ours: list[float] = []
    bare: list[float] = []
    for _ in range(TURNS):
        plain = Hello()
        async with plain.run_test(size=(80, 24)) as pilot:
            await plain.push_screen(_BareNote())
            await pilot.pause()
            bare += await _typing(pilot, plain.screen.query_one(TextArea))
        app = PhbApp(Settings(data, sync_every=0))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            app.opened(session)
            await pilot.pause()
            need = editing.save(session, record_lists.new(session, "need", person_id), {"words": NOTE})
            await app.push_screen(FormScreen(need))
            await pilot.pause()
            ours += await _typing(pilot, app.screen.query_one("#field-words", TextField))
            app.autosaver.save_all()
            app._session = None  # the caller closes the store
    ratio("a key in a note of 10,000 letters", ours, bare, 1.5)
    ratio_p95("a key in a note of 10,000 letters", ours, bare, 1.5)


async def _typing(pilot: Pilot[Any], field: TextArea) -> list[float]:
    field.focus()
    field.move_cursor(field.document.end)
    await pilot.pause()
    taken = []
    for _ in range(KEYS_TYPED):
        started = time.perf_counter()
        pilot.app.simulate_key("a")
        await _painted(pilot.app.screen)
        taken.append((time.perf_counter() - started) * 1000)
        await pilot.pause()
    return taken


async def search(session: Session, data: Path) -> None:
    """Time from one letter of a search among 5,000 people until the rows are painted."""
    app = PhbApp(Settings(data, sync_every=0))
    taken = []
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.opened(session)
        await pilot.pause()
        field = app.screen.query_one(Input)
        for query in QUERIES:
            for length in range(1, len(query) + 1):
                started = time.perf_counter()
                field.value = query[:length]
                await _painted(app.screen)
                taken.append((time.perf_counter() - started) * 1000)
                await pilot.pause()
        app._session = None
    limit_p95("a letter of a search among 5,000 people", taken, 50)


def fill(session: Session, people: list[str]) -> None:
    """Fill these people's records through a sync reply."""
    with transaction(session.store.db):
        rows = [row_of(state) for state in _records(session.team_id, people)]
        received.apply_rows(session.store.db, rows, session.team_id)


def _records(team_id: str, people: list[str]) -> Iterator[RecordState]:
    number = 1_000_000
    for person_id in people:
        for kind in FULL:
            number += 1
            words = [field.name for field in forms.form(kind).fields() if field.type == "words"]
            fields = {name: _field(f"{name} of {person_id}, and a sentence more about it", number) for name in words}
            yield RecordState(team_id, kind, f"{person_id}-{kind}", person_id, number, fields)


def _field(value: str, number: int) -> FieldState:
    return FieldState(value, number, "other", number, "somebody", "2026-11-01T09:00:00.000Z")
