"""Central works out every kept version of a budget again, and keeps aside what does not agree."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from phb_tui.central.exchange import version_guard as guard
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.server import factory
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.budget import version_content, work
from phb_tui.domain.budget.inputs import Policy
from phb_tui.domain.budget.reading import policy
from phb_tui.domain.budget.reading.records import Records
from phb_tui.domain.records.changes import Value, canonical
from phb_tui.sync.protocol import SyncReply
from tests import factories, postgres
from tests.central.exchange.asker import Asker
from tests.domain.budget import examples

POLICIES = ({"holiday": "12.07", "ssp_weeks": 2}, {"holiday": "13", "ssp_weeks": 3})
BOTH = version_content.built_by(["nurse-n1", "nurse-n2"])
SHIPPED = factories.LAW.shipped


def _records() -> Records:
    """Example B with ids as they are at central, without spaces."""
    found = examples.b()
    lists = ([{**texts, "id": texts["id"].replace(" ", "-")} for texts in each] for each in found[1:])
    return Records(found.budget, *lists)


@dataclass
class Office:
    """Two laptops of a team, and Rhys's budget of example B: n1 wrote all of it but a shift's rate, which n2 did."""

    storage: Storage
    one: Asker = field(init=False)
    two: Asker = field(init=False)
    records: Records = field(init=False)
    kept: int = 0

    def __post_init__(self) -> None:
        self.one, self.two = Asker(self.storage, "north", "n1"), Asker(self.storage, "north", "n2")
        records, one = _records(), self.one
        one.send(one.person())
        for kind, each in self.kinds(records):
            for texts in each:
                parent = {"budget_id": "budget"} if kind in {"shift", "cost"} else {}
                fields: dict[str, Value] = {**texts, **parent}
                name = str(fields.pop("id"))
                one.send(one.write(name, fields, kind))
        self.two.send()
        [first, *rest] = records.shifts
        rate = {"rate": "13.90"}
        self.two.send(self.two.write(first["id"], dict(rate), "shift", before={"rate": first["rate"]}))
        one.send()
        self.records = records._replace(shifts=[{**first, **rate}, *rest])

    @staticmethod
    def kinds(records: Records) -> Iterator[tuple[str, Any]]:
        """The records of a budget by kind."""
        yield from zip(
            ("budget", "worker", "shift", "cost"),
            ([records.budget], records.workers, records.shifts, records.costs),
            strict=True,
        )

    def version(self, given: Policy | None = None, /, **other: Value) -> dict[str, Value]:
        """An honest version, with other values in some of its fields."""
        worked = work.work(self.records, SHIPPED, given or Policy())
        fields: dict[str, Value] = {
            **version_content.content(self.records, worked), "number": "1", "budget_id": "budget",
            "rates": SHIPPED.version, "policy": "", "built_by": BOTH, "agreed_by": "Rhys",
        }  # fmt: skip
        return {**fields, **other}

    def send(self, fields: dict[str, Value], **more: Any) -> SyncReply:
        """Send a version in a record of its own."""
        self.kept += 1
        return self.one.send(self.one.write(f"version-{self.kept}", fields, guard.KIND, seen=self.one.cursor, **more))

    def why(self, fields: dict[str, Value], **more: Any) -> str:
        """Why a version is kept aside; "" when it is not."""
        refused = self.send(fields, **more).refused
        assert bool(refused) != self.is_held()
        return refused[0].why if refused else ""

    def is_held(self) -> bool:
        """Whether central has a record of the version sent last."""
        return bool(self.storage.read({"north"}, lambda tables: tables.rows("north", [f"version-{self.kept}"])))


@pytest.fixture(scope="module", params=postgres.ENGINES)
def office(request: pytest.FixtureRequest) -> Iterator[Office]:
    with postgres.storage_on(request.param) as storage:
        yield Office(storage)


def lines(office: Office, **other: Any) -> dict[str, Value]:
    """The lines of an honest version, with other parts in the first."""
    first, *rest = json.loads(str(office.version()["lines"]))
    return {"lines": canonical([{**first, **other}, *rest])}


def inputs(office: Office, kind: str, **other: str) -> dict[str, Value]:
    """An honest version of other inputs: what is worked out fits them."""
    found = json.loads(version_content.inputs(office.records))
    entry = found[kind] if kind == "budget" else found[kind][0]
    entry.update(other)
    records = version_content.read_inputs(canonical(found))
    assert records is not None
    return dict(version_content.content(records, work.work(records, SHIPPED, Policy())))


def test_an_honest_version_is_kept_and_cannot_be_sealed_twice(office: Office) -> None:
    """What agrees is accepted, whatever its labels and sentences say, in one change or sealed later."""
    assert not office.why(office.version())
    assert not office.why(office.version(**lines(office, label="other words", working=["other words"])))
    honest = office.version()
    assert not office.why({**honest, "number": None, "total_first": 1})
    draft = f"version-{office.kept}"
    one = office.one
    sealed = one.write(draft, {"number": "1"}, guard.KIND, before={"number": None})
    assert [each.why for each in one.send(sealed).refused] == [guard.OTHER_TOTALS]
    right = one.write(draft, {"number": "1", "total_first": honest["total_first"]}, guard.KIND,
                      before={"number": None, "total_first": 1})  # fmt: skip
    assert not one.send(right).refused


def test_what_does_not_agree_is_kept_aside_with_its_reason(office: Office) -> None:
    """An understated value, an edited line, unknown figures, another's budget and a missing author are each named."""
    say = office.why
    first = office.version()["total_first"]
    assert isinstance(first, int)
    assert say(office.version(total_first=first - 1)) == guard.OTHER_TOTALS
    assert say(office.version(total_first=str(first))) == guard.OTHER_TOTALS
    assert say(office.version(by_way="{}")) == guard.OTHER_TOTALS
    for other in ({"pence": 1}, {"id": "x"}, {"nature": "one_off"}, {"way": "notional"}, {"need": "n"}, {"goal": "g"},
                  {"stream": "health"}, {"provisional": None}, {"provisional": "yes"}):  # fmt: skip
        assert say(office.version(**lines(office, **other))) == guard.OTHER_LINES
    provisional = json.loads(str(office.version()["lines"]))[0]["provisional"]
    assert say(office.version(**lines(office, provisional=not provisional))) == guard.OTHER_LINES
    for name in version_content.COMPARED:
        assert say(office.version(**{name: "other"})) == guard.OTHER_TOTALS
    assert say(office.version(rates=SHIPPED.version + 1)) == guard.NEWER_RATES
    assert say(office.version(rates=0)) == guard.UNKNOWN_RATES
    assert say(office.version(rates="")) == guard.UNKNOWN_RATES
    assert say(office.version(policy=1)) == guard.UNKNOWN_POLICY
    assert say(office.version(built_by=version_content.built_by(["nurse-n1"]))) == guard.NOT_BUILT_BY
    assert say(office.version(built_by="")) == guard.NOT_BUILT_BY
    assert say(office.version(budget_id="another")) == guard.OTHER_BUDGET
    assert say(office.version(), person_id="somebody-else") == guard.OTHER_BUDGET
    assert say(office.version(**inputs(office, "budget", id="unknown"), budget_id="unknown")) == guard.OTHER_BUDGET
    assert say(office.version(**inputs(office, "shifts", rate="9999999.99"))) == guard.TOO_HIGH


