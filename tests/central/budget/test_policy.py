"""The team's policy for money and the law's figures: central's own changes, and nobody else's."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from phb_tui.central import cli
from phb_tui.central.admin import policy_file
from phb_tui.central.exchange import own_changes
from phb_tui.central.exchange.guards import NOT_FROM_A_LAPTOP
from phb_tui.central.exchange.own_changes import OwnChanges
from phb_tui.central.server import factory
from phb_tui.central.storage.models import CENTRAL
from phb_tui.central.storage.repository import Storage
from phb_tui.content import rates
from phb_tui.domain.records import record_ids
from phb_tui.domain.records.changes import Value
from phb_tui.errors import CentralRefused
from phb_tui.sync.protocol import Enrolment, SyncReply
from tests import factories, postgres
from tests.central.exchange.asker import Asker

POLICY = {
    "name": "Northshire",
    "limits": [{"role": "team lead", "nature": "ongoing", "weekly": 150000, "first": None}],
    "self": [{"role": "nurse advisor", "nature": "one_off", "first": 25000}],
    "people": {"sam": {"ongoing": {"weekly": 90000}}},
    "tiers": [{"name": "Small", "to": 25000, "by": "nurse advisor"}, {"name": "Large", "to": None, "by": "panel"}],
    "days": {"ongoing": 14}, "contingency_weeks": 4, "contingency_held": "person", "holiday": "12.07",
    "rates": [{"id": "day", "what": "A weekday", "sort": "day", "employed_as": "employed", "from": "2026-04-01",
               "low": "13.20", "high": "14.50"}],
    "terms": [{"from": "2027-01-04", "to": "2027-02-12"}],
    "from a newer version": {"ratio": 1.5, "words": ["as they are"]},
}  # fmt: skip


@pytest.fixture(params=postgres.ENGINES)
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    with postgres.storage_on(request.param) as made:
        yield made


def held(reply: SyncReply, team_id: str, kind: str) -> dict[str, Value]:
    """What came of the record that only central writes."""
    row = next(row for row in reply.rows if row.record_id == record_ids.single_id(team_id, kind))
    assert (row.kind, row.person_id, row.conflicts) == (kind, None, 0)
    return dict(json.loads(row.values))


def test_every_laptop_of_a_team_gets_what_central_writes_and_laptops_keep_their_numbers(storage: Storage) -> None:
    """Policy and rates reach each laptop as one record, the newest version in front; no other team gets them."""
    one, two, other = Asker(storage, "north", "n1"), Asker(storage, "north", "n2"), Asker(storage, "south", "s1")
    one.send(one.person())
    own = OwnChanges(storage, factory.now)
    for after, words in enumerate(("first", "second")):
        assert own.write_policy("north", words, "2026-11-26", after) == after + 1
    factory.send_rates(storage)
    factory.send_rates(storage)  # as at each start
    reply = one.send(one.write("alert", {"words": "after it"}))
    assert (reply.ack, reply.refused) == (2, ())
    for found in (reply, two.send()):
        assert held(found, "north", "policy") == {"version": 2, "from_date": "2026-11-26", "text": "second"}
        sent = held(found, "north", "rates")
        assert (sent["version"], rates.from_text(str(sent["text"]))) == (rates.shipped().version, rates.shipped())
    assert [row.record_id for row in other.send().rows] == [record_ids.single_id("south", "rates")]

    def numbers(kind: str) -> list[int]:
        versions = own_changes.every_version
        return storage.read({"north"}, lambda tables: [each.version for each in versions(tables, "north", kind)])

    assert (numbers("policy"), numbers("rates")) == ([2, 1], [1])
    assert storage.read({"north"}, lambda tables: tables.last_change("north", CENTRAL))[0] == 3
    audit = storage.read(
        {"north"}, lambda tables: [(who, what) for _n, _at, who, what, *_rest in tables.audit("north")]
    )
    assert audit == [("administrator", f"wrote {what}") for what in ("policy 1", "policy 2", "rates 1")]


def test_what_only_central_writes_is_kept_aside_when_a_laptop_sends_it(storage: Storage) -> None:
    """Neither kind, nor another kind in a record of central's, is taken from a laptop, also about a moved person."""
    north, late = Asker(storage, "north", "n1"), Asker(storage, "north", "n2")
    Asker(storage, "south", "s1")
    policy = record_ids.single_id("north", "policy")
    OwnChanges(storage, factory.now).write_policy("north", "ours", "2026-11-26", 0)
    north.send(north.person())
    north.send(north.hand_over("south"))
    reply = north.send(
        north.write(policy, {"version": 2, "text": "theirs"}, "policy", person_id=None),
        north.write("elsewhere", {"version": 2}, "rates", person_id=None),
        north.write(record_ids.single_id("north", "rates"), {"words": "first here"}, "alert"),
    )
    assert [each.why for each in reply.refused] == [NOT_FROM_A_LAPTOP] * 3
    reply = late.send(late.write("of-rhys", {"version": 2}, "policy"))
    assert [each.why for each in reply.refused] == [NOT_FROM_A_LAPTOP]
    assert storage.read({"north"}, lambda tables: own_changes.in_force(tables, "north", "policy").text) == "ours"


