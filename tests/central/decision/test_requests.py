"""Central keeps aside a request for a decision that cannot be answered as it is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from phb_tui.central.exchange.money import decision_guard
from phb_tui.central.exchange.money import request_guard as guard
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import REMOVED, YES, Value
from tests import postgres
from tests.central.decision.office import Office, today


@pytest.fixture(scope="module", params=postgres.ENGINES)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    with postgres.storage_on(request.param) as storage:
        yield Office(storage)


@pytest.fixture(scope="module")
def version(office: Office) -> str:
    return office.keep()


def day(after: int) -> str:
    return (today() + timedelta(days=after)).isoformat()


GOOD: dict[str, dict[str, Value]] = {
    "as it is": {},
    "to the panel": {"to": "panel"},
    "high risk, to the panel": {"risk": "high", "to": "panel"},
    "promised on the last day": {"promised_by": day(14)},
    "urgent, promised in time": {"urgent": "yes", "promised_by": day(2)},
    "without words": {"wish": None},
}
BAD: dict[str, tuple[dict[str, Value], str]] = {
    "no version": ({"version_id": None}, guard.NO_VERSION),
    "a version that nobody kept": ({"version_id": "nothing"}, guard.NO_VERSION),
    "a version id that cannot be": ({"version_id": "\x00 ../"}, guard.NO_VERSION),
    "a version of another kind": ({"version_id": "rhys"}, guard.NO_VERSION),
    "no plan": ({"plan_id": None}, guard.NO_PLAN),
    "a plan that nobody agreed": ({"plan_id": "nothing"}, guard.NO_PLAN),
    "a version for a plan": ({"plan_id": "rhys"}, guard.NO_PLAN),
    "promised too late": ({"promised_by": day(15)}, guard.TOO_LATE),
    "urgent, promised too late": ({"urgent": "yes", "promised_by": day(3)}, guard.TOO_LATE),
    "promised on no day": ({"promised_by": None}, guard.TOO_LATE),
    "promised some day": ({"promised_by": "soon"}, guard.TOO_LATE),
    "asked on no day": ({"asked_on": "2026-02-30"}, guard.WRONG_DAY),
    "asked on a day to come": ({"asked_on": day(2), "promised_by": day(3)}, guard.WRONG_DAY),
    "to nobody": ({"to": None}, guard.NOBODY),
    "to somebody unknown": ({"to": "nurse-nobody"}, guard.NOBODY),
    "to somebody without a limit": ({"to": "nurse-nia"}, guard.NOBODY),
    "to a member of the panel by name": ({"to": "pat"}, guard.NOBODY),
    "to a role whose limit is lower": ({"to": "nurse-off"}, guard.NOBODY),
    "to somebody whose own limit is lower": ({"to": "nurse-ann"}, guard.NOBODY),
    "high risk, not to the panel": ({"risk": "high"}, guard.NOBODY),
    "a number for a text": ({"to": 5}, guard.UNREADABLE),
    "a number for a version": ({"version_id": 10**4_000}, guard.UNREADABLE),
    "a number for a day": ({"asked_on": 20261126}, guard.UNREADABLE),
}


def test_a_request_that_can_be_answered_is_taken_and_any_other_kept_aside(office: Office, version: str) -> None:
    """About the newest version and plan, in time, to whom it can be put; all else has its sentence and is not taken."""
    said = office.ask_each(version, [*GOOD.values(), *(other for other, _sentence in BAD.values())])
    expected = [*dict.fromkeys(GOOD, "").items(), *((name, sentence) for name, (_other, sentence) in BAD.items())]
    assert list(zip([*GOOD, *BAD], said.values(), strict=True)) == expected


def test_it_is_about_the_newest_version_and_plan_of_this_person(office: Office) -> None:
    """An older version, an older plan, another person's, and one that is not kept yet cannot be asked about."""
    old = office.keep(budget_id="renewed")
    asked = office.ask(old)
    new = office.keep("900.00", 2, "renewed")
    nia = office.nia

    def why(version_id: str, **other: Value) -> str:
        return office.why("nia", nia.write(office.name("request"), office.asking(version_id, **other), "request"))

    assert why(old) == guard.NOT_NEWEST
    assert not office.why("nia", nia.write(asked, {"considered_words": "w"}, "request"))
    assert office.why("nia", nia.write(asked, {"to": "panel"}, "request", before={"to": "nurse-lea"})) == ""
    nia.send(nia.write("of-carys", {"given_name": "Carys"}, "person", person_id="carys"))
    carys = office.keep(person_id="carys")
    assert why(carys) == guard.NO_VERSION
    draft = record_ids.budget_version_id("renewed", 3)
    assert not office.why("nia", nia.write(draft, {"budget_id": "renewed", "agreed_by": "R"}, "budget_version"))
    assert why(draft) == guard.NO_VERSION
    same = {name: value for name, value in office.held(new).items() if name != "number"} | {"number": "9"}
    assert not office.why("nia", nia.write("by-hand", same, "budget_version"))
    assert why("by-hand") == guard.NO_VERSION
    second = record_ids.plan_version_id("rhys", 2)
    assert not office.why("nia", nia.write(second, {"number": "2"}, "plan_version"))
    assert why(new) == guard.NO_PLAN
    office.plan = second
    assert why(new) == ""