def test_a_line_of_another_budget_is_kept_aside(office: Office) -> None:
    """A shift that central holds under another budget, or about another person, is no input of this one."""
    one = office.one
    one.send(
        one.write("elsewhere", {"budget_id": "other budget", "rate": "13.90"}, "shift"),
        one.write("of-carys", {"budget_id": "budget", "rate": "13.90"}, "shift", person_id="carys"),
    )
    for name in ("elsewhere", "of-carys", "nowhere"):
        assert office.why(office.version(**inputs(office, "shifts", id=name))) == guard.OTHER_BUDGET


def test_a_colleagues_value_that_came_meanwhile_asks_for_no_name(office: Office) -> None:
    """Who wrote over a value before the version came did not build it, unless the laptop had read that far."""
    [first, *_rest], two = office.records.costs, office.two
    name, before = first["id"], {"price": first["price"]}
    honest = office.version()
    three = Asker(office.storage, "north", "n3")
    three.send()
    three.send(three.write(name, {"price": "1.00"}, "cost", before=before))
    assert not office.why(honest)
    office.one.send()
    assert office.why(honest) == guard.NOT_BUILT_BY
    two.send(two.write(name, dict(before), "cost", before={"price": "1.00"}))


def test_whoever_keeps_a_version_wrote_what_nobody_else_did(office: Office) -> None:
    """A value that central does not hold, and one that is left out, are by who keeps the version."""
    lead = Asker(office.storage, "north", "lead")
    lead.send()

    def why(fields: dict[str, Value]) -> str:
        office.kept += 1
        made = lead.write(f"version-{office.kept}", fields, guard.KIND, seen=lead.cursor)
        refused = lead.send(made).refused
        return refused[0].why if refused else ""

    assert why(office.version()) == ""
    named = version_content.built_by(["nurse-n1", "nurse-n2", "nurse-lead"])
    for kind, other in (("shifts", {"rate": "14.90"}), ("shifts", {"to_date": ""}), ("budget", {"pay_every": "month"})):
        fields = office.version(**inputs(office, kind, **other))
        assert why(fields) == guard.NOT_BUILT_BY, other
        assert why({**fields, "built_by": named}) == "", other


