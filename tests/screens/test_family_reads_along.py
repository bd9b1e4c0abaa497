"""What only staff may read: never painted in family view, nor while a visit is open unless staff ask to see it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from textual.screen import Screen
from textual.widgets import OptionList

from phb_tui.app import PhbApp
from phb_tui.content import forms, sections
from phb_tui.content.sections import Part, Section
from phb_tui.domain.changes import FieldState, Record, RecordState, Side, Value
from phb_tui.domain.states import row_of
from phb_tui.screens.alerts import AlertsScreen
from phb_tui.screens.conflicts import ConflictScreen
from phb_tui.screens.copies import CopiesScreen
from phb_tui.screens.form import FormScreen
from phb_tui.screens.history import HistoryScreen
from phb_tui.screens.person import PersonScreen
from phb_tui.screens.plan import PlanScreen
from phb_tui.screens.preview import ChangedScreen, PreviewScreen
from phb_tui.screens.record_history import RecordHistoryScreen
from phb_tui.screens.section import SectionScreen
from phb_tui.screens.turn_back import TurnBackScreen
from phb_tui.screens.visit import VisitScreen
from phb_tui.services import caseload, listing, visiting, writing
from phb_tui.services.session import Session
from phb_tui.store import receiving
from phb_tui.store.database import transaction
from tests.screens.support import painted
from tests.screens.table import somebody
from tests.screens.whole import SCREENS, agreed, opened

pytestmark = pytest.mark.anyio

SECRET = "Zqx"
"""Begins every word that only staff may read."""
IDENTITY = {"nhs_number", "date_of_birth"}
SIZES = [(80, 24), (160, 48)]
ALONE = {"unlock", "set up", "way back", "gone", "conflict", "everyday"}
"""Screens that are about nobody here, and those of conflicts, which are made below with the planted ones."""


def planted(session: Session) -> Record:
    """Somebody with a secret in every field that only staff may read, of every kind of record."""
    person = somebody(session, communication="Speak slowly")
    agreed(session, person)
    others = {"given_name": f"{SECRET}other", "family_name": f"{SECRET}else", "known_as": f"{SECRET}else"}
    writing.keep(session, caseload.add(session), dict(others))
    visit = visiting.start(session, person.record_id)
    capacity: Record | None = None
    for kind in forms.kinds():
        form, record = forms.form(kind), _record(session, kind, person, visit)
        if record is None:
            continue
        secret: dict[str, Value] = {}
        for field in form.fields():
            if (field.staff_only or not form.family) and field.name not in IDENTITY:
                secret |= dict.fromkeys(
                    field.names(), "yes" if field.type == "ticks" else f"{SECRET} {kind} {field.name}"
                )
        if not secret:
            continue
        if kind == "best_interests" and capacity is not None:
            secret |= listing.under(capacity, kind)
        if not form.family or kind == "task":
            secret |= {name: "2026-01-01" for name in secret if name in {"review_date", "reassess_due"}}
        plain = {name: "Plain" for name in form.line if name not in secret and forms.field(kind, name)}
        kept = writing.keep(session, record, {**secret, **plain})
        capacity = kept if kind == "capacity" else capacity
    known = {"what": f"{SECRET} must know", "only_staff": "yes"}
    writing.keep(session, listing.new(session, "must_know", person.record_id), dict(known))
    _disagree(session, person, "person", person.record_id, "take_care")
    flag = listing.of(session, "flag", person.record_id)[0]
    _disagree(session, person, "flag", flag.record_id, "what")
    return caseload.person(session, person.record_id)


def _record(session: Session, kind: str, person: Record, visit: Record) -> Record | None:
    """The record of a kind to write in; None for kinds that this app never lists about a person."""
    form = forms.form(kind)
    if kind == "person":
        return person
    if kind == "visit":
        return visit
    if kind in {"local", "plan_version"}:
        return None
    return (
        listing.single(session, kind, person.record_id) if form.single else listing.new(session, kind, person.record_id)
    )


def _disagree(session: Session, person: Record, kind: str, record_id: str, name: str) -> None:
    """Two laptops wrote secrets in one field."""
    there, here = "2026-11-23T09:00:00.000Z", "2026-11-23T09:30:00.000Z"
    side = Side(f"{SECRET} two", session.device_id, 1, session.nurse.id, here, 1)
    held = FieldState(f"{SECRET} one", 1, "device-2", 1, "nurse-2", there, (side,))
    state = RecordState(session.team_id, kind, record_id, person.record_id, 1, {name: held})
    with transaction(session.store.db):
        receiving.receive(session.store.db, [row_of(state)], session.team_id)


def every_screen(app: PhbApp, session: Session, person: Record) -> dict[str, Callable[[], Screen[Any]]]:
    """Every screen over the person's record, and each kind of record in every way that shows one."""
    there = person.record_id
    own = {"plan": PlanScreen, "preview": PreviewScreen, "changed": ChangedScreen, "copies": CopiesScreen}
    made: dict[str, Callable[[], Screen[Any]]] = {
        name: partial(make, app, session, person) for name, make in SCREENS.items() if name not in {*ALONE, *own}
    }
    made |= {"conflict": partial(ConflictScreen, there), "all conflicts": ConflictScreen}
    made |= {name: partial(kind, there) for name, kind in own.items()}
    for kind, records in listing.everything(session, there).items():
        secret = [record for record in records if SECRET in str(record.fields)][:1]
        for record in secret if forms.known(kind) else ():
            form = forms.form(kind)
            hidden = [field.name for page in form.pages for field in page.fields if field.staff_only or not form.family]
            pages = [n for n, page in enumerate(form.pages) if any(field.name in hidden for field in page.fields)][:2]
            made |= {f"form {kind} {page}": partial(FormScreen, record, page) for page in pages}
            made[f"record history {kind}"] = partial(RecordHistoryScreen, record)
            made[f"history {kind}"] = partial(HistoryScreen, record, hidden[0] if hidden else "what")
            if not form.single:
                one = Section(f"list-{kind}", "List", 0, (Part(kind=kind),))
                made[f"list {kind}"] = partial(SectionScreen, there, one)
    for name in ("access", "consent", "people", "details", "step-2", "step-4"):
        made[f"section {name}"] = partial(SectionScreen, there, sections.section(name))
    return made


