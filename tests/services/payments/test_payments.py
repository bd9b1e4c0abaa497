"""Payments on a laptop: made from what central confirmed, paid with one call, late, and over when the budget ends."""

from dataclasses import replace

import pytest

from phb_tui.domain.budget.amounts.pence import shown
from phb_tui.domain.payments import allocation
from phb_tui.domain.records.changes import Record
from phb_tui.errors import RuleBroken
from phb_tui.services.payments import due, making
from phb_tui.services.payments.due import Payment, State
from phb_tui.services.person import due_this_week, entered_in_error, reminders
from phb_tui.services.records import editing, record_lists
from phb_tui.services.session import Session
from tests.domain.budget import examples
from tests.screens.screen_harness import arrive
from tests.services.decision.samples import POLICY, confirm, decision_about, kept_version, request_for, set_policy
from tests.services.payments.paid_budgets import approved, bought, paying, told


def payments(session: Session, person_id: str) -> dict[str, Payment]:
    """The regular payments by day."""
    found = due.of_person(session, person_id).payments
    return {each.due.due_on.isoformat(): each for each in found if each.due.what in {"instalment", "adjustment"}}


def kept(session: Session, person_id: str) -> list[Record]:
    """The payments that were made."""
    return record_lists.of(session, "payment", person_id)


def pay_all_due(session: Session, person_id: str) -> None:
    """Everything that is late or due is paid today."""
    for payment in due.of_person(session, person_id).payments:
        if payment.state in {State.LATE, State.DUE}:
            due.mark_paid(session, payment)


def followed_by(session: Session, person_id: str, first: Record) -> Record:
    """Example H, approved in place of example A."""
    more = {"replaces_id": first.text("budget_id"), "allowance_used": ""}
    return approved(session, person_id, examples.h(), "2026-10-24", **more)


def test_nothing_is_paid_that_central_has_not_confirmed(laptop: Session, person_id: str) -> None:
    """Without a decision, and with one that only this laptop knows, no payment is made and a sentence says why."""
    version = kept_version(laptop, person_id, examples.a())
    with pytest.raises(RuleBroken, match="said yes"):
        making.make(laptop, person_id, version.record_id)
    request = request_for(laptop, version)
    decision = decision_about(laptop, request)
    ((_version, against),) = due.of_person(laptop, person_id).to_make
    assert "has not confirmed" in against
    with pytest.raises(RuleBroken, match="has not confirmed"):
        making.make(laptop, person_id, version.record_id)
    assert kept(laptop, person_id) == []
    confirm(laptop, version, request, decision)
    assert making.make(laptop, person_id, version.record_id) == 15


def test_payments_that_are_made_twice_are_the_same(laptop: Session, person_id: str) -> None:
    """A second run, or another laptop, writes nothing new: the ids come from version and number."""
    version = paying(laptop, person_id)
    made = kept(laptop, person_id)
    assert making.make(laptop, person_id, version.record_id) == 0
    assert kept(laptop, person_id) == made
    amounts = {each.fields["due"] for each in made}
    assert amounts == {390879, 390875, 33774, 390876}
    assert all(type(amount) is int for amount in amounts)


def test_a_payment_is_late_after_seven_days_and_paid_with_one_call(laptop: Session, person_id: str) -> None:
    """On 23 November the payment of 16 November is due, the one of 19 October late, the one of 14 December to come."""
    paying(laptop, person_id)
    there = payments(laptop, person_id)
    states = {day: there[day].state for day in ("2026-10-19", "2026-11-16", "2026-12-14")}
    assert list(states.values()) == [State.LATE, State.DUE, State.COMING]
    due.mark_paid(laptop, there["2026-11-16"])
    paid = payments(laptop, person_id)["2026-11-16"]
    assert (paid.state, paid.record.text("paid_on"), paid.record.text("paid")) == (State.PAID, "2026-11-23", "3908.75")
    with pytest.raises(RuleBroken, match="paid already"):
        due.mark_paid(laptop, paid)


def test_what_was_paid_too_little_is_still_due_and_too_much_is_for_the_audit(laptop: Session, person_id: str) -> None:
    """The rest of a payment stays late; what is more than due in all is owed, and takes nothing off by itself."""
    paying(laptop, person_id)
    first = payments(laptop, person_id)["2026-10-19"]
    editing.save(laptop, first.record, {"paid_on": "2026-10-20", "paid": "3,900"})
    again = payments(laptop, person_id)["2026-10-19"]
    assert (again.state, again.to_pay) == (State.LATE, 875)
    editing.save(laptop, again.record, {"paid": "4,000.00"})
    (budget,) = due.of_person(laptop, person_id).budgets
    assert (budget.owed, budget.comes_off) == (0, 0), "in all less was paid than is due"
    pay_all_due(laptop, person_id)
    (budget,) = due.of_person(laptop, person_id).budgets
    assert (budget.owed, budget.comes_off) == (9125, 0)
    assert payments(laptop, person_id)["2026-12-14"].to_pay == 390875


