"""Reading a bank statement on the screen: nothing is kept before somebody says so."""

import threading
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.screens.forms.form import FormScreen
from phb_tui.screens.payments.import_statement import ImportStatementScreen
from phb_tui.screens.payments.statement_preview import StatementPreviewScreen
from phb_tui.screens.payments.statement_row import StatementRowScreen
from phb_tui.services.payments import spending, statement_import
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.screens.screen_harness import (
    choose,
    lines,
    log_length,
    opened_screen,
    painted,
    shown,
    somebody,
    words_painted,
)
from tests.services.payments.paid_budgets import approved, bought, paying

pytestmark = pytest.mark.anyio
HEAD = "Date,Description,Amount\n"
ROWS = "20/11/2026,Bus,-2.50\n21/11/2026,Swimming pool,-12.50\n22/11/2026,Bus,-2.50\n"
FILE = HEAD + ROWS + "20/11/2026,NHS,500.00\nTotal,,-17.50\n"


def preview(session: Session, person_id: str, text: str = FILE) -> StatementPreviewScreen:
    """The screen that shows what a file would add."""
    data = text.encode()
    return StatementPreviewScreen(person_id, data, statement_import.read(session, data))


def purchases(session: Session, person: Record) -> list[Record]:
    return record_lists.of(session, "purchase", person.record_id)


async def wait_for(pilot: Pilot[int], kind: type[object]) -> None:
    """Wait until the work beside the screen has opened another one."""
    for _ in range(200):
        await pilot.pause(0.01)
        if isinstance(pilot.app.screen, kind):
            await pilot.pause()
            return
    raise AssertionError(f"{kind} was not opened: {painted(pilot)}")


async def test_a_file_is_chosen_looked_at_and_kept(session: Session, tmp_path: Path) -> None:
    """From the list of files to purchases: looking and going back keep nothing, 'Keep these' keeps what is ticked."""
    person = somebody(session)
    approved(session, person.record_id)
    folder = tmp_path / "Downloads"
    folder.mkdir()
    (folder / "march.csv").write_text(FILE)
    before = log_length(session)
    async with opened_screen(session, ImportStatementScreen(person.record_id, [folder]), (80, 24)) as pilot:
        await choose(pilot, "#files", "march.csv")
        await wait_for(pilot, StatementPreviewScreen)
        assert shown(pilot, "#summary") == "Paid out: 3. Money in: 1. Not understood: 1."
        assert lines(pilot, "#lines")[0] == "Keep these 3"
        assert next(line for line in lines(pilot, "#lines") if "Bus" in line) == "[x] 20 Nov 2026  Bus  £2.50"
        assert "Line 6: It is a total and not a payment. Total -17.50" in lines(pilot, "#lines")
        await pilot.press("escape")
        assert log_length(session) == before
        await choose(pilot, "#files", "march.csv")
        await wait_for(pilot, StatementPreviewScreen)
        await choose(pilot, "#lines", "[x] 20 Nov 2026  Bus")
        assert isinstance(pilot.app.screen, StatementRowScreen)
        label = lines(pilot, "#lines")[5].removeprefix("( ) ").split("  ")[0]
        await choose(pilot, "#lines", f"( ) {label}")
        bus = [line for line in lines(pilot, "#lines") if "Bus" in line]
        assert all(label[:10] in line for line in bus), "the same payee is for the same line"
        await choose(pilot, "#lines", "[x] 21 Nov 2026  Swimming pool")
        await pilot.press("k")
        await pilot.pause()
        assert log_length(session) == before
        assert "[ ] 21 Nov 2026  Swimming pool  £12.50" in lines(pilot, "#lines")
        await choose(pilot, "#lines", "Keep these 2")
        assert "2 purchases are kept." in painted(pilot)
        assert [line for line in lines(pilot, "#lines") if line.startswith("Keep")] == []
    kept = purchases(session, person)
    assert [each.text("payee") for each in kept] == ["Bus", "Bus"]
    assert len({each.text("line") for each in kept}) == 1
    assert all(each.text("line") for each in kept)


