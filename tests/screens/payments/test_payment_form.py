"""The form of a payment: which it is, what is left, the parts in which it was paid, and taking it back."""

import pytest
from textual.widgets import Static

from phb_tui.domain.records.changes import Record
from phb_tui.screens.forms.error_reason import ErrorReasonScreen
from phb_tui.screens.payments.payment_forms import PaymentForm, new_purchase
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.services.payments import due
from phb_tui.services.payments.due import Payment
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from tests.screens.screen_harness import (
    choose,
    lines,
    opened_screen,
    painted,
    press_continue,
    shown,
    somebody,
    words,
    words_painted,
)
from tests.services.payments.paid_budgets import bought, paying

pytestmark = pytest.mark.anyio


@pytest.fixture
def person(session: Session) -> Record:
    """Somebody whose payments are listed."""
    found = somebody(session)
    paying(session, found.record_id)
    return found


def payment(session: Session, person: Record, day: str = "2026-10-19") -> Payment:
    """Their regular payment of a day."""
    found = due.of_person(session, person.record_id).payments
    return next(each for each in found if (each.due.due_on.isoformat(), each.due.what) == (day, "instalment"))


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
async def test_the_form_says_which_payment_it_is_and_its_whole_amount(
    session: Session, person: Record, size: tuple[int, int]
) -> None:
    """No part of an amount is cut off, at any width, and no example looks like an amount that is due."""
    async with opened_screen(session, PaymentForm(payment(session, person)), size) as pilot:
        seen = words_painted(pilot)
        assert "Regular payment: £3,908.75 due on Monday 19 October 2026." in seen
        assert "£3,908.75 left to pay" in painted(pilot).splitlines()[0] + painted(pilot).splitlines()[1]
        assert "3,275.54" not in seen


async def test_what_is_left_to_pay_is_said_and_not_the_whole_again(session: Session, person: Record) -> None:
    """After a part was paid, the head and the hint of the next part say the rest, and the part stands with its day."""
    editing.save(session, payment(session, person).record, {"paid_on": "2026-10-20", "paid": "3,825.15"})
    async with opened_screen(session, PaymentForm(payment(session, person)), (160, 48)) as pilot:
        seen = words_painted(pilot)
        assert "Regular payment · £83.60 left to pay" in painted(pilot).splitlines()[0]
        assert "Paid: £3,825.15 on 20 October 2026. Left to pay: £83.60." in seen
        assert "of £83.60" in seen
        assert pilot.app.screen.focused is words(pilot, "second_on")
        await pilot.press(*"today", "enter", *"83.60", "tab")
        await pilot.pause()
        assert "nothing left to pay" in painted(pilot).splitlines()[0]
    found = payment(session, person)
    assert (found.to_pay, found.parts[1]) == (0, ("2026-11-23", 8360))
    async with opened_screen(session, PaymentsScreen(person.record_id), (160, 48)) as pilot:
        assert any("20 Oct 2026 3,825.15 · 23 Nov 2026 83.60" in line for line in lines(pilot, "#lines"))


async def test_a_payment_is_taken_back_by_a_line_of_its_form(session: Session, person: Record) -> None:
    """The line clears day and amount; Ctrl+R, which the team server refuses, does nothing."""
    due.mark_paid(session, payment(session, person))
    async with opened_screen(session, PaymentForm(payment(session, person))) as pilot:
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ErrorReasonScreen)
        assert lines(pilot, "#take-back") == ["It was not paid: take it back"]
        await choose(pilot, "#take-back", "It was not paid")
        assert not isinstance(pilot.app.screen, PaymentForm)
    found = payment(session, person)
    assert (found.paid, found.record.text("paid_on"), found.record.text("paid")) == (0, "", "")


async def test_going_on_from_the_last_field_takes_nothing_back(session: Session, person: Record) -> None:
    """Whoever goes on comes to Continue and not to the line that takes a payment back, which Enter would do."""
    due.mark_paid(session, payment(session, person))
    async with opened_screen(session, PaymentForm(payment(session, person))) as pilot:
        words(pilot, "note").focus()
        await pilot.press("tab")
        await pilot.pause()
        assert pilot.app.screen.focused is pilot.app.screen.query_one("#continue")
        await pilot.press("enter")
        await pilot.pause()
    assert payment(session, person).paid == 390875


