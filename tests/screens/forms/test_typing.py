"""What is typed or pasted in a field is what is kept: once, whole, seen, and only when somebody typed it."""

import ast
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

import phb_tui
from phb_tui.content import forms
from phb_tui.domain.records.changes import Change, Record
from phb_tui.domain.records.limits import LONGEST_TEXT
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.widgets.text_field import MOST_ROWS, TextField
from phb_tui.services.records import draft_recovery, editing, record_lists
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import local_writes
from tests import counts
from tests.screens.app_harness import planned
from tests.screens.screen_harness import ScreenBelow, app_of, opened_screen, painted, shown, somebody, type_words, words

pytestmark = pytest.mark.anyio
LONG = "Bea, his sister, who comes every second Thursday after the bus from Otherwhere, and her neighbour Tom zq"


async def paste(pilot: Pilot[int], text: str) -> None:
    """Paste as a terminal does."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


def task(session: Session) -> Record:
    """A task that was not begun, of somebody."""
    return record_lists.new(session, "task", somebody(session).record_id)


async def test_a_paste_lands_once(session: Session) -> None:
    """What is pasted stands in the field once, in fields of one row and of several."""
    async with opened_screen(session, FormScreen(task(session))) as pilot:
        for name in ("who", "notes"):
            words(pilot, name).focus()
            await paste(pilot, "12 High Street")
            assert words(pilot, name).text == "12 High Street"


def test_no_handler_calls_the_one_above_it() -> None:
    """Textual calls the handler of every class in the hierarchy itself: one that also calls `super()` runs twice."""
    twice = []
    for path in Path(phb_tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call):
                called = node.value.func
                if isinstance(called, ast.Name) and called.id == "super" and node.attr != "on_event":
                    twice += [f"{path.name}:{node.lineno}"] if node.attr.lstrip("_").startswith("on_") else []
    assert twice == []


@pytest.mark.parametrize("own_clipboard", [False, True])
async def test_a_line_break_becomes_a_space_in_a_field_of_one_row(session: Session, *, own_clipboard: bool) -> None:
    """A field of one row takes pasted lines as one line, also from phb-tui's own clipboard."""
    async with opened_screen(session, FormScreen(task(session))) as pilot:
        words(pilot, "who").focus()
        text = "one\ntwo\r\nthree\u2028four"
        if own_clipboard:
            pilot.app.copy_to_clipboard(text)
            words(pilot, "who").action_paste()
            await pilot.pause()
        else:
            await paste(pilot, text)
        assert words(pilot, "who").text == "one two three four"


async def test_all_of_a_long_answer_in_a_field_of_one_row_is_seen(session: Session) -> None:
    """A field for one line grows with its words: the end that is being typed and the beginning are both painted."""
    async with opened_screen(session, FormScreen(task(session))) as pilot:
        words(pilot, "who").focus()
        await paste(pilot, LONG)
        seen = " ".join(painted(pilot).split())
        assert "Bea, his sister" in seen
        assert "neighbour Tom zq" in seen
        await pilot.press("tab")
        await pilot.pause()
        assert "neighbour Tom zq" in " ".join(painted(pilot).split())


async def test_a_field_of_one_row_never_takes_the_whole_screen(session: Session) -> None:
    """A very long answer scrolls inside its field, at the end that is typed; emptied, the field is small again."""
    async with opened_screen(session, FormScreen(task(session))) as pilot:
        field = words(pilot, "who")
        field.focus()
        await paste(pilot, "word " * 400 + "END")
        assert field.size.height == MOST_ROWS
        assert "END" in painted(pilot)
        field.clear()
        await pilot.pause()
        await pilot.pause()
        assert field.size.height == 1


async def test_a_full_field_says_so_and_keeps_what_it_has(session: Session) -> None:
    """No more than the most letters of a field come in, and a sentence says it while typing."""
    async with opened_screen(session, FormScreen(task(session))) as pilot:
        field = words(pilot, "notes")
        field.focus()
        await paste(pilot, "a" * (LONGEST_TEXT - 1))
        assert "This field is full" not in painted(pilot)
        await paste(pilot, "bcd")
        assert len(field.text) == LONGEST_TEXT
        assert field.text.endswith("ab")
        app_of(pilot).autosaver.save_draft()
        await pilot.pause()
        assert "This field is full: it takes 100,000 letters." in " ".join(painted(pilot).split())


@pytest.mark.parametrize("odd", ["one\r\ntwo\nthree", "one\rtwo", "one\u2028two", "one\x0btwo\x85three", "\n", "a\n\n"])
async def test_looking_at_odd_line_ends_changes_nothing(session: Session, odd: str) -> None:
    """Words with line ends of any kind, looked at and left, make no change."""
    new = task(session)
    kept = editing.save(session, new, {"what": odd.replace("\n", " ") or "x", "notes": f"before {odd} after"})
    before = sync_service.status(session).waiting
    async with opened_screen(session, FormScreen(kept)) as pilot:
        for field in pilot.app.screen.query(TextField):
            field.focus()
            await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
    assert sync_service.status(session).waiting == before


