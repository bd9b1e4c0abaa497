"""Payments and purchases on the screen: what is late, paid with one key, bought on a line, and why nothing is paid."""

import re
from datetime import date

import pytest

from phb_tui.domain.records.changes import Record
from phb_tui.screens.design.shapes import SHAPES
from phb_tui.screens.navigation import registry
from phb_tui.screens.payments.payment_forms import PaymentForm, PurchaseForm, new_purchase
from phb_tui.screens.payments.payments import PaymentsScreen
from phb_tui.services.payments import making, spending
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.app_harness import opened, rhys
from tests.screens.screen_harness import opened_screen, painted, somebody, type_words, words_painted
from tests.services.decision.samples import confirm, decision_about, kept_version, request_for, set_policy, set_staff
from tests.services.payments.paid_budgets import bought, paying

pytestmark = pytest.mark.anyio


def kept(session: Session, person: Record, kind: str) -> list[Record]:
    """A person's records of a kind."""
    return record_lists.of(session, kind, person.record_id)


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_a_late_payment_is_paid_with_one_key_and_another_amount_in_its_form(
    session: Session, size: tuple[int, int]
) -> None:
    """What is late comes first, with its day and whole amount; p writes that it was paid today, once."""
    person = rhys(session)
    paying(session, person.record_id)
    async with opened(session, size) as (app, pilot):
        registry.open_part(app, person.record_id, "payments")
        await pilot.pause()
        seen = painted(pilot)
        assert "Late: money that should have come" in seen
        assert "6 Apr 2026  Regular payment" in seen
        assert "3,908.79" in seen
        await pilot.press("p", "p")
        await pilot.pause()
        assert "paid already" in painted(pilot)
        (paid,) = [each for each in kept(session, person, "payment") if each.text("paid_on")]
        assert (paid.fields["due"], paid.text("paid"), paid.text("paid_on")) == (390879, "3908.79", "2026-11-23")
        await pilot.press("home", "enter")
        await pilot.pause()
        assert isinstance(app.screen, PaymentForm)
        assert "due on" in painted(pilot)


async def test_nothing_is_paid_before_the_team_server_has_confirmed(session: Session) -> None:
    """Without a yes, and with one that only this laptop has, the screen says why and what to do; then it lists them."""
    person = rhys(session)
    async with opened(session) as (app, pilot):
        registry.open_part(app, person.record_id, "payments")
        await pilot.pause()
        assert "Ask for a decision" in words_painted(pilot)
        version = kept_version(session, person.record_id, examples.a())
        request = request_for(session, version)
        decision = decision_about(session, request)
        app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        seen = words_painted(pilot)
        assert "has not confirmed this decision yet, so nothing can be paid. Sync first: F5." in seen
        assert "List the payments" not in seen
        confirm(session, version, request, decision)
        app.screen.reload()  # type: ignore[attr-defined]
        await pilot.pause()
        assert "List the payments: The budget, version 1" in painted(pilot)  # not by what it was kept for
        await pilot.press("home", "enter")
        await pilot.pause()
        assert len(kept(session, person, "payment")) == 15


async def test_a_purchase_is_on_a_line_by_its_name_and_comes_from_before(session: Session) -> None:
    """The picker shows names and what is left, never an id; who was paid before brings the line that was chosen."""
    person = rhys(session)
    paying(session, person.record_id)
    async with opened(session, (80, 60)) as (app, pilot):
        registry.open_part(app, person.record_id, "payments")
        await pilot.pause()
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(app.screen, PurchaseForm)
        await type_words(pilot, "125")
        await pilot.press("enter")
        await type_words(pilot, "Cover Ltd")
        await pilot.press("enter")
        await pilot.pause()
        assert "insurance: \N{POUND SIGN}120.00 left" in " ".join(painted(pilot).split())
        form = app.screen
        (line,) = [code for code, words in form.options_of(form._line()).items() if words.startswith("insurance")]
        form._change({"line": line})
        await pilot.press("escape")
        await pilot.pause()
        seen = painted(pilot)
        assert "Cover Ltd · insurance" in seen
        assert line not in seen
        await pilot.press("f7")
        await type_words(pilot, "3")
        await pilot.press("enter", "down", "enter", "enter")
        await pilot.pause()
        assert "insurance: over by \N{POUND SIGN}8.00" in " ".join(painted(pilot).split())
    first, second = sorted(kept(session, person, "purchase"), key=lambda each: each.text("amount"))
    assert (first.text("line"), first.text("date")) == (line, "2026-11-23")
    assert (second.text("line"), second.text("payee")) == (line, "Cover Ltd")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (160, 48)])
async def test_what_is_left_is_never_cut(session: Session, size: tuple[int, int]) -> None:
    """Each line shows what is left in every width, apart from the figure before it; the last sum leaves nothing out."""
    person = rhys(session)
    version = paying(session, person.record_id)
    costs = [each for each in kept(session, person, "cost") if each.text("what") == "insurance"]
    bought(session, person.record_id, "125,000.00", costs[0].record_id)
    bought(session, person.record_id, "1.00", "line of another budget")
    bought(session, person.record_id, "92.39", "none")
    async with opened(session, size) as (app, pilot):
        registry.open_part(app, person.record_id, "spending")
        await pilot.pause()
        await pilot.pause()
        seen = painted(pilot)
        assert " over by 124,880.00" in seen
        assert re.search(r"\d(over by|takes)", seen) is None, "a figure is glued to the next one"
        assert ("to date" in seen) is (size[0] > 60)
        assert ("'To date' is what was planned up to today." in words_painted(pilot)) is (size[0] > 60)
        assert "17,472.00" in seen
        await pilot.press("end")
        await pilot.pause()
        assert re.search(r"Spent in all +125,093\.39", painted(pilot))
    assert making.make(session, person.record_id, version.record_id) == 0
    assert editing.read(session, "budget_version", version.record_id, person.record_id) == version