async def test_a_paid_payment_needs_its_day(session: Session, person: Record) -> None:
    """Clearing the day alone gives a sentence as the field is left, and the list asks for the day."""
    due.mark_paid(session, payment(session, person))
    async with opened_screen(session, PaymentForm(payment(session, person))) as pilot:
        words(pilot, "paid_on").focus()
        words(pilot, "paid_on").text = ""
        await pilot.press("space", "backspace", "tab")
        await pilot.pause()
        assert "needs its day" in words_painted(pilot)
    assert payment(session, person).record.text("paid_on") == ""
    async with opened_screen(session, PaymentsScreen(person.record_id), (80, 48)) as pilot:
        (line,) = [each for each in lines(pilot, "#lines") if each.startswith("19 Oct 2026  Regular payment")]
        assert "Paid on which day?" in line
        assert "Nothing to pay" not in line


@pytest.mark.parametrize(("name", "wrong"), [("paid", "lots"), ("paid_on", "31 2 2026")])
async def test_each_field_says_what_is_wrong_when_it_is_left(
    session: Session, person: Record, name: str, wrong: str
) -> None:
    """An amount that cannot be read is said as soon as the field is left, as a date is."""
    async with opened_screen(session, PaymentForm(payment(session, person))) as pilot:
        words(pilot, name).focus()
        await pilot.press(*("space" if key == " " else key for key in wrong), "tab")
        await pilot.pause()
        assert str(pilot.app.screen.query_one(f"#error-{name}", Static).visual).startswith("Error: Enter")
        await press_continue(pilot)


async def test_a_minus_sign_says_how_a_refund_is_written(session: Session, person: Record) -> None:
    """Who types -15.00 is told at once to tick that the money came back."""
    async with opened_screen(session, new_purchase(session, person.record_id)) as pilot:
        await pilot.press(*"-15.00", "tab")
        await pilot.pause()
        assert "tick below that the money came back" in words_painted(pilot)


async def test_notes_that_do_not_fit_scroll(session: Session, person: Record) -> None:
    """What has to be known above the payments is never cut off without a sign: it scrolls, and takes the focus then."""
    async with opened_screen(session, PaymentsScreen(person.record_id), (80, 24)) as pilot:
        known = pilot.app.screen.query_one("#known")
        notes = pilot.app.screen.query_one("#notes", Static)
        assert known.has_class("hidden")
        known.remove_class("hidden")
        notes.update("\n".join(f"Note {number}" for number in range(9)))
        await pilot.pause()
        assert (known.focusable, known.show_vertical_scrollbar) == (True, True)
        known.focus()
        await pilot.press("end")
        await pilot.pause()
        assert "Note 8" in painted(pilot)


async def test_a_purchase_with_an_amount_that_cannot_be_read_is_marked_where_its_day_belongs(
    session: Session, person: Record
) -> None:
    """It says so in the list; the newest purchase stands first, whatever was written before it on the same day."""
    for number in range(9):
        bought(session, person.record_id, "1.00", payee=f"Shop {number}", date="2026-11-23")
    bought(session, person.record_id, "4O.00", payee="Typo", date="2026-11-21")
    async with opened_screen(session, PaymentsScreen(person.record_id), (80, 48)) as pilot:
        listed = lines(pilot, "#lines")
        at = listed.index("+ Add something that was paid for")
        assert "Shop 8" in listed[at + 1]
        (typo,) = [line for line in listed if "Typo" in line]
        assert "Which amount?" in typo
        assert listed.index(typo) > at + 8
        assert shown(pilot, "#notes") == ""


async def test_what_the_bank_had_already_is_said_while_a_receipt_is_typed(session: Session) -> None:
    """The same amount of about that day is named above the fields, and no longer when the amount is another one."""
    person = somebody(session)
    bought(session, person.record_id, "12.50", date="2026-11-20", payee="SWIM LTD", evidence="statement")
    async with opened_screen(session, new_purchase(session, person.record_id)) as pilot:
        assert "written down already" not in painted(pilot)
        await pilot.press(*"12.50", "tab")
        said = "The same amount is written down already: £12.50, Friday 20 November 2026, SWIM LTD."
        assert said in words_painted(pilot)
        await pilot.press("tab", "tab", "tab", "tab")
        assert "How much?" not in painted(pilot), "the page scrolled"
        assert said in words_painted(pilot)
        await pilot.press("ctrl+home")
        pilot.app.screen.set_focus(pilot.app.screen.query_one("#field-amount"))
        await pilot.press("ctrl+u", *"12.51", "tab")
        assert "written down already" not in painted(pilot)