async def test_a_second_enter_keeps_nothing(session: Session) -> None:
    """The highlight begins at the first row, so that Enter pressed once too often only opens that."""
    person = somebody(session)
    async with opened_screen(session, preview(session, person.record_id)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, StatementRowScreen)
    assert purchases(session, person) == []


async def test_what_is_perhaps_there_is_not_ticked_and_what_is_there_opens(session: Session) -> None:
    """A purchase that was typed unticks its row; a row that is kept opens the purchase."""
    person = somebody(session)
    typed = record_lists.new(session, "purchase", person.record_id)
    editing.save(session, typed, {"date": "2026-11-21", "amount": "12.50", "payee": "pool"})
    async with opened_screen(session, preview(session, person.record_id), (60, 20)) as pilot:
        await choose(pilot, "#lines", "[ ] 21 Nov 2026")
        await pilot.press("enter")
        await pilot.pause()
        assert "[ ] 21 Nov 2026  Swimming pool  £12.50" in lines(pilot, "#lines"), "Enter pressed twice keeps nothing"
        await pilot.press("k")
        await pilot.pause()
        assert len(purchases(session, person)) == 3
        await choose(pilot, "#lines", "20 Nov 2026  Bus")
        assert isinstance(pilot.app.screen, FormScreen)
        assert pilot.app.screen.record.text("payee") == "Bus"


async def test_what_the_file_does_not_say_is_asked_first(session: Session) -> None:
    """Columns, the order of day and month and the sign are asked in turn; before that no row can be kept."""
    person = somebody(session)
    text = "03/04/2026,Swimming pool,12.50\n05/06/2026,Bus,2.50\n"
    async with opened_screen(session, preview(session, person.record_id, text)) as pilot:
        assert "which column is which" in shown(pilot, "#summary")
        assert lines(pilot, "#lines")[1] == "Column 2  Swimming pool · Bus  Paid to"
        pressed = []
        for _ in range(4):
            await choose(pilot, "#lines", "Column 2")
            pressed.append(lines(pilot, "#lines")[1].split("  ")[-1])
            assert lines(pilot, "#lines")[-1].startswith("Needed:") is (pressed[-1] != "Paid to")
        assert pressed == ["Paid out", "Money in", "not needed", "Paid to"], "what another column holds stays there"
        await pilot.press("g")
        await pilot.pause()
        assert lines(pilot, "#lines") == [
            "The day comes first: Friday 3 April 2026",
            "The month comes first: Wednesday 4 March 2026",
        ]
        await choose(pilot, "#lines", "The month comes first")
        assert lines(pilot, "#lines")[0] == "£12.50 Swimming pool: it was paid out"
        await choose(pilot, "#lines", "£12.50 Swimming pool: it was paid out")
        assert "[x] 4 Mar 2026  Swimming pool  £12.50" in lines(pilot, "#lines")
        await pilot.press("t")
        await pilot.pause()
        assert shown(pilot, "#summary") == "Paid out: 0. Money in: 2."
        assert lines(pilot, "#lines")[0] == "Nothing here is ticked to be kept."
    assert purchases(session, person) == []


async def test_a_wrong_file_gets_a_sentence_and_the_path_stays(session: Session, tmp_path: Path) -> None:
    """A PDF, a folder and a path that leads nowhere are refused on the screen, and what was typed stays."""
    (tmp_path / "a.csv").write_bytes(b"%PDF-1.7")
    async with opened_screen(session, ImportStatementScreen(somebody(session).record_id, [])) as pilot:
        field = pilot.app.screen.query_one(Input)
        for path, words in (("a.csv", "This is not a CSV file."), ("", "folder, a link"), ("b.csv", "no such file")):
            field.value = str(tmp_path / path)
            field.focus()
            await pilot.press("enter")
            for _ in range(200):
                await pilot.pause(0.01)
                if words in painted(pilot):
                    break
            assert words in painted(pilot)
            assert field.value == str(tmp_path / path)


