"""By no other way than an exchange of its own team does a decision hold: handover, late changes, sticks, repeats."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from phb_tui.central.exchange.money import decision_guard, payment_guard, request_guard
from phb_tui.central.exchange.money.money_guards import NOT_JUDGED
from phb_tui.central.exchange.money.team_records import TeamRecords
from phb_tui.central.exchange.transfer import ELSEWHERE
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Value
from tests import postgres
from tests.central.decision.office import Office
from tests.central.decision.test_payments import paying, schedule_of


@pytest.fixture(params=postgres.ENGINES)
def north(request: pytest.FixtureRequest) -> Iterator[Office]:
    with postgres.storage_on(request.param) as storage:
        yield Office(storage)


@pytest.fixture
def south(north: Office) -> Office:
    return Office(north.storage, "south", has_rhys=False)


def begin_part(south: Office) -> None:
    """Rhys's record as a team has it whose handover is still to come, after a backup was put back."""
    nia = south.nia
    part = nia.write("rhys", {"given_name": "Rhys"}, "person", before={"given_name": "Rhys"})
    assert not nia.send(part, nia.write(south.plan, {"number": "1", "plan": "p"}, "plan_version")).refused


def test_a_decision_does_not_come_to_be_about_another_version_by_a_handover(north: Office, south: Office) -> None:
    """A request that the other team holds about another version stops the handover of a decision; the same one not."""
    begin_part(south)
    north.laptops["nia"].send(north.laptops["nia"].write("limit", {"words": "w"}))
    dear = south.keep("1400.00", budget_id="dear")
    asked = south.ask(dear)
    cheap = north.keep("100.00", budget_id="cheap")
    assert not north.why("nia", north.nia.write(asked, north.asking(cheap), "request"))
    assert north.decide(asked) == ""
    [refusal] = north.nia.send(north.nia.hand_over("south")).refused
    assert refusal.why == ELSEWHERE
    assert south.why("nia", paying(south, schedule_of(south, dear)[0])) == payment_guard.NOT_APPROVED


def test_while_two_versions_stand_beside_each_other_neither_is_paid(north: Office, south: Office) -> None:
    """A handover brings another version to what was decided: nothing is paid until the decided one is chosen."""
    begin_part(south)
    dear = south.keep("1400.00", budget_id="dear")
    asked = south.ask(dear)
    assert south.decide(asked) == ""
    cheap = north.keep("100.00", budget_id="cheap")
    north.nia.send(north.nia.write(asked, north.asking(cheap), "request"))
    assert not north.nia.send(north.nia.hand_over("south")).refused
    [side] = south.sides(asked, "version_id")
    nia, due = south.nia, schedule_of(south, dear)[0]
    nia.send()
    for version_id in (dear, cheap):
        assert south.why("nia", paying(south, schedule_of(south, version_id)[0])) == payment_guard.NOT_APPROVED

    def choose(version_id: str) -> str:
        fields: dict[str, Value] = {"version_id": version_id}
        return south.why("nia", nia.write(asked, fields, "request", before={"version_id": dear}, resolves=(side,)))

    assert choose(cheap) == request_guard.DECIDED
    assert choose(dear) == ""
    assert south.why("nia", paying(south, due)) == ""


def test_what_was_decided_goes_with_the_person_and_can_be_paid_there(north: Office, south: Office) -> None:
    """After a handover the decision stands in the other team, whose policy counts for what is decided from then on."""
    cheap, waiting = north.keep("100.00"), north.keep("1400.00")
    decided, open_request = north.ask(cheap), north.ask(waiting)
    assert north.decide(decided) == ""
    north.off.send()
    assert not north.nia.send(north.nia.hand_over("south")).refused
    assert south.why("nia", paying(south, schedule_of(south, cheap)[0])) == ""
    assert south.why("nia", paying(south, schedule_of(south, waiting)[0])) == payment_guard.NOT_APPROVED
    with south.policy({"limits": [{"role": "team lead", "nature": "ongoing", "weekly": 139999}]}):
        assert "1,400.00 a week is above" in south.decide(open_request)
    assert north.lea.send(north.deciding(open_request)).refused
    assert south.decide(open_request) == ""
    assert "decided this on" in south.decide(decided)
    late = north.off
    moved: dict[str, Value] = {"version_id": waiting}
    said = late.send(
        late.write(decided, moved, "request", before={"version_id": cheap}),
        paying(north, schedule_of(south, cheap)[1], "off"), paying(north, schedule_of(south, cheap)[2], "off", due=1),
    )  # fmt: skip
    assert [each.why for each in said.refused] == [request_guard.DECIDED, payment_guard.OTHER_PAYMENT]
    assert south.held(record_ids.payment_id(cheap, 2))["due"] == schedule_of(south, cheap)[1].pence


def test_what_was_kept_aside_is_not_taken_when_it_comes_again(north: Office) -> None:
    """The same numbers sent once more get the same sentence, also after a limit was raised; so do older formats."""
    request_id, lea = north.ask(north.keep("1600.00"), to="panel"), north.lea
    made = replace(north.deciding(request_id), shape=1)
    above = lea.send(made).refused
    assert "1,600.00 a week is above" in above[0].why
    with north.policy({"limits": [{"role": "team lead", "nature": "ongoing", "weekly": 999_999}]}):
        assert lea.send_again().refused == above
        assert not north.held(made.record_id)
        assert not lea.send(replace(made, shape=1)).refused
    assert not lea.send_again().refused
    assert "decided this on" in north.decide(request_id, number=1)


