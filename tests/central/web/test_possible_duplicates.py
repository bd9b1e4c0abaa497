"""People of a team who may be one person are shown to its lead, whichever laptop each record came from."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.central.auth import roles
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.central.web.views import possible_duplicates
from phb_tui.domain.records.changes import Change, ConflictingValue, FieldState, RecordState, SyncPosition, Value
from phb_tui.domain.records.record_codec import Row, row_of
from phb_tui.sync.protocol import SyncRequest
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM
from tests.oidc.running import add_user, browser, central, now

NHS = "999 000 0018"
RHYS: dict[str, Value] = {"given_name": "Rhys", "family_name": "Price", "date_of_birth": "1962-03-27"}


def person(record_id: str, *sides: tuple[str, Value], **fields: Value) -> Row:
    """A person's record, with other versions of some fields."""
    states = {
        name: FieldState(
            value, 1, "d", 1, "n", "now",
            tuple(ConflictingValue(other, "d", 2, "n", "now", 2) for field, other in sides if field == name),
        )
        for name, value in fields.items()
    }  # fmt: skip
    return row_of(RecordState(TEAM, "person", record_id, record_id, 1, states))


def found(*people: Row) -> list[tuple[str, list[str]]]:
    return [(group.same, [one.record_id for one in group.people]) for group in possible_duplicates.groups(people)]


@pytest.mark.parametrize("other", ["999 000 0018", "9990000018", "999-000-0018", " 999\u00a0000\u200b0018 "])
def test_the_same_number_is_the_same_however_it_was_written(other: str) -> None:
    """Spaces, dashes and letters that nobody sees make no other number of it."""
    assert found(person("a", nhs_number=NHS), person("b", nhs_number=other)) == [
        (possible_duplicates.NUMBER, ["a", "b"])
    ]


@pytest.mark.parametrize("number", ["1111111111", "000 000 0000", "", "999", None])
def test_a_number_that_is_nobodys_makes_nobody_the_same(number: Value) -> None:
    """One digit ten times, too few and none at all are no number that two people could share."""
    assert found(person("a", nhs_number=number), person("b", nhs_number=number)) == []


def test_the_same_name_and_date_of_birth_are_found() -> None:
    """However the name is spelt; a name alone or a date alone is not enough, nor is no name."""
    again = {**RHYS, "given_name": "RHYS ", "family_name": "Pricé"}
    assert found(person("a", **RHYS), person("b", **again)) == [(possible_duplicates.NAME, ["a", "b"])]
    assert found(person("a", **RHYS), person("b", **{**RHYS, "date_of_birth": "1962-03-28"})) == []
    assert found(person("a", **RHYS), person("b", **{**RHYS, "given_name": "Ann"})) == []
    assert found(*(person(one, date_of_birth="1962-03-27") for one in "ab")) == []
    assert found(*(person(one, given_name="Rhys") for one in "ab")) == []


def test_a_version_that_is_not_decided_counts() -> None:
    """A number that stands beside another one in a conflict is somebody else's all the same."""
    undecided = person("a", ("nhs_number", NHS), nhs_number="999 000 0026")
    assert found(undecided, person("b", nhs_number=NHS)) == [(possible_duplicates.NUMBER, ["a", "b"])]
    assert found(undecided) == []


def test_who_was_taken_off_the_list_is_nobodys_double() -> None:
    """A record that was entered in error no longer counts."""
    assert found(person("a", nhs_number=NHS), person("b", nhs_number=NHS, removed="yes")) == []


def test_the_same_people_are_named_once_and_all_of_them() -> None:
    """Three with one number are one group; two who share both things are named by the number."""
    three = [person(one, nhs_number=NHS, **RHYS) for one in "cab"]
    assert found(*three) == [(possible_duplicates.NUMBER, ["a", "b", "c"])]
    assert found(*three, person("d", **RHYS)) == [
        (possible_duplicates.NUMBER, ["a", "b", "c"]),
        (possible_duplicates.NAME, ["a", "b", "c", "d"]),
    ]


ODD = st.one_of(st.none(), st.integers(-(2**53), 2**53), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))


@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys((*RHYS, "nhs_number", "removed"), ODD)), max_size=4))
def test_whatever_is_kept_the_page_can_be_read(people: list[dict[str, Value]]) -> None:
    """No value that anybody kept makes the page fail."""
    rows = [person(f"p{n}", **fields) for n, fields in enumerate([*people, *people])]
    for group in possible_duplicates.groups(rows):
        assert all(len(possible_duplicates._cells(one, {})) == 4 for one in group.people)


@pytest.fixture(params=["sqlite", "postgres 18"])
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    """Two laptops of north's sent the same number for two people; south has it too."""
    with postgres.storage_on(request.param) as made:
        service = SyncService(made, now, factories.KEY, factories.LAW)
        for team, device, name in (
            (TEAM, "d0", "Rhys"),
            (TEAM, "d1", "Reece"),
            ("south", "d2", "Ruth"),
            ("west", "d3", "Rex"),
        ):
            factories.admit(made, team, device, factories.nurse(device), PUBLIC)
            add_user(made, team, f"lead-{team}", roles.TEAM_LEAD)
            add_user(made, team, f"nurse-{team}", roles.NURSE_ADVISOR)
            fields: dict[str, Value] = {"given_name": name, "nhs_number": NHS, "date_of_birth": "1962-03-27"}
            author = factories.nurse(device).id
            one = Change(
                team, device, "person", f"p-{device}", f"p-{device}", fields, {}, SyncPosition(), author, "now"
            )
            service.sync(SyncRequest(team, device, SyncPosition(), "", 1, (one.numbered(1, "").text.encode(),)))
        yield made


def test_the_lead_is_told_and_sees_both(storage: Storage) -> None:
    """What has arrived says that records may be of one person; the page has both with who wrote the number."""
    with central(storage) as address, browser(address, f"sub-lead-{TEAM}") as lead:
        first, page = lead.get(f"/team/{TEAM}").text, lead.get(f"/team/{TEAM}/same").text
    assert "Possible duplicates in this team: 1." in first
    assert f'href="/team/{TEAM}/same"' in first
    for words in (possible_duplicates.NUMBER, "Rhys", "Reece", NHS, "27 March 1962", "Nurse d0", "Nurse d1"):
        assert words in page
    lines = storage.read({TEAM}, lambda repository: repository.audit(TEAM))
    assert "looked at who may be the same person" in [what for _n, _at, _who, what, *_ in lines]


def test_no_other_teams_person_is_named_or_hinted_at(storage: Storage) -> None:
    """A number that somebody of another team has leaves no trace on either team's pages."""
    with central(storage) as address:
        for team in (TEAM, "south", "west"):
            with browser(address, f"sub-lead-{team}") as lead:
                first, page = lead.get(f"/team/{team}").text, lead.get(f"/team/{team}/same").text
            others = {TEAM: ("Ruth", "Rex"), "south": ("Rhys", "Reece", "Rex"), "west": ("Rhys", "Reece", "Ruth")}
            assert not any(name in first + page for name in others[team])
            assert ("No two people of this team" in page) == (team != TEAM)
            assert ("may be the same person" in first) == (team == TEAM)


def test_nurses_are_not_sent_to_a_page_that_is_not_theirs(storage: Storage) -> None:
    """Who is no lead sees neither the line nor the page."""
    with central(storage) as address, browser(address, f"sub-nurse-{TEAM}") as nurse:
        assert "/same" not in nurse.get(f"/team/{TEAM}").text
        assert nurse.get(f"/team/{TEAM}/same").status_code == 403
