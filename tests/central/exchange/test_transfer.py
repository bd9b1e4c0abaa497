"""After a transfer, the former team and teams that never had the person change nothing that the person's team holds."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import REMOVED, YES, Value
from phb_tui.domain.records.record_codec import field_states
from tests import postgres
from tests.central.exchange.asker import Asker

TEAMS = ("north", "south", "east")
VALUES: st.SearchStrategy[Any] = st.sampled_from([None, "", "one is enough", "two staff only", YES])


class Teams:
    """Rhys was handed over from north to south, and an alert and an agreed plan with him."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.north, self.late = Asker(storage, "north", "n1"), Asker(storage, "north", "n2")
        self.south, self.east = Asker(storage, "south", "s1"), Asker(storage, "east", "e1")
        n = self.north
        n.send(n.person(), n.write("alert", {"words": "two staff only"}))
        n.send(n.write("plan", {"number": 1, "plan": "as agreed"}, "plan_version"))
        self.late.send()
        assert not n.send(n.hand_over("south")).refused

    def held(self, team_id: str = "south") -> dict[str, dict[str, tuple[Value, tuple[Value, ...]]]]:
        """What a team holds of everything: each field's value and the values beside it."""
        rows = self.storage.read({team_id}, lambda repository: repository.rows_after(team_id, 0, 1_000))
        return {
            row.record_id: {
                name: (held.value, tuple(side.value for side in held.sides))
                for name, held in field_states(row.values, row.origins).items()
            }
            for row in rows
            if not row.transferred_to
        }


@pytest.fixture(params=postgres.ENGINES)
def teams(request: pytest.FixtureRequest) -> Iterator[Teams]:
    with postgres.storage_on(request.param) as storage:
        yield Teams(storage)


def test_a_late_change_of_a_former_team_becomes_a_conflict(teams: Teams) -> None:
    """What a laptop wrote before it could know of the transfer is kept as a conflicting value, to be decided."""
    late = teams.late
    before = {"words": "two staff only"}
    reply = late.send(
        late.write("alert", {"words": "one is enough", "ended_on": "2026-11-25"}, before=before, seen=late.cursor)
    )
    assert not reply.refused
    assert teams.held()["alert"] == {
        "words": ("two staff only", ("one is enough",)),
        "ended_on": (None, ("2026-11-25",)),
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["words", "ended_on", REMOVED]), VALUES, VALUES), max_size=6))
def test_no_late_change_of_a_former_team_replaces_a_value(sent: list[tuple[str, Value, Value]]) -> None:
    """No series of late changes, whatever they claim to have seen or resolved, replaces a value or removes a record."""
    with postgres.storage_on("sqlite") as storage:
        teams = Teams(storage)
        south, late = teams.south, teams.late
        south.send(south.write("alert", {"reason": "a fall"}), south.write("note", {"words": "w", REMOVED: YES}))
        before = teams.held()
        resolves = tuple(f"{device}:{number}" for device in ("n2", "s1") for number in range(1, 7))
        for name, shown, value in sent:
            for record_id in ("alert", "note"):
                change = late.write(record_id, {name: value}, before={name: shown}, resolves=resolves)
                late.send(change)
        after = teams.held()
        for record_id, fields in before.items():
            for name, (value, _sides) in fields.items():
                assert after[record_id][name][0] == value
        for record_id in ("alert", "note"):
            new = {name: held for name, held in after[record_id].items() if name not in before[record_id]}
            assert all(value is None for value, _sides in new.values())


def test_changes_of_a_team_that_knew_of_the_transfer_are_quarantined(teams: Teams) -> None:
    """A laptop that knew of the transfer, by `seen` of its change or by a confirmed cursor, writes no more there."""
    north, late = teams.north, teams.late
    before = teams.held()
    says_so = north.write("alert", {"words": "one is enough"}, before={"words": "two staff only"}, seen=north.cursor)
    assert [refusal.op_no for refusal in north.send(says_so).refused] == [5]
    late.send()
    late.send(late.write("own", {"words": "w"}, person_id="ann"))  # nothing was left to send, at a cursor after it
    hides_it = late.write("alert", {"words": "one is enough"}, before={"words": "two staff only"})
    assert len(late.send(hides_it).refused) == 1
    assert teams.held() == before