def test_what_was_decided_about_stays_as_it_was_asked(office: Office, version: str) -> None:
    """After a decision another version, day, wish, risk, or what a letter quotes, is kept aside, also as a side."""
    request_id, nia = office.ask(version), office.nia
    held = office.held(request_id)
    later: dict[str, Value] = {
        "version_id": office.keep(),
        "plan_id": "",
        "asked_on": day(-1),
        "wish": "x",
        "risk": "high",
        "considered_words": "w",
        "evidence": "e",
    }
    wished = nia.write(request_id, {"wish": "To swim on Mondays."}, "request", before=held)
    assert not office.why("nia", wished)
    held = office.held(request_id)
    assert not office.decide(request_id)
    for name, value in later.items():
        for before in (held, {}):
            assert office.why("nia", nia.write(request_id, {name: value}, "request", before=before)) == guard.DECIDED
    assert not office.why("nia", nia.write(request_id, {"wish": held["wish"]}, "request", before=held))


def test_a_request_is_withdrawn_until_it_is_decided(office: Office, version: str) -> None:
    """It is taken off and put back while nobody said yes or no, also when put off; an approval stays where it is."""
    nia = office.nia

    def withdraw(request_id: str, removed: Value = YES) -> str:
        made = nia.write(request_id, {REMOVED: removed}, "request", before=office.held(request_id))
        return office.why("nia", made)

    waiting, put_off, decided = office.ask(version), office.ask(version), office.ask(version)
    assert not office.decide(put_off, outcome="deferred", until="2027-01-04")
    for request_id in (waiting, put_off):
        assert withdraw(request_id) == ""
        number = 2 if request_id == put_off else 1
        assert office.decide(request_id, number=number) == decision_guard.WITHDRAWN
        assert withdraw(request_id, "") == ""
        assert office.decide(request_id, number=number) == ""
    assert not office.decide(decided)
    for before in (office.held(decided), {}):
        made = nia.write(decided, {REMOVED: YES}, "request", before=before)
        assert office.why("nia", made) == guard.DECIDED


def test_a_draft_may_be_anything_and_is_judged_when_it_is_asked(office: Office, version: str) -> None:
    """What is written before it is asked is taken as it comes; the change that asks is judged with all of it."""
    nia, request_id = office.nia, office.name("request")
    asking = office.asking(version, to=None, asked_on=None)
    assert not office.why("nia", nia.write(request_id, asking, "request"))
    asked: dict[str, Value] = {"asked_on": today().isoformat()}
    assert office.why("nia", nia.write(request_id, asked, "request")) == guard.NOBODY
    assert not office.why("nia", nia.write(request_id, {**asked, "to": "nurse-lea"}, "request"))


def test_the_newest_policy_counts(office: Office, version: str) -> None:
    """A limit that was lowered, and days that became fewer, count from the moment central has them."""
    limits = [{"role": "team lead", "nature": "ongoing", "weekly": 81887}]
    lowered: list[tuple[dict[str, Any], str]] = [
        ({"limits": limits}, guard.NOBODY), ({"days": {"ongoing": 2}}, guard.TOO_LATE)
    ]  # fmt: skip
    for other, sentence in lowered:
        with office.policy(other):
            asking = office.asking(version)
            assert office.why("nia", office.nia.write(office.name("request"), asking, "request")) == sentence


def test_what_central_would_hold_is_judged_too(office: Office, version: str) -> None:
    """Where a draft says otherwise than the change that asks, what stays in front counts, not what stands beside it."""
    nia, dear = office.nia, office.keep("700.00")
    behind: list[tuple[dict[str, Value], str]] = [
        ({"promised_by": "2030-01-01"}, guard.TOO_LATE), ({"to": "nurse-nia"}, guard.NOBODY),
        ({"version_id": "rhys"}, guard.NO_VERSION), ({"risk": 5}, guard.UNREADABLE), ({"wish": "Other words."}, ""),
        ({"risk": "high"}, guard.NOBODY), ({"to": "panel"}, ""),
    ]  # fmt: skip
    for draft, why in behind:
        request_id = office.name("request")
        assert not nia.send(nia.write(request_id, {"evidence": "e", **draft}, "request")).refused
        refused = nia.send(nia.write(request_id, office.asking(version), "request")).refused
        assert [each.why for each in refused] == ([why] if why else []), draft
    request_id = office.ask(office.keep("100.00"), to="nurse-off")
    held = office.held(request_id)
    fields: dict[str, Value] = {"version_id": dear, "to": "nurse-lea"}
    moved = nia.write(request_id, fields, "request", before={"version_id": held["version_id"], "to": "nurse-ann"})
    assert office.why("nia", moved) == guard.NOBODY


def test_a_risk_of_another_type_is_never_ordinary(office: Office, version: str) -> None:
    """What is no text cannot take the place of a high risk after it was asked."""
    request_id = office.ask(version, risk="high", to="panel")
    made = office.nia.write(request_id, {"risk": 5}, "request", before=office.held(request_id))
    assert office.why("nia", made) == guard.UNREADABLE