@pytest.mark.parametrize("family", [True, False], ids=["family view", "open visit"])
@pytest.mark.parametrize("size", SIZES)
async def test_no_screen_paints_what_only_staff_may_read(session: Session, size: tuple[int, int], family: bool) -> None:  # noqa: FBT001 - a case
    """In family view, and while a visit is open, no screen paints a word of what is for staff, wherever it is."""
    person = planted(session)
    assert visiting.open_now(session, person.record_id)
    wrong: dict[str, list[str]] = {}
    async with opened(session, size) as (app, pilot):
        for name, make in every_screen(app, session, person).items():
            if not family and name in {"caseload", "menu", "help", "sent"}:
                continue  # these are about everybody, and opened on purpose
            app.family = family
            await app.push_screen(make())
            await pilot.pause()
            seen = painted(pilot)
            for option_list in app.screen.query(OptionList):
                for number in range(
                    min(option_list.option_count, 3) if name.startswith(("list", "section")) else 0
                ):  # what stands beside a line follows it
                    option_list.highlighted = number
                    await pilot.pause()
                    seen += painted(pilot)
            if SECRET in seen:
                wrong[name] = [line.strip() for line in seen.splitlines() if SECRET in line][:2]
            while len(app.screen_stack) > 3:
                app.pop_screen()
            app.family = False
        await pilot.pause()
    assert wrong == {}


async def test_the_secrets_are_painted_when_no_visit_is_open(session: Session) -> None:
    """The sweep can fail: once the visit is closed and nobody turned the laptop, staff see all of it."""
    person = planted(session)
    visit = visiting.open_now(session, person.record_id)
    assert visit
    writing.keep(session, visiting.closing(session, visit), {"visit_id": visit.record_id, "left": "A leaflet"})
    assert visiting.open_now(session, person.record_id) is None
    async with opened(session) as (app, pilot):
        for make in (lambda: PersonScreen(person.record_id), lambda: AlertsScreen(person.record_id),
                     lambda: ConflictScreen(person.record_id)):  # fmt: skip
            await app.push_screen(make())
            await pilot.pause()
            assert SECRET in painted(pilot)