def test_a_laptop_with_an_older_policy_decides_by_the_newest(north: Office) -> None:
    """A decision written when the limit was higher, and sent after it was lowered, is kept aside."""
    request_id = north.ask()
    written = north.deciding(request_id)
    with north.policy({"limits": [{"role": "team lead", "nature": "ongoing", "weekly": 1}]}):
        assert "is above what you may decide: \N{POUND SIGN}0.01" in north.why("lea", written)
    with north.policy({"limits": []}):
        assert "does not say that you may decide" in north.decide(request_id)
    assert north.decide(request_id) == ""


def test_a_request_and_its_decision_may_come_together(north: Office) -> None:
    """Everything in one exchange is judged in its order: version, request, decision and payments, and the other way."""
    version_id, lea = north.keep(by="nia"), north.lea
    request_id = north.name("request")
    asked = lea.write(request_id, north.asking(version_id, to="panel"), "request")
    first, second, *_rest = schedule_of(north, version_id)
    said = lea.send(
        paying(north, first, "lea"), north.deciding(request_id), asked, paying(north, second, "lea")
    ).refused
    assert [each.why for each in said] == [
        payment_guard.NOT_APPROVED, decision_guard.NO_REQUEST, payment_guard.NOT_APPROVED
    ]  # fmt: skip
    nia = north.nia
    request_id = north.name("request")
    asked = nia.write(request_id, north.asking(version_id), "request")
    assert not nia.send(asked).refused
    assert not lea.send(north.deciding(request_id), paying(north, first, "lea"), paying(north, second, "lea")).refused


@pytest.mark.parametrize("broken", ["start", "wait", "finish", "decisions", "approvals", "version"])
def test_a_mistake_in_a_guard_holds_no_laptop_up(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be judged for a reason nobody thought of is kept aside, and what comes after it is taken."""
    with postgres.storage_on("sqlite") as storage:
        north = Office(storage)
        version_id = north.keep()
        request_id = north.ask(version_id)

        def mistaken(*_given: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(TeamRecords, broken, mistaken)
        lea = north.lea
        due = schedule_of(north, version_id)[0]
        said = lea.send(north.deciding(request_id), paying(north, due, "lea"), lea.write("alert", {"words": "w"}))
        assert NOT_JUDGED in {each.why for each in said.refused}
        assert north.held("alert") == {"words": "w"}


def test_a_handover_and_what_follows_it_in_one_exchange_are_judged_together(north: Office, south: Office) -> None:
    """What just came to the other team counts for the requests and payments that follow: newest version, amounts."""
    first = north.keep("818.88", 1, "changed")
    north.decide(north.ask(first))
    old = schedule_of(north, first)
    assert set(north.why_each("nia", [paying(north, due) for due in old]).values()) == {""}
    second = north.keep("700.00", 2, "changed", start_date=(old[3].due_on + timedelta(days=7)).isoformat())
    request_id, nia = north.ask(second), north.nia
    assert north.decide(request_id) == ""
    alone, after = schedule_of(north, second), schedule_of(north, second, first)
    said = nia.send(
        nia.hand_over("south"), nia.write("late", north.asking(first), "request"),
        nia.write(request_id, {"wish": "To swim."}, "request"),
        *(paying(north, due) for due in alone if due not in after), *(paying(north, due) for due in after),
    ).refused  # fmt: skip
    wrong = [payment_guard.OTHER_PAYMENT] * sum(due not in after for due in alone)
    assert [each.why for each in said] == [request_guard.NOT_NEWEST, *wrong]
    assert not south.held("late")
    assert all(south.held(record_ids.payment_id(second, due.number))["due"] == due.pence for due in after)


def test_values_that_no_field_has_are_kept_aside_and_what_follows_is_taken(north: Office) -> None:
    """Yes or no, broken numbers, nothing-numbers, lists, half letters and endless figures decide and pay nothing."""
    version_id = north.keep()
    request_id, lea = north.ask(version_id), north.lea
    due = schedule_of(north, version_id)[0]
    odd = ["true", "1.0", "1e3", "NaN", "-Infinity", "[1]", '{"a":1}', '"\\ud800"', "9" * 5_000, ""]

    def by_hand(text: str) -> str:
        for number, value in enumerate(odd):
            text = text.replace(f'"odd {number}"', value)
        return text

    names = ("outcome", "value", "decided_on", "decided_by", "reasons")
    values = [f"odd {number}" for number in range(len(odd))]
    each: list[dict[str, Any]] = [{name: value} for name in names for value in values]
    made = [north.deciding(request_id, **other) for other in each]
    made += [paying(north, due, "lea", **{name: value}) for name in ("due", "number", "paid") for value in values]
    said = lea.send(*made, lea.write("alert", {"words": "w"}), by_hand=by_hand).refused
    assert len(said) == len(made)
    assert {each.why[-1] for each in said} == {"."}
    assert north.held("alert") == {"words": "w"}
    assert not lea.send(north.deciding(request_id), paying(north, due, "lea")).refused