def test_less_money_begins_only_after_notice_and_comes_out_to_the_penny(laptop: Session, person_id: str) -> None:
    """Example H: told on 26 October with 28 days' notice, 14 December pays 2,969.23; told later, nothing changes."""
    set_policy(laptop, {**POLICY, "notice_days": 28})
    first = paying(laptop, person_id)
    version = followed_by(laptop, person_id, first)
    with pytest.raises(RuleBroken, match="when they were told"):
        making.make(laptop, person_id, version.record_id)
    told(laptop, person_id, version, "2026-11-20")
    with pytest.raises(RuleBroken, match="18 December 2026"):
        making.make(laptop, person_id, version.record_id)
    assert payments(laptop, person_id)["2026-12-14"].to_pay == 390875
    told(laptop, person_id, version, "2026-10-26")
    assert making.make(laptop, person_id, version.record_id) == 4
    there = payments(laptop, person_id)
    assert there["2026-12-14"].to_pay == 296923
    assert [there[day].to_pay for day in ("2027-01-11", "2027-02-08", "2027-03-08")] == [328240] * 3
    with pytest.raises(RuleBroken, match="newer version"):
        making.make(laptop, person_id, first.record_id)


def test_what_was_paid_for_a_payment_that_is_gone_is_taken_off_the_next(laptop: Session, person_id: str) -> None:
    """Another laptop paid 14 December by the older version before it knew of the newer one; nobody pays that twice."""
    first = paying(laptop, person_id)
    old = payments(laptop, person_id)["2026-12-14"]
    version = followed_by(laptop, person_id, first)
    told(laptop, person_id, version, "2026-10-26")
    making.make(laptop, person_id, version.record_id)
    assert payments(laptop, person_id)["2026-12-14"].to_pay == 296923
    editing.save(laptop, old.record, {"paid_on": "2026-11-21", "paid": "3908.75"})
    (budget,) = due.of_person(laptop, person_id).budgets
    assert [(each.paid, each.state, each.is_due) for each in budget.not_due] == [(390875, State.PAID, False)]
    unpaid = [each for each in budget.payments if each.state is not State.PAID]
    assert sum(each.taken_off for each in budget.payments) == 390875
    assert sum(each.to_pay for each in unpaid) == sum(each.due.pence for each in budget.payments) - 390875


def test_what_an_older_version_paid_stays_listed_and_counts_for_what_is_due(laptop: Session, person_id: str) -> None:
    """It is paid, with its own day and amount, and only what is above all that is due comes off later payments."""
    first = paying(laptop, person_id)
    pay_all_due(laptop, person_id)
    old = payments(laptop, person_id)["2026-12-14"]
    editing.save(laptop, old.record, {"paid_on": "2026-11-21", "paid": "3908.75"})
    version = followed_by(laptop, person_id, first)
    told(laptop, person_id, version, "2026-10-26")
    making.make(laptop, person_id, version.record_id)
    (budget,) = due.of_person(laptop, person_id).budgets
    (gone,) = budget.not_due
    assert (gone.record.record_id, gone.state, gone.paid) == (old.record.record_id, State.PAID, 390875)
    assert payments(laptop, person_id)["2026-12-14"].to_pay == 0
    assert (budget.comes_off, budget.owed) == (390875 - 296923, 0)
    assert payments(laptop, person_id)["2027-01-11"].to_pay == 328240 - (390875 - 296923)
    due.take_back(laptop, gone.record)
    (budget,) = due.of_person(laptop, person_id).budgets
    assert (budget.not_due, budget.comes_off) == ([], 0)
    assert payments(laptop, person_id)["2026-12-14"].to_pay == 296923


def test_what_was_paid_counts_first_for_the_same_sort_of_payment(laptop: Session, person_id: str) -> None:
    """What an older version paid to put by leaves no rest of a regular payment, and the other way round."""
    paying(laptop, person_id)
    there = due.of_person(laptop, person_id).payments
    put_by = next(each for each in there if each.due.what == "contingency")
    dues = [each.due for each in there]
    off = allocation.allocated(dues, [0] * len(dues), [(put_by.due, put_by.due.pence)], laptop.today, None)
    assert {each.what: pence for each, pence in zip(dues, off, strict=True) if pence} == {
        "contingency": put_by.due.pence
    }


