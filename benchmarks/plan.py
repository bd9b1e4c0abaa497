"""Benchmarks of a key in a long note and in the search of 5,000 people; fills a person with records of every kind."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input, Static, TextArea

from benchmarks.baselines import Hello
from benchmarks.report import limit_p95, ratio, ratio_p95
from phb_tui.app.phb_app import PhbApp
from phb_tui.content import forms
from phb_tui.domain.records.changes import FieldState, Record, RecordState
from phb_tui.domain.records.record_codec import row_of
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.widgets.text_field import TextField
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.settings import Settings
from phb_tui.store.database import transaction
from tests import received

TURNS = 7
NOTE = ("Every morning is another one. " * 400)[:10_000]
KEYS_TYPED = 60
FULL = ("goal", "need", "contact", "visit", "action", "support", "contingency", "task", "strength", "consent")
"""Kinds of record that every person has in a full caseload."""
QUERIES = ("person12", "person4999", "hughes", "999000", "per", "khan", "zzz")


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
            app._session, app._ending = None, True  # the caller closes the store
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
        app._session, app._ending = None, True
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
