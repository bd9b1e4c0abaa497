"""Central keeps aside a decision that was not its author's to make, or that does not say what it has to."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from phb_tui.central.exchange.money import decision_guard as guard
from phb_tui.domain.calendar import dates
from phb_tui.domain.decision.authority import OUTCOMES
from phb_tui.domain.decision.limits import PANEL
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Value
from tests import postgres
from tests.central.decision.office import Office, today

WORDS: dict[str, dict[str, Any]] = {
    "approved": {"value": 81888, "measure": "weekly"}, "conditions": {"conditions": "c", "value": None},
    "part": {"alternatives": "a", "value": 81888 * 52, "measure": "first"}, "declined": {"alternatives": "a"},
    "deferred": {"until": "2027-01-04"}, "escalated": {"to": PANEL},
}  # fmt: skip
"""What each outcome says besides its reasons."""
BELOW = [{"role": "team lead", "nature": "ongoing", "weekly": 81887}]


@pytest.fixture(scope="module", params=postgres.ENGINES)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    with postgres.storage_on(request.param) as storage:
        yield Office(storage)


@pytest.fixture(scope="module")
def version(office: Office) -> str:
    return office.keep()


def day(after: int) -> str:
    return (today() + timedelta(days=after)).isoformat()


@pytest.mark.parametrize("outcome", sorted(OUTCOMES))
def test_a_decision_within_the_limits_is_taken_and_stands(outcome: str, office: Office, version: str) -> None:
    """Each outcome is taken once; the next change of it, or a second decision, names who decided and when."""
    request_id = office.ask(version)
    assert office.decide(request_id, outcome=outcome, **WORDS[outcome]) == ""
    says = guard.DECIDED_BY.format(name="Nurse-Lea", day=dates.in_words(today().isoformat()))
    again: list[dict[str, Any]] = [
        {"by": "lea", "reasons": "other"},
        {"by": "off"},
        {"by": "nia", "record": {"before": {}}},
    ]
    for other in again:
        assert office.decide(request_id, **other) == says
    record_id = record_ids.decision_id(request_id, 1)
    for fields in ({REMOVED: YES}, {"outcome": None}, {"value": 1}):
        change = office.lea.write(record_id, dict(fields), "decision", before=office.held(record_id))
        assert office.why("lea", change) == says
    passed_on = outcome in {"deferred", "escalated"}
    assert office.decide(request_id, number=3) == (guard.OTHER_PLACE if passed_on else says)
    assert office.decide(request_id, number=2) == ("" if passed_on else says)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "somebody else is named": ({"decided_by": "nurse-ann"}, guard.NOT_YOURS),
    "nobody is named": ({"decided_by": None}, guard.NOT_YOURS),
    "an outcome that is not known": ({"outcome": "maybe"}, guard.UNREADABLE),
    "an outcome in capitals": ({"outcome": "Approved"}, guard.UNREADABLE),
    "a number for an outcome": ({"outcome": 1}, guard.UNREADABLE),
    "a number for reasons": ({"reasons": 7}, guard.UNREADABLE),
    "a text for an amount": ({"value": "81888", "measure": "weekly"}, guard.UNREADABLE),
    "no request": ({"request_id": None}, guard.NO_REQUEST),
    "a request that is not there": ({"request_id": "nothing"}, guard.NO_REQUEST),
    "a request id that cannot be": ({"request_id": "\x00" * 50}, guard.NO_REQUEST),
    "a request of another kind": ({"request_id": "rhys"}, guard.NO_REQUEST),
    "another person's": ({"record": {"person_id": "carys"}}, guard.NO_REQUEST),
    "an id of chance": ({"record": {"record_id": "decision-by-hand"}}, guard.OTHER_PLACE),
    "the second before the first": ({"number": 2}, guard.OTHER_PLACE),
    "before it was asked": ({"decided_on": day(-1)}, guard.WRONG_DAY),
    "on a day to come": ({"decided_on": day(2)}, guard.WRONG_DAY),
    "on no day": ({"decided_on": None}, guard.WRONG_DAY),
    "on some day": ({"decided_on": "today"}, guard.WRONG_DAY),
    "an understated amount": ({"value": 50, "measure": "weekly"}, guard.OTHER_AMOUNT),
    "an amount of another measure": ({"value": 81888, "measure": "first"}, guard.OTHER_AMOUNT),
    "an amount of no measure": ({"value": 81888}, guard.OTHER_AMOUNT),
    "taken off as it is made": ({REMOVED: YES}, guard.TAKEN_OFF),
    "no reasons": ({"reasons": None}, "Write why"),
    "reasons of spaces": ({"reasons": " \n"}, "Write why"),
    "no conditions": ({"outcome": "conditions"}, "Write what has to be done"),
    "no alternatives to no": ({"outcome": "declined"}, "Write what else"),
    "no alternatives to a part": ({"outcome": "part"}, "Write what else"),
    "later on no day": ({"outcome": "deferred"}, "by which day"),
    "later on some day": ({"outcome": "deferred", "until": "soon"}, "Write the day"),
    "passed on to nobody": ({"outcome": "escalated"}, "Choose who decides"),
    "later on the day itself": ({"outcome": "deferred", "until": day(0)}, "a day that comes after"),
    "later on a day that is over": ({"outcome": "deferred", "until": "2020-01-01"}, "a day that comes after"),
    "passed on to who built it and asked": ({"outcome": "escalated", "to": "nurse-nia"}, "Choose someone else"),
    "passed on to a lower role": ({"outcome": "escalated", "to": "nurse-off"}, "Choose someone else"),
    "passed on to a lower own limit": ({"outcome": "escalated", "to": "nurse-ann"}, "Choose someone else"),
    "passed on to oneself": ({"outcome": "escalated", "to": "nurse-lea"}, "Choose someone else"),
    "passed on to a member by name": ({"outcome": "escalated", "to": "pat"}, "Choose someone else"),
    "passed on to somebody unknown": ({"outcome": "escalated", "to": "nurse-nobody"}, guard.NO_SUCH_PERSON),
    "by a role without a limit": ({"by": "nia"}, "does not say that you may decide"),
    "no by a role without a limit": ({"by": "nia", "outcome": "declined", "alternatives": "a"}, "does not say that"),
    "by a role whose limit is lower": (
        {"by": "off"},
        "818.88 a week is above what you may decide: \N{POUND SIGN}500.00",
    ),
    "understated, by a lower role": ({"by": "off", "value": 40_000, "measure": "weekly"}, "818.88 a week is above"),
    "another role, by a lower one": ({"by": "off", "decided_role": "team lead"}, guard.OTHER_ROLE),
    "no role, by a lower one": ({"by": "off", "decided_role": None}, "818.88 a week is above"),
    "by somebody whose own limit is lower": (
        {"by": "ann"},
        "818.88 a week is above what you may decide: \N{POUND SIGN}600.00",
    ),
}


def test_a_decision_that_does_not_hold_is_kept_aside(office: Office, version: str) -> None:
    """Each thing that stands against a decision has its sentence, nothing is applied, and a right one is taken then."""
    requests = list(office.ask_each(version, [{}] * len(BAD)))
    for request_id, (name, (other, sentence)) in zip(requests, BAD.items(), strict=True):
        why = office.decide(request_id, **other)
        assert why, name
        assert sentence in why, name
    right = office.why_each("lea", [office.deciding(request_id) for request_id in requests])
    assert set(right.values()) == {""}


def test_the_version_and_the_newest_policy_count(office: Office, version: str) -> None:
    """A limit is reached to the penny; one that was lowered counts at once, and so does a role of that moment."""
    request_id, higher = office.ask(version), office.ask(office.keep("1500.00"))
    over = office.keep("1500.01")
    with office.policy({"limits": [{"role": "team lead", "nature": "ongoing", "weekly": 150001}]}):
        beyond = office.ask(over)
    assert "1,500.01 a week is above" in office.decide(beyond)
    assert office.decide(higher) == ""
    with office.policy({"limits": BELOW}):
        assert "818.88 a week is above what you may decide: \N{POUND SIGN}818.87" in office.decide(request_id)
    office.give_role("nurse-lea", "nurse advisor")
    assert "does not say that you may decide" in office.decide(request_id, decided_role="nurse advisor")
    office.give_role("nurse-lea", "team lead")
    office.give_role("nurse-nia", "team lead")
    with office.policy({"self": []}):
        assert "You built this budget or asked for it" in office.decide(request_id, "nia", decided_role="team lead")
    office.give_role("nurse-nia", "nurse advisor")
    assert office.decide(request_id) == ""


def test_who_built_or_asked_decides_within_their_own_limit_only(office: Office) -> None:
    """The own limit counts for whoever wrote in the version or in what is asked, to the penny (R24 d)."""
    once: dict[str, Any] = {"nature": "one_off"}
    within, above = office.keep("100.00", **once), office.keep("100.01", **once)
    others = office.keep("100.01", by="lea", **once)
    office.nia.send()
    assert office.decide(office.ask(within), "nia") == ""
    for version_id, by in ((above, "lea"), (others, "nia")):
        request_id = office.ask(version_id, by=by, to="nurse-ann")
        assert "You built this budget or asked for it" in office.decide(request_id, "nia")
        assert office.decide(request_id, "nia", outcome="deferred", until="2027-01-04") == ""
    request_id = office.ask(others, by="off", to="nurse-ann")
    assert office.decide(request_id, "nia") == ""


def test_a_high_risk_is_the_panels_and_nobody_elses(office: Office, version: str) -> None:
    """A laptop approves no high risk, whoever is named; it may pass it on; the policy's panel needs the role too."""
    request_id = office.ask(version, risk="high", to="panel")
    assert "the panel decides" in office.decide(request_id)
    assert "the panel decides" in office.decide(request_id, outcome="declined", alternatives="a")
    assert office.decide(request_id, outcome="escalated", to="panel") == ""