@pytest.mark.parametrize("key", counts.some(["escape", "tab", "enter", "shift+tab", "pagedown"]))
async def test_what_a_date_was_taken_for_is_said_on_leaving_it_by_any_key(session: Session, key: str) -> None:
    """The weekday, the date and how far off it is stand on the screen at once, whichever key left the field."""
    form = FormScreen(record_lists.new(session, "action", somebody(session).record_id))
    async with opened_screen(session, form, under=ScreenBelow) as pilot:
        words(pilot, "by_when").focus()
        await type_words(pilot, "next friday")
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()
        assert "By when: Friday 4 December 2026, in 11 days" in painted(pilot)


@pytest.mark.parametrize("key", counts.some(["escape", "tab", "pagedown"]))
async def test_a_date_that_was_not_understood_says_so_on_leaving_it(session: Session, key: str) -> None:
    """The words stay, and a sentence asks to look at the date."""
    record = record_lists.new(session, "action", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record), under=ScreenBelow) as pilot:
        words(pilot, "by_when").focus()
        await type_words(pilot, "next month")
        await pilot.press(key)
        await pilot.pause()
        await pilot.pause()
        assert 'By when: look at the date "next month"' in painted(pilot)
        assert key != "tab" or "Error: Enter a date" in painted(pilot)
    assert editing.read(session, "action", record.record_id, record.person_id).text("by_when") == "next month"


@pytest.mark.parametrize(("kind", "name"), [("telling", "told_on"), ("agreement", "signed_on"), ("risk", "agreed_on")])
async def test_a_date_is_never_said_as_the_computer_keeps_it(session: Session, kind: str, name: str) -> None:
    """A day that was understood and is wrong there is said in words, at the field and in the last rows."""
    record = record_lists.new(session, kind, somebody(session).record_id)
    page = forms.page_of(kind, name)
    async with opened_screen(session, FormScreen(record, page), under=ScreenBelow) as pilot:
        words(pilot, name).focus()
        await type_words(pilot, "tomorrow")
        await pilot.press("tab")
        await pilot.pause()
        await pilot.pause()
        assert 'look at the date "24 November 2026"' in painted(pilot)
        assert "2026-11-24" not in painted(pilot)


async def test_an_error_goes_with_the_next_key_in_its_field(session: Session) -> None:
    """What was wrong no longer stands there while it is answered; what is wrong then is said on leaving the field."""
    record = record_lists.new(session, "telling", somebody(session).record_id)
    async with opened_screen(session, FormScreen(record), under=ScreenBelow) as pilot:
        words(pilot, "told_by").focus()
        await type_words(pilot, "2")
        await pilot.press("shift+tab")
        await pilot.pause()
        assert "Error: Write a name, with letters." in shown(pilot, "#error-told_by")
        words(pilot, "told_by").focus()
        await type_words(pilot, "0")
        assert shown(pilot, "#error-told_by") == ""
        await pilot.press("shift+tab")
        await pilot.pause()
        assert "Error: Write a name, with letters." in shown(pilot, "#error-told_by")


async def test_what_a_date_was_taken_for_stands_beside_its_label(session: Session) -> None:
    """Beside the field's label stands the day, and it goes again with the date."""
    async with opened_screen(session, FormScreen(task(session))) as pilot:
        words(pilot, "by_when").focus()
        await type_words(pilot, "4/12")
        await pilot.press("tab")
        await pilot.pause()
        assert "Friday 4 December 2026, in 11 days ━┛" in painted(pilot).replace("─╯", "━┛")
        words(pilot, "by_when").focus()
        words(pilot, "by_when").clear()
        await pilot.pause()
        await pilot.press("tab")
        await pilot.pause()
        assert "Friday" not in painted(pilot).split("Notes")[0]


async def test_enter_after_the_last_field_goes_to_continue(session: Session) -> None:
    """Not to "Remove", which stands between: Enter once more would remove what was just written."""
    person_id = somebody(session).record_id
    record = editing.save(session, record_lists.new(session, "worker", person_id), {"name": "Maria Invented"})
    async with opened_screen(session, FormScreen(record)) as pilot:
        words(pilot, "end_date").focus()
        await pilot.press("enter")
        assert pilot.app.focused is pilot.app.screen.query_one("#continue")


@pytest.mark.parametrize("pause", [True, False], ids=["after a draft of the empty field", "at once"])
@pytest.mark.parametrize("leave", ["tab", "escape", "kill"])
async def test_what_was_typed_and_deleted_has_no_draft(session: Session, leave: str, pause: bool) -> None:  # noqa: FBT001 - a case
    """Words that were deleted again do not come back after a crash, also in a new record that belongs to another."""
    goal = planned(session, somebody(session))
    new = record_lists.new(session, "action", goal.person_id or "")
    form = FormScreen(new, context=record_lists.parent_link(goal, "action"))
    async with opened_screen(session, form) as pilot:
        autosaver = app_of(pilot).autosaver
        await pilot.press(*"hello")
        autosaver.save_draft()
        assert [draft.record_id for draft in drafts(session)] == [new.record_id] * len(drafts(session))
        assert drafts(session)
        await pilot.press(*["backspace"] * 5)
        if pause:
            autosaver.save_draft()
        if leave == "kill":
            autosaver.save_before_exit()
        else:
            await pilot.press(leave)
            await pilot.pause()
        assert drafts(session) == []
    assert draft_recovery.recover(session) == ()
    assert record_lists.of(session, "action", goal.person_id or "", goal)[1:] == []


def drafts(session: Session) -> list[Change]:
    return local_writes.drafts(session.store.db, session.device_id)
