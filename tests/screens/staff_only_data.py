"""A person in whose record every field for staff holds a secret, and every screen that can show one."""

from collections.abc import Callable
from functools import partial
from typing import Any

from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.content import forms, sections
from phb_tui.content.sections import Part, Section
from phb_tui.domain.records.changes import ConflictingValue, FieldState, Record, RecordState, Value
from phb_tui.domain.records.record_codec import row_of
from phb_tui.screens.conflicts.resolve import ConflictScreen
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.history.field_history import FieldHistoryScreen
from phb_tui.screens.history.record_history import RecordHistoryScreen
from phb_tui.screens.person.section import SectionScreen
from phb_tui.screens.plan.copies import CopiesScreen
from phb_tui.screens.plan.plan_overview import PlanScreen
from phb_tui.screens.plan.preview import ChangedScreen, PreviewScreen
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import visits
from phb_tui.store.database import transaction
from tests import received
from tests.screens.app_harness import SCREENS, agreed
from tests.screens.screen_harness import somebody

SECRET = "Zqx"
"""Begins every word that only staff may read."""
IDENTITY = {"nhs_number", "date_of_birth"}
DIED = "died_on"
"""Every screen says it to everybody and nothing would be due any more; test_died.py has what others read of it."""
ALONE = {"unlock", "set up", "idle cover", "overdue", "transferred", "conflict", "low risk conflicts"}
"""Screens that are about nobody here, and those of conflicts, which are made below with the planted ones."""


def planted(session: Session) -> Record:
    """Somebody with a secret in every field that only staff may read, of every kind of record."""
    person = somebody(session, communication="Speak slowly")
    agreed(session, person)
    others = {"given_name": f"{SECRET}other", "family_name": f"{SECRET}else", "known_as": f"{SECRET}else"}
    editing.save(session, caseload.add(session), dict(others))
    visit = visits.start(session, person.record_id)
    capacity: Record | None = None
    for kind in forms.kinds():
        form, record = forms.form(kind), _record(session, kind, person, visit)
        if record is None:
            continue
        secret: dict[str, Value] = {}
        for field in form.fields():
            if (field.staff_only or not form.family) and field.name not in {*IDENTITY, DIED}:
                secret |= dict.fromkeys(
                    field.names(), "yes" if field.type == "ticks" else f"{SECRET} {kind} {field.name}"
                )
        if not secret:
            continue
        if kind == "best_interests" and capacity is not None:
            secret |= record_lists.parent_link(capacity, kind)
        if not form.family or kind == "task":
            secret |= {name: "2026-01-01" for name in secret if name in {"review_date", "reassess_due"}}
        plain = {name: "Plain" for name in form.line if name not in secret and forms.field(kind, name)}
        kept = editing.save(session, record, {**secret, **plain})
        capacity = kept if kind == "capacity" else capacity
    known = {"what": f"{SECRET} must know", "only_staff": "yes"}
    editing.save(session, record_lists.new(session, "must_know", person.record_id), dict(known))
    _disagree(session, person, "person", person.record_id, "take_care")
    flag = record_lists.of(session, "flag", person.record_id)[0]
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
        record_lists.single(session, kind, person.record_id)
        if form.single
        else record_lists.new(session, kind, person.record_id)
    )


def _disagree(session: Session, person: Record, kind: str, record_id: str, name: str) -> None:
    """Two laptops wrote secrets in one field."""
    there, here = "2026-11-23T09:00:00.000Z", "2026-11-23T09:30:00.000Z"
    side = ConflictingValue(f"{SECRET} two", session.device_id, 1, session.nurse.id, here, 1)
    held = FieldState(f"{SECRET} one", 1, "device-2", 1, "nurse-2", there, (side,))
    state = RecordState(session.team_id, kind, record_id, person.record_id, 1, {name: held})
    with transaction(session.store.db):
        received.apply_rows(session.store.db, [row_of(state)], session.team_id)


def every_screen(app: PhbApp, session: Session, person: Record) -> dict[str, Callable[[], Screen[Any]]]:
    """Every screen over the person's record, and each kind of record in every way that shows one."""
    there = person.record_id
    own = {"plan": PlanScreen, "preview": PreviewScreen, "changed": ChangedScreen, "copies": CopiesScreen}
    made: dict[str, Callable[[], Screen[Any]]] = {
        name: partial(make, app, session, person) for name, make in SCREENS.items() if name not in {*ALONE, *own}
    }
    made |= {"conflict": partial(ConflictScreen, there), "all conflicts": ConflictScreen}
    made |= {name: partial(kind, there) for name, kind in own.items()}
    for kind, records in record_lists.everything(session, there).items():
        secret = [record for record in records if SECRET in str(record.fields)][:1]
        for record in secret if forms.known(kind) else ():
            form = forms.form(kind)
            hidden = [field.name for page in form.pages for field in page.fields if field.staff_only or not form.family]
            pages = [n for n, page in enumerate(form.pages) if any(field.name in hidden for field in page.fields)][:2]
            made |= {f"form {kind} {page}": partial(FormScreen, record, page) for page in pages}
            made[f"record history {kind}"] = partial(RecordHistoryScreen, record)
            made[f"history {kind}"] = partial(FieldHistoryScreen, record, hidden[0] if hidden else "what")
            if not form.single:
                one = Section(id=f"list-{kind}", title="List", parts=(Part(kind=kind),))
                made[f"list {kind}"] = partial(SectionScreen, there, one)
    for name in ("access", "consent", "people", "details", "step-2", "step-4"):
        made[f"section {name}"] = partial(SectionScreen, there, sections.section(name))
    return made
