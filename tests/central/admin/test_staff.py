"""Who may sign in as whom, the end of somebody's access, and older databases brought up to date."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.admin.staff import StaffAdmin
from phb_tui.central.storage import audit_log, migrations
from phb_tui.central.storage.models import Device, Staff, TeamMembership
from phb_tui.central.storage.postgres import PostgresEngine, make_tables
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralRefused, SettingsProblem
from phb_tui.services.sync.enrolment import read_code
from phb_tui.sync.protocol import Enrolment
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM

SAM = factories.nurse("sam")


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(params=postgres.ENGINES)
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    with postgres.storage_on(request.param) as made:
        for team in (TEAM, "south"):
            factories.admit(made, team, "d0", SAM, PUBLIC)
        yield made


def signed_in(storage: Storage, team: str, subject: str) -> TeamMembership | None:
    return storage.read({team}, lambda repository: repository.membership(team, subject))


def device(storage: Storage) -> Device:
    found = storage.read({TEAM}, lambda repository: repository.device(TEAM, "d0"))
    assert found
    return found


def test_a_name_of_the_providers_means_one_of_the_team(storage: Storage) -> None:
    """Somebody is found by the newest name that was given, in that team alone, and in each of their teams at once."""
    staffing = StaffAdmin(storage, now)
    staffing.link_identity(TEAM, SAM.id, "older")
    staffing.link_identity(TEAM, SAM.id, "sub-sam")
    assert signed_in(storage, TEAM, "sub-sam") == TeamMembership(TEAM, SAM.id, SAM.name, SAM.role, 0)
    storage.write({TEAM}, lambda repository: repository.sign_out(TEAM, "sub-sam", 9))
    staffing.link_identity(TEAM, SAM.id, "sub-sam")
    assert signed_in(storage, TEAM, "sub-sam") == TeamMembership(TEAM, SAM.id, SAM.name, SAM.role, 9)
    assert (signed_in(storage, TEAM, "older"), signed_in(storage, "south", "sub-sam")) == (None, None)
    staffing.link_identity("south", SAM.id, "sub-sam")
    teams = [team.team_id for team in storage.teams()]
    everywhere = storage.read(teams, lambda repository: repository.memberships("sub-sam"))
    assert [one.team_id for one in everywhere] == [TEAM, "south"]
    staffing.link_identity(TEAM, SAM.id, "")
    assert signed_in(storage, TEAM, "sub-sam") is None


def test_a_name_is_one_persons(storage: Storage) -> None:
    """A name that is somebody else's, nobody known and a name with line breaks each get a sentence."""
    staffing = StaffAdmin(storage, now)
    staffing.link_identity(TEAM, SAM.id, "sub-sam")
    storage.write({TEAM}, lambda repository: repository.save_staff(TEAM, Staff("alex", "Alex", "team lead")))
    for staff, subject in (("alex", "sub-sam"), ("nobody", "sub"), ("alex", "a\nb")):
        with pytest.raises(SettingsProblem):
            staffing.link_identity(TEAM, staff, subject)


def test_whoever_leaves_has_nothing_left(storage: Storage) -> None:
    """Removed, somebody cannot sign in or join, their laptop is kept out and told to lock, and colleagues see it."""
    staffing, access = StaffAdmin(storage, now), DeviceRegistry(storage, now, factories.PUBLIC_KEY)
    staffing.link_identity(TEAM, SAM.id, "sub-sam")
    code = read_code(access.create_enrolment_code("http://127.0.0.1:1", TEAM, SAM.id)).code
    before = storage.read({TEAM}, lambda repository: repository.team(TEAM))
    assert staffing.remove(TEAM, SAM.id) == 1
    after = storage.read({TEAM}, lambda repository: repository.team(TEAM))
    assert signed_in(storage, TEAM, "sub-sam") is None
    assert (device(storage).state, device(storage).role) == ("revoked", "")
    assert [
        what for _id, what, _at in storage.read({TEAM}, lambda repository: repository.pending_commands(TEAM, "d0"))
    ] == ["lock"]
    assert before
    assert after
    assert after.staffing > before.staffing
    assert storage.read(
        {TEAM}, lambda repository: (repository.staff(TEAM), audit_log.first_broken_link(repository, TEAM))
    ) == (
        [],
        0,
    )
    access.add_staff(TEAM, Staff(SAM.id, "Somebody else", SAM.role))
    with pytest.raises(CentralRefused):
        access.enrol(Enrolment(TEAM, "d9", PUBLIC, code, "a laptop"))
    assert storage.read({"south"}, lambda repository: repository.staff("south"))


def test_a_file_of_the_first_version_is_brought_up_to_date(tmp_path: Path) -> None:
    """What an older central wrote stays, and people can be let sign in."""
    with sqlite3.connect(tmp_path / "c.db") as connection:
        connection.executescript(migrations.scripts()[1])
        connection.execute("INSERT INTO team VALUES (?, 'North', 1, 0, '', '0', 1)", [TEAM])
        connection.execute("INSERT INTO staff VALUES (?, 'sam', 'Sam', 'team lead')", [TEAM])
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    storage = Storage.on_sqlite(tmp_path / "c.db")
    StaffAdmin(storage, now).link_identity(TEAM, "sam", "sub-sam")
    assert signed_in(storage, TEAM, "sub-sam") == TeamMembership(TEAM, "sam", "Sam", "team lead", 0)
    storage.close()


@pytest.mark.parametrize("role", [postgres.CENTRAL, ""])
def test_a_postgresql_of_the_first_version_is_brought_up_to_date(role: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`phb-central init` adds what is new, guarded like the rest, for whoever central runs as, named again or not."""
    with postgres.database("18") as (owner, central):
        with psycopg.connect(owner) as connection:
            connection.execute("DROP TABLE sign_in")
            connection.execute("DROP INDEX record_gone")
            connection.execute("DROP TABLE told")
            connection.execute("DROP INDEX change_that_began")
            connection.execute("DELETE FROM schema_version WHERE version > 1")
        with pytest.raises(SettingsProblem, match="init"):
            PostgresEngine(central)
        make_tables(owner, role)
        storage = Storage(PostgresEngine(central))
        factories.admit(storage, TEAM, "d0", SAM, PUBLIC)
        StaffAdmin(storage, now).link_identity(TEAM, SAM.id, "sub-sam")
        assert signed_in(storage, TEAM, "sub-sam")
        assert storage.read({"south"}, lambda repository: repository.membership(TEAM, "sub-sam")) is None
        storage.close()