async def test_staff_alerts_fold_while_a_visit_is_open(session: Session) -> None:
    """At the table the head says how many staff alerts there are; F8 says to turn the laptop, Enter shows them."""
    person = somebody(session, take_care="Dog loose")
    new = listing.new(session, "flag", person.record_id)
    writing.keep(session, new, {"what": "Son threatened staff", "kind": "safeguarding"})
    visiting.read_alerts(session, person)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonScreen(person.record_id))
        await pilot.pause()
        assert "! 2 staff alerts: F8" in painted(pilot)
        assert "threatened" not in painted(pilot)
        await pilot.press("f8")
        await pilot.pause()
        rows = [line.strip() for line in painted(pilot).splitlines() if line.strip()]
        assert rows[1] == "For staff: turn the laptop to you, then press Enter."
        assert "threatened" not in painted(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert "Son threatened staff" in painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert "threatened" not in painted(pilot)


async def test_staff_can_see_and_write_what_is_hidden_below(session: Session) -> None:
    """F8, Enter, Enter shows everything on the page below, marked as such, until that page is left."""
    person = somebody(session)
    visit = visiting.start(session, person.record_id)
    writing.keep(session, visit, {"notes": "Ask about bruises"})
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonScreen(person.record_id))
        await app.push_screen(FormScreen(visit))
        await pilot.pause()
        assert "bruises" not in painted(pilot)
        assert "Notes for staff: for staff, F8 shows it" in painted(pilot)
        await pilot.press("f8", "enter", "enter")
        await pilot.pause()
        assert "bruises" in painted(pilot)
        assert "[ For staff ]" in painted(pilot)
        await pilot.press("f1", "escape")
        await pilot.pause()
        assert "bruises" not in painted(pilot)


async def test_a_note_for_staff_can_be_written_at_the_table(session: Session) -> None:
    """A field for staff that is empty takes words while a visit is open, and hides them when it is opened again."""
    person = somebody(session)
    visit = visiting.start(session, person.record_id)
    async with opened(session) as (app, pilot):
        await app.push_screen(FormScreen(visit))
        await pilot.pause()
        app.screen.query_one("#field-notes").focus()
        await pilot.press(*"Bruise", "escape")
        await pilot.pause()
        read = writing.read(session, "visit", visit.record_id, visit.person_id)
        assert read.text("notes") == "Bruise"
        await app.push_screen(FormScreen(read))
        await pilot.pause()
        assert "Bruise" not in painted(pilot)


async def test_a_consent_is_written_at_the_table_and_folds_afterwards(session: Session) -> None:
    """A consent can be added while a visit is open; then it folds into a line that staff open with Enter twice."""
    person = somebody(session)
    visiting.start(session, person.record_id)
    async with opened(session) as (app, pilot):
        await app.push_screen(SectionScreen(person.record_id, sections.section("consent")))
        await pilot.press("enter")
        await pilot.pause()
        assert "Consent to what?" in painted(pilot)
        await pilot.press("tab", *"Bea", "escape")
        await pilot.pause()
        text = painted(pilot)
        assert "Bea" not in text
        assert "1 for staff: open them" in text
        await pilot.press("up", "enter")
        await pilot.pause()
        assert "For staff: turn the laptop to you, then press Enter." in painted(pilot)
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert "Bea" in painted(pilot)


async def test_family_view_is_marked_in_words_and_shape(session: Session) -> None:
    """The head says that family view is on, on every screen it may show, and for somebody without alerts."""
    person = somebody(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonScreen(person.record_id))
        await pilot.press("f2")
        for screen in (VisitScreen(person.record_id), PreviewScreen(person.record_id), None):
            await pilot.pause()
            assert painted(pilot).splitlines()[0].strip().startswith("[ Family view")
            if screen:
                await app.push_screen(screen)


async def test_f8_in_family_view_asks_for_the_word_first(session: Session) -> None:
    """F8 in family view shows nothing before the word; then it shows the alerts, and family view is over."""
    person = somebody(session, take_care="Dog loose")
    async with opened(session) as (app, pilot):
        await app.push_screen(PersonScreen(person.record_id))
        await pilot.press("f2", "f8")
        await pilot.pause()
        assert isinstance(app.screen, TurnBackScreen)
        assert "Dog" not in painted(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert painted(pilot).strip().startswith("[ Family view")
        assert "Dog" not in painted(pilot)
        await pilot.press("f8", *"staff", "enter")
        await pilot.pause()
        assert not app.family
        assert "Dog loose" in painted(pilot)


@pytest.mark.parametrize("keys", [["ctrl+p"], ["f3"], ["f4"], ["f5"], ["f6"], ["f7"], ["f9"], ["ctrl+s"], ["f1"],
                                  ["down", "enter"], ["escape"], ["ctrl+p", "F", "i", "n", "d", "enter"],
                                  ["f9", "end", "enter"], ["f2", "down", "enter"]])  # fmt: skip
@pytest.mark.parametrize("where", ["person", "visit", "form"])
async def test_no_key_leads_round_family_view(session: Session, where: str, keys: list[str]) -> None:
    """No global key, menu or palette shows a word for staff in family view, or ends it."""
    person = planted(session)
    async with opened(session, (160, 48)) as (app, pilot):
        await app.push_screen(PersonScreen(person.record_id))
        if where != "person":
            await app.push_screen(SCREENS[where](app, session, person))
        await pilot.press("f2")
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
            assert SECRET not in painted(pilot)
            assert app.family
