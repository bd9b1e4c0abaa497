"""No payment is taken without a yes that central holds, and none but those that the schedule gives."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from phb_tui.central.exchange.money import payment_guard as guard
from phb_tui.central.exchange.money import request_guard
from phb_tui.domain.payments.approved import Approved
from phb_tui.domain.payments.schedule import Due, schedule
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Change, Value
from tests import postgres
from tests.central.decision.office import Office, today
from tests.central.decision.test_decisions import WORDS


@pytest.fixture(scope="module", params=postgres.ENGINES)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    with postgres.storage_on(request.param) as storage:
        yield Office(storage)


def schedule_of(office: Office, version_id: str, *older: str) -> list[Due]:
    """What a version gives, decided today."""
    mine, *others = (Approved(each, office.held(each), today().isoformat()) for each in (version_id, *older))
    return list(schedule(mine, others).payments)


def paying(office: Office, due: Due, /, by: str = "nia", **other: Value) -> Change:
    """A payment as the program makes it, with other values in some fields."""
    fields: dict[str, Value] = {
        "budget_version_id": due.version_id, "number": due.number, "what": due.what, "due_on": due.due_on.isoformat(),
        "due": due.pence, "way": due.way,
    }  # fmt: skip
    record_id = record_ids.payment_id(due.version_id, due.number)
    values: dict[str, Value] = {name: value for name, value in {**fields, **other}.items() if value is not None}
    return office.laptops[by].write(record_id, values, "payment")


def approved(office: Office, version_id: str) -> str:
    request_id = office.ask(version_id)
    assert office.decide(request_id) == ""
    return request_id


@pytest.mark.parametrize("outcome", ["", *WORDS])
def test_only_a_yes_is_paid(outcome: str, office: Office) -> None:
    """Without a decision, and after any but a yes, each payment is kept aside; after a yes each due one is taken."""
    version_id = office.keep()
    dues = schedule_of(office, version_id)
    assert (len(dues), sum(due.pence for due in dues)) == (13, 81888 * 52)
    request_id = office.ask(version_id)
    if outcome:
        assert office.decide(request_id, outcome=outcome, **WORDS[outcome]) == ""
    said = office.why_each("off", [paying(office, due, "off") for due in dues])
    assert set(said.values()) == {"" if outcome in {"approved", "conditions"} else guard.NOT_APPROVED}


@pytest.mark.parametrize("outcome", WORDS)
def test_what_was_said_yes_to_stays_payable_whatever_another_look_says(outcome: str, office: Office) -> None:
    """Another look at a Yes is taken, before and after its answer each payment of the approved version is taken."""
    version_id = office.keep()
    first = approved(office, version_id)
    dues = schedule_of(office, version_id)
    again = office.ask(version_id, again_id=record_ids.decision_id(first, 1))
    assert office.why("off", paying(office, dues[0], "off")) == ""
    assert office.decide(again, outcome=outcome, **WORDS[outcome]) == ""
    assert office.why("off", paying(office, dues[1], "off")) == ""


def test_a_payment_is_the_one_of_the_schedule(office: Office) -> None:
    """Another amount, day, number, sort, way or type, a part of one, and one that is taken off are kept aside."""
    version_id = office.keep()
    approved(office, version_id)
    first, second, *_rest = schedule_of(office, version_id)
    wrong: list[dict[str, Value]] = [
        {"due": first.pence + 1}, {"due": str(first.pence)}, {"due": None}, {"due": 10**4_000}, {"due": -first.pence},
        {"due_on": second.due_on.isoformat()}, {"due_on": None}, {"due_on": 5}, {"what": "start_up"}, {"what": None},
        {"number": 2}, {"number": "x" * 50_000}, {"number": None}, {"number": 10**4_000}, {"way": "notional"},
        {REMOVED: YES}, {"paid": "5.00", "due": None, "what": None, "due_on": None},
    ]  # fmt: skip
    for other in wrong:
        assert office.why("nia", paying(office, first, "nia", **other)) == guard.OTHER_PAYMENT, other
    for odd in ("nothing", "rhys", "\x00", 7, None):
        assert office.why("nia", paying(office, first, "nia", budget_version_id=odd)) == guard.NOT_APPROVED
    by_hand = paying(office, first)
    nia = office.nia
    assert office.why("nia", nia.write("by-hand", dict(by_hand.fields), "payment")) == guard.OTHER_PAYMENT
    assert office.why("nia", nia.write(by_hand.record_id, dict(by_hand.fields), "payment", person_id="carys")) == (
        guard.NOT_APPROVED
    )
    assert office.why("nia", paying(office, first, "nia", number=str(first.number))) == ""


def test_what_is_due_stays_and_what_was_paid_is_written(office: Office) -> None:
    """A payment that was made keeps sort, day and amount, whatever came before; whether it was paid is taken."""
    version_id = office.keep()
    request_id = approved(office, version_id)
    made = paying(office, schedule_of(office, version_id)[0])
    assert office.why("nia", made) == ""
    held, nia, record_id = office.held(made.record_id), office.nia, made.record_id
    moved: dict[str, Value] = {
        "due": 1, "due_on": "2026-12-08", "what": "one_off", "number": 2, REMOVED: YES,
        "budget_version_id": office.keep(),
    }  # fmt: skip
    for name, value in moved.items():
        for before in (held, {}):
            fields: dict[str, Value] = {name: value}
            assert office.why("nia", nia.write(record_id, fields, "payment", before=before)) == guard.STAYS
    paid: dict[str, Value] = {"paid_on": "2026-12-07", "paid": "1.00", "note": "n"}
    assert office.why("nia", nia.write(record_id, {**paid, "due": held["due"]}, "payment", before=held)) == ""
    request = office.held(request_id)
    withdrawn = nia.write(request_id, {REMOVED: YES}, "request", before=request)
    assert office.why("nia", withdrawn) == request_guard.DECIDED
    assert office.why("off", paying(office, schedule_of(office, version_id)[1], "off")) == ""
    assert office.why("nia", nia.write(record_id, {"note": "m"}, "payment", before={"note": "n"})) == ""


def test_an_indicative_version_is_never_paid(office: Office) -> None:
    """A version that was kept to tell about how much there is may be asked about, and is not paid."""
    version_id = office.keep(purpose="indicative")
    approved(office, version_id)
    final = schedule_of(office, office.keep())[0]
    other = Due(version_id, 1, final.what, final.due_on, final.pence, final.way)
    assert office.why("nia", paying(office, other)) == guard.NOT_APPROVED


def test_another_amount_goes_by_what_was_paid_before(office: Office) -> None:
    """After a version whose payments were made, the next one's are what the change of amount gives (R21)."""
    first = office.keep("818.88", 1, "less")
    approved(office, first)
    old = schedule_of(office, first)
    assert set(office.why_each("nia", [paying(office, due) for due in old]).values()) == {""}
    begins = (old[3].due_on + timedelta(days=7)).isoformat()
    second = office.keep("700.00", 2, "less", start_date=begins)
    approved(office, second)
    alone, after = schedule_of(office, second), schedule_of(office, second, first)
    assert [due.pence for due in alone] != [due.pence for due in after]
    changed = next(due for due in alone if due not in after)
    assert office.why("nia", paying(office, changed)) == guard.OTHER_PAYMENT
    assert set(office.why_each("nia", [paying(office, due) for due in after]).values()) == {""}