@pytest.mark.parametrize(
    "name", ["inputs", "lines", "number", "total_first", "rates", "policy", "built_by", "budget_id"]
)
def test_nothing_in_a_version_stops_central(name: str, office: Office) -> None:
    """Damaged JSON, thousands of figures, deep nesting, other types and odd letters are kept aside, central goes on."""
    many = ("9" * 5_000, 10**4_000, -1, 0, "[" * 100_000, '{"a":' * 50_000, "null", "{", "[]", '"\\ud800"', "\x00",
            "x" * 200_000, None, "", '{"budget":{"id":"\\u0000"},"workers":[],"shifts":[],"costs":[]}')  # fmt: skip
    nothing: dict[str, tuple[Value, ...]] = {"number": (None, ""), "policy": (None, "", 0)}
    for value in many:
        refused = bool(office.why({**office.version(), name: value}))
        assert refused == (value not in nothing.get(name, ())), (name, str(value)[:20])


def test_a_mistake_in_the_rules_holds_no_laptop_up(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A version that cannot be worked out for a reason nobody thought of is kept aside like any other."""
    honest = office.version()

    def mistaken(*_given: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(work, "work", mistaken)
    assert office.why(honest) == guard.NOT_WORKED_OUT


def test_versions_of_an_earlier_policy_are_worked_out_with_it(office: Office) -> None:
    """Central's own log keeps each policy; an unknown one, or none where there is one, is kept aside."""
    own = OwnChanges(office.storage, factory.now)
    texts = [canonical(each) for each in POLICIES]
    for after, text in enumerate(texts):
        own.write_policy("north", text, "2026-11-26", after)
    read = [policy.read_policy(policy.parsed(text)) for text in texts]
    for number, given in enumerate(read, 1):
        assert not office.why(office.version(given, policy=number))
    assert office.why(office.version(read[0], policy=2)) == guard.OTHER_TOTALS
    assert office.why(office.version(read[1], policy=3)) == guard.UNKNOWN_POLICY
    assert office.why(office.version()) == guard.NO_POLICY


def test_one_request_works_out_so_much_and_the_rest_comes_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A laptop that sends thousands of versions holds nobody up: what is left over is taken from its next request."""
    monkeypatch.setattr(guard, "MOST_RECORDS", 1)
    four = Asker(office.storage, "north", "n4")
    four.send()
    sent = [four.write(f"many-{number}", office.version(), guard.KIND) for number in range(3)]
    assert four.send(*sent).ack == 1
    assert office.storage.read({"north"}, lambda tables: tables.confirmed_seq("north", "n4")) == 0