def test_an_open_conflict_is_settled_before_a_yes(office: Office, version: str) -> None:
    """What is decided about, and who decides, may not stand in two versions; a no can be said."""
    for name, other in {"version_id": office.keep(), "risk": "high", "to": "panel"}.items():
        request_id = office.ask(version)
        fields = {name: other, **({"to": "panel"} if name == "risk" else {})}
        assert office.off.send(office.off.write(request_id, dict(fields), "request")).refused == ()
        assert len(office.sides(request_id, name)) == 1
        assert office.decide(request_id) == guard.OPEN
        assert office.decide(request_id, outcome="declined", alternatives="a") == ""


def test_an_older_version_or_plan_is_not_approved(office: Office) -> None:
    """A newer version of the budget, or of the plan, came after it was asked: a yes is kept aside, a no is taken."""
    request_id = office.ask(office.keep(budget_id="b-old"))
    office.keep("900.00", 2, "b-old")
    assert "There is a newer version" in office.decide(request_id)
    assert "There is a newer version" in office.decide(request_id, outcome="escalated", to="panel")
    assert office.decide(request_id, outcome="declined", alternatives="a") == ""
    request_id = office.ask()
    second = record_ids.plan_version_id("rhys", 2)
    office.nia.send(office.nia.write(second, {"number": "2"}, "plan_version"))
    assert "The plan was agreed again" in office.decide(request_id)
    office.plan = second
    assert office.decide(office.ask()) == ""