def test_a_former_teams_change_of_an_agreed_version_is_quarantined(teams: Teams) -> None:
    """A former team neither alters an agreed version of a plan, nor adds one, nor adds a conflicting value to it."""
    late = teams.late
    before = teams.held()
    reply = late.send(
        late.write("plan", {"plan": "other"}, "plan_version", before={"plan": "as agreed"}),
        late.write("plan-2", {"number": 2, "plan": "other"}, "plan_version"),
    )
    assert len(reply.refused) == 2
    assert teams.held() == before


def test_a_new_record_of_a_former_team_comes_to_the_team_that_has_the_person(teams: Teams) -> None:
    """A visit that was written down without knowing is not lost: it stands among the others."""
    late = teams.late
    assert not late.send(late.write("visit", {"words": "He fell on Monday"}, "visit")).refused
    assert teams.held()["visit"] == {"words": ("He fell on Monday", ())}


def test_a_late_record_of_a_former_team_does_not_conflict_with_itself(teams: Teams) -> None:
    """A late visit can be written on by the laptop that began it, in one exchange or in several."""
    late = teams.late
    late.send(
        late.write("visit", {"words": "He fell"}, "visit"),
        late.write("visit", {"words": "He fell on Monday", "who": "Ann"}, "visit", before={"words": "He fell"}),
    )
    late.send(late.write("visit", {"who": "Ann B"}, "visit", before={"who": "Ann"}))
    assert teams.held()["visit"] == {"words": ("He fell on Monday", ()), "who": ("Ann B", ())}


def test_a_late_record_that_the_other_team_edited_is_only_theirs(teams: Teams) -> None:
    """What came late from a former team and was edited since is changed by nobody but the team that has it."""
    south, late = teams.south, teams.late
    late.send(late.write("visit", {"words": "He fell"}, "visit"))
    south.send(south.write("visit", {"who": "Ann"}, "visit"))
    late.send(late.write("visit", {"words": "He did not"}, "visit", before={"words": "He fell"}))
    assert teams.held()["visit"] == {"words": ("He fell", ("He did not",)), "who": ("Ann", ())}


def test_values_written_before_the_transfer_are_the_other_teams(teams: Teams) -> None:
    """Values of a laptop that went with the person count no more as the laptop's own."""
    north = teams.north
    change = north.write("alert", {"words": "one is enough"}, before={"words": "two staff only"})
    assert not north.send(change).refused
    assert teams.held()["alert"]["words"] == ("two staff only", ("one is enough",))


def test_a_team_cannot_transfer_a_person_it_never_had(teams: Teams) -> None:
    """Who knows only a person's ids cannot transfer them, to the team they are with or to another."""
    east, south = teams.east, teams.south
    before = teams.held()
    east.send(
        east.person(given_name="Nobody", **{REMOVED: YES}),
        east.write("alert", {"words": "one is enough", REMOVED: YES}),
        east.write("plan", {"number": 1, "plan": "other"}, "plan_version"),
    )
    for to in ("south", "north"):
        assert len(east.send(east.hand_over(to)).refused) == 1
    assert teams.held() == before
    east.send(east.write("alert", {"words": "none is enough"}, before={"words": "one is enough"}))
    assert teams.held() == before
    assert len(south.send(south.hand_over("east")).refused) == 1, "two records of one person"
    assert teams.held() == before


def test_a_transfer_moves_no_record_of_another_person(teams: Teams) -> None:
    """A transfer brings nothing into the record of somebody else, also under an id that is somebody else's."""
    east = teams.east
    before = teams.held()
    east.send(
        east.write("ann", {"given_name": "Ann"}, "person", person_id="ann"),
        east.write("alert", {"words": "one is enough"}, person_id="ann"),
    )
    assert len(east.send(east.hand_over("south", "ann")).refused) == 1
    ben = east.write("ben", {"given_name": "Ben"}, "person", person_id="ben")
    assert len(east.send(ben, east.hand_over("south", "ben", record_id="plan")).refused) == 1
    assert teams.held() == before


