"""Nothing that anybody wrote reaches a terminal as a command, on any screen."""

import unicodedata
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from phb_tui.app.phb_app import PhbApp
from phb_tui.content import forms
from phb_tui.domain.records.changes import Record, Value
from phb_tui.domain.text.control_characters import cleaned
from phb_tui.screens.forms.form import FormScreen
from phb_tui.services.documents import plan_document
from phb_tui.services.person import caseload
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.visit import conversation, visits
from tests import counts, hostile
from tests.screens.app_harness import on_each
from tests.screens.screen_harness import opened_screen, painted, somebody, words

pytestmark = pytest.mark.anyio
CONTROLS = "".join(chr(code) for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and chr(code) != "\n")
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u202c"
ODD = f"A\x1b]52;c;QQ==\x07B{CONTROLS}C{TURNS}D\u2067E"


def steering(text: str) -> set[str]:
    """What of a painted screen would steer a terminal: controls, overrides, and isolates without their other half."""
    found = {
        c
        for c in text
        if c != "\n" and (unicodedata.category(c) in {"Cc", "Cs"} or c in "\u202a\u202b\u202c\u202d\u202e")
    }
    return found | {c for line in text.split("\n") if cleaned(line) != line for c in line if c in TURNS}


def odd_person(session: Session) -> Record:
    """Somebody in whose records every field of every kind holds every control character."""
    person_id = somebody(session).record_id
    rows = []
    for kind in hostile.kinds():
        values: dict[str, Value] = dict.fromkeys(hostile.fields_of(kind), ODD)
        record_id = person_id if kind == "person" else f"odd-{kind}"
        rows.append(hostile.state(session, kind, record_id, person_id, {**values, "statement": ODD}))
    hostile.keep(session, rows)
    visit = visits.start(session, person_id)
    said = conversation.statement_answer(session, visit, session.content.statements[0]).answer
    answer = dict.fromkeys(("answer", "words", "said_by", "would_help"), ODD)
    about = {"statement": session.content.statements[0].id, "visit_id": visit.record_id}
    hostile.keep(session, [hostile.state(session, "answer", said.record_id, person_id, {**answer, **about})])
    return caseload.person(session, person_id)


async def test_no_screen_sends_what_steers_a_terminal(session: Session) -> None:
    """What every screen paints has no control character and no open turn of direction in it."""

    async def look(_app: PhbApp, pilot: Pilot[int], _screen: Screen[Any]) -> object:
        found = steering(painted(pilot))
        await pilot.press("pagedown", "down")
        return found | steering(painted(pilot))

    assert await on_each(session, odd_person(session), look, (160, 48), counts.STEP) == {}


@pytest.mark.parametrize("kind", ["txt", "html"])
def test_no_paper_has_what_steers_a_terminal(session: Session, kind: str) -> None:
    """A copy as text or as a web page has no control character and no open turn of direction in it."""
    from phb_tui.documents.model import Layout  # noqa: PLC0415 - only here

    person = odd_person(session)
    for full in (False, True):
        file: Path = plan_document.save(
            session, plan_document.plan(session, person.record_id, full=full), Layout.STANDARD, kind
        )
        written = file.read_text(encoding="utf-8")
        assert "A]52;c;QQ==" in written
        assert steering(written) == set()


async def test_what_is_typed_and_pasted_is_cleaned_in_the_field(session: Session) -> None:
    """A field takes letters and line breaks of what is pasted, and nothing else is kept."""
    person = somebody(session)
    new = record_lists.new(session, "task", person.record_id)
    async with opened_screen(session, FormScreen(new)) as pilot:
        field = words(pilot, "what")
        field.focus()
        await pilot.pause()
        field.insert(ODD)
        await pilot.pause()
        pilot.app.autosaver.save_all()  # type: ignore[attr-defined]
    kept = editing.read(session, "task", new.record_id, person.record_id).text("what")
    assert kept
    assert cleaned(kept) == kept


async def test_looking_at_odd_words_writes_nothing(session: Session) -> None:
    """A form that is opened over a colleague's odd words and left again has changed nothing."""
    person = odd_person(session)
    before = editing.read(session, "task", "odd-task", person.record_id)
    async with opened_screen(session, FormScreen(before)) as pilot:
        await pilot.press("tab", "tab", "tab", "escape")
        await pilot.pause()
    assert editing.read(session, "task", "odd-task", person.record_id) == before
    assert forms.show("task", "what", before.fields["what"]).startswith("A]52;c;QQ==B")