@pytest.mark.parametrize("data", [FILE.encode(), b"%PDF-1.7", None])
async def test_going_back_while_a_file_is_read_opens_and_says_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch, data: bytes | None
) -> None:
    """Esc while a slow stick is read leaves the screen for good, whatever the file turns out to be."""
    may_go_on, read = threading.Event(), threading.Event()

    def slowly(_path: Path) -> bytes:
        may_go_on.wait(10)
        read.set()
        if data is None:
            raise RuleBroken("There is no such file.", "file")
        return data

    monkeypatch.setattr(statement_import, "read_file", slowly)
    async with opened_screen(session, ImportStatementScreen(somebody(session).record_id, [])) as pilot:
        field = pilot.app.screen.query_one(Input)
        field.value = "slow.csv"
        field.focus()
        await pilot.press("enter", "escape")
        below = pilot.app.screen
        may_go_on.set()
        assert read.wait(10)
        for _ in range(10):
            await pilot.pause(0.01)
        assert pilot.app.screen is below


async def test_what_was_chosen_stays_chosen_after_going_back(session: Session) -> None:
    """Esc loses no choice about a file: it is there when the same file is looked at again, and nothing was kept."""
    person = somebody(session)
    before = log_length(session)
    for is_again in (False, True):
        async with opened_screen(session, preview(session, person.record_id)) as pilot:
            assert ("[ ] 21 Nov 2026  Swimming pool  £12.50" in lines(pilot, "#lines")) is is_again
            assert "stays chosen" in pilot.app.screen.help_words()  # type: ignore[attr-defined]
            if not is_again:
                await choose(pilot, "#lines", "[x] 21 Nov 2026  Swimming pool")
                await pilot.press("k")
                await pilot.pause()
            await pilot.press("escape")
            await pilot.pause()
    assert log_length(session) == before


async def test_money_in_is_kept_as_a_refund_where_it_is_chosen(session: Session) -> None:
    """Money in is not ticked; Enter on it offers to keep it as a refund of a line."""
    person = somebody(session)
    paying(session, person.record_id)
    async with opened_screen(session, preview(session, person.record_id)) as pilot:
        assert "[ ] 20 Nov 2026  NHS  £500.00" in lines(pilot, "#lines")
        await choose(pilot, "#lines", "[ ] 20 Nov 2026  NHS")
        assert "Keep it as a refund" in painted(pilot)
        await pilot.press("k")
        await pilot.pause()
        await choose(pilot, "#lines", "Keep these 4")
    assert [each.text("payee") for each in purchases(session, person) if spending.is_refund(each)] == ["NHS"]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
async def test_the_name_of_a_line_is_never_cut(session: Session, size: tuple[int, int]) -> None:
    """Names that differ at their end only can be told apart beside a row."""
    person = somebody(session)
    paying(session, person.record_id)
    line = max(spending.of_person(session, person.record_id).lines, key=lambda each: len(each.name))
    bought(session, person.record_id, "1.00", line.id, payee="Bus", date="2026-10-01")
    async with opened_screen(session, preview(session, person.record_id), size) as pilot:
        assert len(line.name) > 22
        assert words_painted(pilot).count(line.name) >= 2


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
async def test_no_amount_is_cut_at_any_size(session: Session, size: tuple[int, int]) -> None:
    """However long payee and line are, the amount stands whole, and a wide window shows the whole row beside it."""
    person = somebody(session)
    text = HEAD + f'20/11/2026,{"Swimming pool " * 12},"-1,234,567.89"\n'
    async with opened_screen(session, preview(session, person.record_id, text), size) as pilot:
        assert "£1,234,567.89" in painted(pilot)
        assert ("Line 2 of the file" in painted(pilot)) is (size[0] > 110)