def test_each_part_of_a_payment_keeps_its_day_and_amount(laptop: Session, person_id: str) -> None:
    """1,000 first and the rest with one call: both stand in the record, and taking it back clears them all."""
    paying(laptop, person_id)
    first = payments(laptop, person_id)["2026-10-19"]
    editing.save(laptop, first.record, {"paid_on": "2026-10-20", "paid": "1,000"})
    due.mark_paid(laptop, payments(laptop, person_id)["2026-10-19"])
    paid = payments(laptop, person_id)["2026-10-19"]
    assert paid.parts == [("2026-10-20", 100000), ("2026-11-23", 290875)]
    assert (paid.state, paid.paid) == (State.PAID, 390875)
    editing.save(laptop, paid.record, {"second": "50"})
    due.mark_paid(laptop, payments(laptop, person_id)["2026-10-19"])
    third = payments(laptop, person_id)["2026-10-19"]
    assert [part.pence for part in third.parts] == [100000, 5000, 285875]
    editing.save(laptop, third.record, {"third": "1"})
    with pytest.raises(RuleBroken, match="Three parts"):
        due.mark_paid(laptop, payments(laptop, person_id)["2026-10-19"])
    due.take_back(laptop, third.record)
    back = payments(laptop, person_id)["2026-10-19"]
    assert (back.state, back.paid, back.parts) == (State.LATE, 0, [])


def test_a_payment_cannot_be_entered_in_error(laptop: Session, person_id: str) -> None:
    """It would go on to count, and central takes no removal; so with each kind of record that the program makes."""
    version = paying(laptop, person_id)
    for record in (kept(laptop, person_id)[0], version):
        assert not entered_in_error.can_be(record)
    assert entered_in_error.can_be(bought(laptop, person_id, "1.00"))


def test_nothing_is_due_after_the_budget_ended(laptop: Session, person_id: str) -> None:
    """From the day after the end, or after a death, instalments stop; what was due before stays due."""
    paying(laptop, person_id)
    phb = record_lists.single(laptop, "phb", person_id)
    editing.save(laptop, phb, {"ended_on": "2026-12-14", "end_reason": "died"})
    there = payments(laptop, person_id)
    assert there["2026-12-14"].state is State.COMING
    assert there["2027-01-11"].state is State.ENDED
    with pytest.raises(RuleBroken, match="ended before"):
        due.mark_paid(laptop, there["2027-01-11"])
    editing.save(laptop, editing.read(laptop, "person", person_id, person_id), {"died_on": "2026-11-10"})
    assert payments(laptop, person_id)["2026-11-16"].state is State.ENDED


def test_late_money_is_among_the_reminders_and_what_is_due_this_week(laptop: Session, person_id: str) -> None:
    """What should have come is on the person with its sum and first day, and each payment in what is due this week."""
    paying(laptop, person_id)

    def reminded() -> str:
        return " ".join(each.words for each in reminders.due(laptop, person_id) if each.record.kind == "payment")

    assert reminded().endswith("35,516.54 should have been paid, the first of it on Monday 6 April 2026")
    items = [each for each in due_this_week.of_person(laptop, person_id) if each.record.kind == "payment"]
    assert {str(each.day) for each in items} >= {"2026-10-19", "2026-11-16"}
    *late, last = due.of_person(laptop, person_id).late
    for payment in late:
        due.mark_paid(laptop, payment)
    assert reminded() == f"Late: \N{POUND SIGN}{shown(last.to_pay)} should have been paid on Monday 19 October 2026"
    due.mark_paid(laptop, last)
    assert reminded() == ""


@pytest.mark.parametrize(
    "fields", [{"due": "abc"}, {"due": 10**4000}, {"due_on": "x", "what": "gift"}, {"paid": "9" * 5000}]
)
def test_no_kept_payment_breaks_a_reader(laptop: Session, person_id: str, fields: dict[str, str | int]) -> None:
    """What is due comes from the rule and not from what stands in a payment; damage there is no error."""
    paying(laptop, person_id)
    payment = payments(laptop, person_id)["2026-12-14"]
    arrive(laptop, payment.record, {**payment.record.fields, **fields})
    stray = replace(payment.record, record_id="stray")
    arrive(laptop, stray, {**payment.record.fields, **fields, "paid_on": "2026-11-20"})
    again = payments(laptop, person_id)["2026-12-14"]
    assert again.due == payment.due
    assert again.is_unreadable is ("paid" in fields)