async def test_a_decision_that_waits_is_not_asked_for_again(session: Session) -> None:
    """Where a decision was asked for, the page says for whom it waits and by when; otherwise to ask for one first."""
    person = rhys(session)
    set_policy(session)
    set_staff(session)
    async with opened(session) as (app, pilot):
        await app.push_screen(registry.make_screen(app, person.record_id, "payments"))
        await pilot.pause()
        assert "Ask for a decision in step 5 first." in words_painted(pilot)
        request_for(session, kept_version(session, person.record_id), promised_by="2026-12-04")
        screen = app.screen
        assert isinstance(screen, PaymentsScreen)
        screen.reload()
        await pilot.pause()
        shown = words_painted(pilot)
    assert "Ask for a decision in step 5 first." not in shown
    assert "the decision that was asked for waits for Ann Invented." in shown
    assert "An answer is promised by Friday 4 December 2026." in shown


async def test_a_purchase_takes_one_row_with_the_beginning_of_both_names(session: Session) -> None:
    """At 80x24 day, payee, line and the whole amount stand in one row, however long the names are."""
    person = somebody(session)
    paying(session, person.record_id, examples.b())
    long = max(spending.of_person(session, person.record_id).lines, key=lambda line: len(line.name))
    bought(session, person.record_id, "1049.50", long.id, payee="Sampletown Umbrella Body, for Maria and Kit")
    bought(session, person.record_id, "soon", long.id, payee="Sampletown Umbrella Body, for Maria and Kit")
    async with opened_screen(session, PaymentsScreen(person.record_id)) as pilot:
        rows = [row for row in painted(pilot).splitlines() if "20 Nov 2026" in row]
        assert [("Sampletown" in row, long.name[:12] in row) for row in rows] == [(True, True)] * 2
        assert [row.strip(" ┃").split()[-1] for row in rows] == ["?", "1,049.50"]


async def test_the_payment_that_enter_opens_stays_in_view_while_a_message_takes_rows(session: Session) -> None:
    """A sentence of two rows makes the list less high; the mark is painted all the same."""
    person = somebody(session)
    paying(session, person.record_id)
    async with opened_screen(session, PaymentsScreen(person.record_id)) as pilot:
        await pilot.press("p", "p")
        assert "This was paid already." in painted(pilot)
        (row,) = [row for row in painted(pilot).splitlines() if "►" in row]
        assert "Paid 23 Nov 2026" in row


async def test_a_day_of_the_other_tax_year_takes_its_line_with_it(session: Session) -> None:
    """Whoever chooses the line first and then writes a day after 5 April has the same costs of that year chosen."""
    person = somebody(session)
    paying(session, person.record_id, examples.b())
    before, after = (
        {each.id for each in spending.choices(spending.of_person(session, person.record_id), day)}
        for day in (date(2027, 4, 5), date(2027, 4, 6))
    )
    line = next(each for each in sorted(before - after) if each.replace("2026/27", "2027/28") in after)
    form = new_purchase(session, person.record_id, line.replace("2026/27", "2027/28"))
    assert form.context["line"] == line, "today is in this tax year, whichever line it was opened from"
    async with opened_screen(session, form, (80, 60)) as pilot:
        await type_words(pilot, "9")
        await pilot.press("tab")
        form.set_focus(form.query_one("#field-date"))
        await pilot.press("ctrl+u", *"10/4/27", "tab")
        await pilot.pause()
        later = line.replace("2026/27", "2027/28")
        assert form.record.text("line") == later
        (chosen,) = [row for row in painted(pilot).splitlines() if SHAPES.chosen in row]
        name = spending.of_person(session, person.record_id).names[later]
        assert name[:30] in chosen


@pytest.mark.parametrize("condition", ["Only when the\nfeeding training is signed off.", ""])
async def test_on_what_condition_the_yes_was_given_is_said_until_something_is_paid(
    session: Session, condition: str
) -> None:
    """Whoever pays reads it before, also where it was not written down; what was paid was met."""
    person = rhys(session)
    version = kept_version(session, person.record_id, examples.a())
    request = request_for(session, version)
    confirm(session, version, request, decision_about(session, request, outcome="conditions", conditions=condition))
    says = "Pay nothing before it is met: Only when the feeding training is" if condition else "was not written down"
    async with opened(session) as (app, pilot):
        registry.open_part(app, person.record_id, "payments")
        await pilot.pause()
        assert says in words_painted(pilot)
        await pilot.press("home", "enter")
        await pilot.pause()
        assert kept(session, person, "payment")
        assert says in words_painted(pilot)
        await pilot.press("p")
        await pilot.pause()
        assert "Paid today" in words_painted(pilot)
        assert says not in words_painted(pilot)