def test_a_transfer_of_an_unknown_person_is_quarantined(teams: Teams) -> None:
    """A transfer of an id that the team has no record of is quarantined, and the other team hears nothing of it."""
    east = teams.east
    before = teams.held("south")
    assert len(east.send(east.hand_over("south", "nobody")).refused) == 1
    assert teams.held("south") == before


def test_forged_ids_of_a_person_do_not_come_with_a_former_person(teams: Teams) -> None:
    """A late change about somebody who was handed over does not reach the record of another person there."""
    south, late = teams.south, teams.late
    south.send(
        south.write("beth", {"given_name": "Beth"}, "person", person_id="beth"),
        south.write("secret", {"words": "Beth's"}, person_id="beth"),
    )
    before = teams.held()
    reply = late.send(
        late.write("secret", {"words": "x"}),
        late.write("beth", {"given_name": "x"}, "person"),
        late.write("new person", {"given_name": "x"}, "person"),
        late.write("new-person", {"given_name": "x"}, "person"),
        late.write("alert", {"words": "x"}, person_id="beth"),
    )
    assert len(reply.refused) == 5
    assert teams.held() == before


def test_a_person_transferred_there_and_back_is_as_before(teams: Teams) -> None:
    """Somebody who comes back is whole again, and whoever wrote meanwhile writes on as before."""
    north, south = teams.north, teams.south
    south.send()
    assert not south.send(south.write("alert", {"words": "three"}, before={"words": "two staff only"})).refused
    assert not south.send(south.hand_over("north")).refused
    assert "rhys" not in teams.held("south")
    north.send()
    assert not north.send(north.write("alert", {"words": "two"}, before={"words": "three"}, seen=north.cursor)).refused
    assert teams.held("north")["alert"]["words"] == ("two", ())


def test_the_same_transfer_by_two_laptops_is_one(teams: Teams) -> None:
    """The same transfer from a second laptop changes nothing; one to another team is quarantined."""
    late = teams.late
    assert not late.send(late.hand_over("south")).refused
    assert len(late.send(late.hand_over("east")).refused) == 1
    assert "rhys" in teams.held("south")
    assert "rhys" not in teams.held("east")


def test_an_agreed_version_has_no_conflicting_values(teams: Teams) -> None:
    """Of two laptops that make one version of a plan the second's change is quarantined."""
    south = teams.south
    other = Asker(teams.storage, "south", "s2")
    south.send(south.write("plan-2", {"agreed_by": "Beth"}, "plan_version"))
    assert len(other.send(other.write("plan-2", {"agreed_by": "Carl"}, "plan_version")).refused) == 1
    south.send(south.write("plan-2", {"number": 2}, "plan_version"))
    assert teams.held()["plan-2"] == {"agreed_by": ("Beth", ()), "number": (2, ())}


def test_after_a_backup_a_handover_comes_again_to_who_wrote_on_meanwhile(teams: Teams) -> None:
    """A team whose changes come before the handover that brought the person gets them, with both versions kept."""
    west, south = Asker(teams.storage, "west", "w1"), teams.south
    written_on = west.write("rhys", {"given_name": "Rhys B"}, "person", before={"given_name": "Rhys"})
    west.send(written_on, west.write("alert", {"words": "three staff"}, before={"words": "two staff only"}))
    assert not south.send(south.hand_over("west")).refused
    assert "rhys" not in teams.held("south")
    held = teams.held("west")
    assert held["rhys"]["given_name"] == ("Rhys B", ("Rhys",))
    assert held["alert"]["words"] == ("three staff", ("two staff only",))
    assert held["plan"]["plan"] == ("as agreed", ())
    assert len(teams.east.send(teams.east.person(), teams.east.hand_over("west")).refused) == 1, "it is whole by now"