def test_only_a_wheelchair_budget_has_a_contribution(office: Office) -> None:
    """A version in which the person would pay a part is approved for a wheelchair and nothing else."""
    request_id = office.ask(office.keep("100.00", cost={"contribution": "5.00"}))
    assert office.decide(request_id) == guard.CONTRIBUTION
    assert office.decide(request_id, outcome="declined", alternatives="a") == ""


def test_a_request_that_is_gone_or_was_never_asked_is_not_decided(office: Office, version: str) -> None:
    """A request that was taken off its list, and one that is being written, have no decision."""
    request_id, nia = office.ask(version), office.nia
    held = office.held(request_id)
    assert not office.why("nia", nia.write(request_id, {REMOVED: YES}, "request", before=held))
    assert office.decide(request_id) == guard.WITHDRAWN
    assert office.decide(request_id, outcome="declined", alternatives="a") == guard.WITHDRAWN
    draft = office.name("request")
    assert not office.why("nia", nia.write(draft, office.asking(version, asked_on=None), "request"))
    assert office.decide(draft) == guard.NOT_ASKED


def test_a_decision_in_two_changes_is_its_authors_own(office: Office, version: str) -> None:
    """A draft is taken, and sealed by its author only; words of somebody else's in it keep it aside."""
    request_id = office.ask(version)
    whole = office.deciding(request_id)
    draft = {name: value for name, value in whole.fields.items() if name != "outcome"}
    seal: dict[str, Value] = {"outcome": "approved"}
    assert not office.why("lea", office.lea.write(whole.record_id, draft, "decision"))
    assert office.why("ann", office.ann.write(whole.record_id, dict(seal), "decision")) == guard.NOT_YOURS
    theirs = {**seal, "decided_by": "nurse-ann"}
    before = office.held(whole.record_id)
    assert office.why("ann", office.ann.write(whole.record_id, theirs, "decision", before=before)) == guard.NOT_ALONE
    assert office.decide(request_id, "off", outcome="declined", alternatives="a") == guard.NOT_ALONE
    assert not office.why("lea", office.lea.write(whole.record_id, dict(seal), "decision"))


def test_whoever_left_the_team_decides_nothing(office: Office, version: str) -> None:
    """A laptop of somebody who is not on the staff list any more is kept out, with what it decided."""
    request_id = office.ask(version)
    office.remove("nurse-ann")
    with pytest.raises(Exception, match="sends records to no such laptop"):
        office.ann.send(office.deciding(request_id, "ann"))
    assert office.held(record_ids.decision_id(request_id, 1)) == {}
    office.give_role("nurse-ann", "team lead")


def test_nothing_in_a_decision_stops_central(office: Office, version: str) -> None:
    """Whatever stands in a field, central answers with a sentence or takes what is only words, and goes on."""
    odd = ("", " ", 10**4_000, -1, 0, "x" * 100_000, "[" * 50_000, "\x00", "9" * 5_000, "2026-11-26\n")
    for name in (*sorted(guard.TEXTS), "value"):
        requests = office.ask_each(version, [{}] * len(odd))
        fields: list[dict[str, Any]] = [{name: value} for value in odd]
        made = [office.deciding(each, **other) for each, other in zip(requests, fields, strict=True)]
        said = office.why_each("lea", made).values()
        assert all(not why or (why.endswith(".") and "x" * 9 not in why) for why in said)
        assert all(said) == (name in {"request_id", "decided_by", "decided_on", "value"})
        assert not name.startswith("decided_name") or not any(list(said)[5:])