def in_turn(office: Office) -> tuple[str, str]:
    """Two approved versions of one budget, of which the second begins while the first runs."""
    budget_id = office.name("changed")
    first = office.keep("818.88", 1, budget_id)
    approved(office, first)
    begins = (schedule_of(office, first)[3].due_on + timedelta(days=7)).isoformat()
    second = office.keep("700.00", 2, budget_id, start_date=begins)
    approved(office, second)
    return first, second


def test_one_payment_is_enough_for_a_version_to_count_as_paid(office: Office) -> None:
    """Whoever leaves out the first payment of a version does not get the next version's in full beside it."""
    first, second = in_turn(office)
    *_left_out, last = schedule_of(office, first)
    assert office.why("nia", paying(office, last)) == ""
    alone, after = schedule_of(office, second), schedule_of(office, second, first)
    changed = next(due for due in alone if due not in after)
    assert office.why("nia", paying(office, changed)) == guard.OTHER_PAYMENT
    assert set(office.why_each("nia", [paying(office, due) for due in after]).values()) == {""}


def test_a_version_is_not_paid_after_the_one_that_follows_it(office: Office) -> None:
    """Once the newer version was paid as if it were the only one, the older one would pay the same days twice."""
    first, second = in_turn(office)
    for made in (schedule_of(office, second)[:1], schedule_of(office, second)[1:]):
        assert set(office.why_each("nia", [paying(office, due) for due in made]).values()) == {""}
        said = office.why_each("off", [paying(office, due, "off") for due in schedule_of(office, first)])
        assert set(said.values()) == {guard.OTHER_PAYMENT}


def test_of_an_older_version_only_what_stays_due_is_paid(office: Office) -> None:
    """Beside a newer version that is paid, the older one's payments before the change are taken and no others."""
    first, second = in_turn(office)
    old = schedule_of(office, first)
    assert office.why("nia", paying(office, old[0])) == ""
    after = schedule_of(office, second, first)
    assert set(office.why_each("nia", [paying(office, due) for due in after]).values()) == {""}
    said = list(office.why_each("nia", [paying(office, due) for due in old[1:]]).values())
    assert said == [""] * 3 + [guard.OTHER_PAYMENT] * (len(old) - 4)


def test_another_look_with_an_earlier_day_gives_no_further_payments(office: Office) -> None:
    """A second yes that is dated before the first one does not move days that were paid by already."""
    budget_id = office.name("late")
    first = office.keep("818.88", 1, budget_id, start_date="2026-06-01", end_date="2027-05-30")
    approved(office, first)
    old = schedule_of(office, first)
    assert set(office.why_each("nia", [paying(office, due) for due in old]).values()) == {""}
    second = office.keep("900.00", 2, budget_id, start_date="2026-06-29", end_date="2027-05-30")
    request_id = approved(office, second)
    made = schedule_of(office, second, first)
    assert set(office.why_each("nia", [paying(office, due) for due in made]).values()) == {""}
    early = "2026-06-01"
    again = office.ask(second, asked_on=early, promised_by="2026-06-10", again_id=record_ids.decision_id(request_id, 1))
    assert office.decide(again, decided_on=early) == ""
    mine, older = (Approved(each, office.held(each), early) for each in (second, first))
    more = [due for due in schedule(mine, [older]).payments if due.number > len(made)]
    assert more
    assert set(office.why_each("nia", [paying(office, due) for due in more]).values()) == {guard.OTHER_PAYMENT}