def test_no_laptop_takes_the_place_of_another_teams_policy(storage: Storage) -> None:
    """Neither a draft, nor a change about a moved person, nor a handover leaves something where a policy belongs."""
    one = Asker(storage, "north", "n1")
    Asker(storage, "south", "s1")
    places = {team: record_ids.single_id(team, "policy") for team in ("north", "south")}
    said = one.send(
        one.person(), one.write(places["north"], {"wish": "w"}, "request"),
        one.write(places["north"], {"agreed_by": "R"}, "budget_version"), one.write(places["south"], {"words": "w"}),
        one.hand_over("south"), one.write(places["south"], {"words": "w"}),
        one.write(record_ids.single_id("south", "rates"), {"words": "w"}),
    ).refused  # fmt: skip
    assert [each.why for each in said] == [NOT_FROM_A_LAPTOP] * 4
    assert storage.read({"south"}, lambda tables: [row.record_id for row in tables.rows_of_person("south", "rhys")])
    for team in places:
        assert OwnChanges(storage, factory.now).write_policy(team, "ours", "2026-11-26", 0) == 1
        assert storage.read({team}, lambda tables: own_changes.in_force(tables, team, "policy").text) == "ours"  # noqa: B023


def test_the_example_in_the_documents_is_a_policy() -> None:
    """What docs/policy-json.md shows can be sent, and knows no key that the program does not."""
    page = (Path(__file__).parents[3] / "docs" / "policy-json.md").read_text("utf-8")
    found = policy_file.read(page.partition("```json")[2].partition("```")[0])
    assert found.keys() <= policy_file.KNOWN
    named = {
        key for row in page.splitlines() if row.startswith("|") for key in re.findall(r"`(\w+)`", row.split("|")[1])
    }
    assert named == policy_file.KNOWN


def test_no_laptop_is_called_as_central_is(storage: Storage) -> None:
    """A laptop with central's device id would take its numbers, so none joins under it."""
    factories.invite(storage, "north", (CENTRAL, factories.nurse("n1")))
    access = factory.build_central(storage, factories.KEY).devices
    with pytest.raises(CentralRefused):
        access.enrol(Enrolment("north", CENTRAL, factories.SIGNS, CENTRAL, "laptop"))


def test_a_policy_is_checked_shown_and_written_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command shows what differs in plain lines, asks, and sends on what this version does not know."""
    database, file = tmp_path / "central.db", tmp_path / "policy.json"

    def run(*arguments: str) -> str:
        cli.main([*arguments, "--database", str(database), "--key-file", str(tmp_path / "central.key")])
        return capsys.readouterr().out

    run("add-team", "north", "North team")
    file.write_text(json.dumps(POLICY), encoding="utf-8")
    assert "Version 1 is in force" in run("policy", "north", str(file), "--yes")
    assert "already: version 1" in run("policy", "north", str(file), "--yes")
    limits = [{**POLICY["limits"][0], "weekly": 120000}]  # type: ignore[index]
    file.write_text(json.dumps({**POLICY, "limits": limits}), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", StringIO())  # nobody is there to be asked
    said = run("policy", "north", str(file))
    assert "changed: limits (team lead, ongoing), weekly: £1,500.00 becomes £1,200.00" in said.splitlines()
    assert "Nothing was written." in said
    storage = Storage.on_sqlite(database)
    found = storage.read({"north"}, lambda tables: own_changes.in_force(tables, "north", "policy"))
    storage.close()
    assert (found.version, json.loads(found.text)) == (1, POLICY)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"limits": [{"role": "team lead", "nature": "ongoing", "weekly": "1500"}]},
         "limits 1 (team lead), weekly: write a whole number; amounts are in pence."),
        ({"limits": [{"role": "Team lead", "nature": "ongoing"}]}, "limits 1 (Team lead), role: write one of: "),
        ({"holiday": 12.07}, "holiday: write it in quotes."),
        ({"tiers": [{"name": "Any", "to": None, "by": "panel"}, {"name": "Small", "to": 5, "by": "panel"}]},
         "Tiers: each goes up to more than the one before"),
        ({"people": {"sam": {"weekly": {}}}}, "people, sam, weekly: write one of: ongoing"),
        ({"terms": [{"from": "4 1 2027", "to": "2027-02-12"}]}, "terms 1 (4 1 2027), from: write a day"),
        ({"ssp_weeks": True}, "ssp_weeks: write a whole number"),
        ("{" * 5_000, "The file is no JSON. Look at line 1."),
        ("[" * 200_000, "The file is nested too deep."),
        ('{"ssp_weeks": ' + "9" * 5_000 + "}", "The file is no JSON."),
        ('{"days": NaN}', "NaN is no number."),
        ('{"days": {}, "days": {}}', "days is there twice."),
        ("[]", "The file is no JSON object"),
    ],
)  # fmt: skip
def test_a_wrong_policy_is_refused_with_entry_and_field(
    wrong: object, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each fault is a line that names the entry and the field, and nothing is written."""
    file = tmp_path / "policy.json"
    file.write_text(wrong if isinstance(wrong, str) else json.dumps({**POLICY, **dict(wrong)}), encoding="utf-8")  # type: ignore[call-overload]
    with pytest.raises(SystemExit) as caught:
        cli.main(["policy", "north", str(file), "--yes", "--database", str(tmp_path / "central.db")])
    assert "nothing was written" in str(caught.value)
    assert says in capsys.readouterr().out
