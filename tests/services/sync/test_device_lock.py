"""What a team lead decides about a laptop reaches it signed, is obeyed at once and confirmed; the lease runs out."""

from datetime import timedelta

import pytest

from phb_tui.errors import CentralNonsense, CentralRefused, LaptopLocked, RuleBroken
from phb_tui.services.person import caseload
from phb_tui.services.records import roster
from phb_tui.services.sync import device_lock, enrolment, sync_service
from phb_tui.store import change_log, device_status
from phb_tui.store.database import transaction
from phb_tui.sync import remote_commands
from phb_tui.sync.protocol import Lease, Order
from phb_tui.sync.signing import sign_bytes
from tests import factories
from tests.services.environment import TEAM, Environment, nowhere


@pytest.mark.parametrize("what", ["lock", "wipe"])
def test_an_order_locks_the_laptop_with_the_next_exchange(env: Environment, what: str) -> None:
    """The exchange that brings the order ends with the laptop locked, and says so."""
    env.access.send_command(TEAM, "laptop-1", what)
    with pytest.raises(LaptopLocked, match="Your team lead"):
        env.sync()


def test_what_a_locked_laptop_has_stays_there_to_be_sent_later(env: Environment) -> None:
    """Central takes nothing from a locked laptop, so that after a release everything is sent as if nothing had been."""
    env.write()
    env.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        env.sync()
    assert env.outcomes() == []


def test_what_a_wiped_laptop_had_is_kept_at_central(env: Environment) -> None:
    """The words of a laptop whose use was ended reach central and are kept aside there."""
    env.write()
    env.access.send_command(TEAM, "laptop-1", "wipe")
    with pytest.raises(LaptopLocked):
        env.sync()
    assert env.outcomes() == ["refused"]


def test_a_locked_laptop_does_not_open(env: Environment) -> None:
    """The right passphrase is answered by what the team lead decided."""
    env.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        env.sync()
    with pytest.raises(LaptopLocked, match="Ask them to release it"):
        env.unlock()


def test_a_locked_laptop_stays_locked_without_a_network(env: Environment) -> None:
    """The order is on the laptop; pulling the cable does not open it."""
    env.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        env.sync()
    env.lock()
    with pytest.raises(LaptopLocked), nowhere():
        env.unlock()


def test_a_released_laptop_opens_and_sends_what_waited(env: Environment) -> None:
    """After the release the next unlocking asks central, opens, and nothing is lost."""
    env.write()
    env.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        env.sync()
    env.access.send_command(TEAM, "laptop-1", "release")
    session = env.unlock()
    assert caseload.count(session) == 1
    assert env.outcomes() == ["applied"]


@pytest.mark.parametrize("what", ["lock", "release", "wipe"])
def test_central_is_told_that_an_order_was_carried_out(env: Environment, what: str) -> None:
    """An order is confirmed in the same exchange, so that the team lead sees that it was done."""
    env.access.send_command(TEAM, "laptop-1", what)
    try:
        env.sync()
    except LaptopLocked:
        assert what != "release"
    assert env.waiting_orders() == 0


def test_a_forged_order_is_not_carried_out(env: Environment) -> None:
    """An order that central did not sign changes nothing and is named as what it is."""
    session = env.session
    assert session
    forged = Order("o1", "lock", "2026-11-23T09:00:00.000Z", "00" * 64)
    with pytest.raises(CentralNonsense, match="not from your team server"), transaction(session.store.sync_db):
        remote_commands.carry_out(session.store.sync_db, TEAM, "laptop-1", (forged,))
    assert not device_lock.lock_reason(session, session.store.db)


def test_a_forged_lease_is_not_kept(env: Environment) -> None:
    """A lease that central did not sign lets no laptop be without it for longer."""
    session = env.session
    assert session
    before = device_status.read(session.store.db).lease
    forged = Lease("2099-01-01T00:00:00.000Z", "00" * 64)
    with pytest.raises(CentralNonsense, match="not from your team server"), transaction(session.store.sync_db):
        remote_commands.save_lease(session.store.sync_db, TEAM, "laptop-1", forged)
    assert device_status.read(session.store.db).lease == before


def test_an_order_for_another_laptop_is_not_carried_out(env: Environment) -> None:
    """A signature is good for one laptop only."""
    session = env.session
    assert session
    order = Order("o1", "lock", "2026-11-23T09:00:00.000Z")
    for_another = Order("o1", "lock", order.issued_at, sign_bytes(factories.KEY, order.words(TEAM, "laptop-2")))
    with pytest.raises(CentralNonsense), transaction(session.store.sync_db):
        remote_commands.carry_out(session.store.sync_db, TEAM, "laptop-1", (for_another,))


def test_an_old_release_played_again_does_not_open_a_locked_laptop(env: Environment) -> None:
    """Each order is carried out once, whoever sends it again."""
    env.access.send_command(TEAM, "laptop-1", "release")
    found = env.storage.read({TEAM}, lambda tables: tables.pending_commands(TEAM, "laptop-1"))
    env.sync()
    env.access.send_command(TEAM, "laptop-1", "lock")
    with pytest.raises(LaptopLocked):
        env.sync()
    session = env.session
    assert session
    old = Order(*found[0])
    again = Order(*found[0], sign_bytes(factories.KEY, old.words(TEAM, "laptop-1")))
    with transaction(session.store.sync_db):
        assert not remote_commands.carry_out(session.store.sync_db, TEAM, "laptop-1", (again,))
    assert device_lock.lock_reason(session, session.store.db)


def test_a_laptop_whose_access_was_ended_locks_and_gets_nothing(env: Environment) -> None:
    """Revoking keeps what was sent aside, gives nothing, and locks the laptop."""
    env.write()
    env.access.revoke(TEAM, "laptop-1")
    with pytest.raises(LaptopLocked):
        env.sync()
    assert env.outcomes() == ["refused"]


def test_a_laptop_without_central_for_too_long_locks(env: Environment) -> None:
    """When the lease is over the laptop does not open until it has been in touch."""
    env.passed = timedelta(days=16)
    with pytest.raises(LaptopLocked, match="has not synced for too long"), nowhere():
        env.unlock()


def test_setting_the_clock_back_gives_no_more_time(env: Environment) -> None:
    """What is known of the time does not go back with the laptop's clock."""
    session = env.session
    assert session
    left = device_lock.days_left(session)
    env.ahead = timedelta(days=-300)
    assert device_lock.days_left(session) == left


def test_a_wrong_clock_is_noticed_and_the_lease_goes_by_centrals(env: Environment) -> None:
    """A clock that is a year ahead is corrected for: the laptop neither locks nor gains time."""
    env.ahead = timedelta(days=365)
    session = env.unlock()  # by its own clock the lease is over, so it asks central first
    assert device_lock.clock_ahead(session.store.db) == pytest.approx(365 * 86_400, abs=60)
    assert device_lock.days_left(session) in {13, 14}


def test_names_and_teams_come_with_an_exchange(env: Environment) -> None:
    """Colleagues are named, and the other teams are known for handing over."""
    env.access.add_team("south", "South team")
    factories.invite(env.storage, TEAM, ("laptop-2", factories.nurse("laptop-2")))
    env.sync()
    session = env.session
    assert session
    assert roster.names(session) == {
        "nurse-laptop-1": "Nurse laptop-1 (you)",
        "nurse-laptop-2": "Nurse laptop-2",
    }
    assert roster.teams(session) == [("south", "South team")]


def test_a_person_handed_over_leaves_with_the_next_exchange(env: Environment) -> None:
    """After the exchange the person and what was written are the other team's."""
    env.access.add_team("south", "South team")
    env.write()
    session = env.session
    assert session
    (person,) = caseload.lines(session, 0, 10)
    roster.transfer(session, person.person_id, "south")
    assert roster.pending_transfer(session, person.person_id) == "south"
    env.sync()
    assert caseload.count(session) == 0
    moved = env.storage.read({"south"}, lambda tables: tables.rows_after("south", 0, 10))
    assert {row.kind for row in moved} == {"person", "handover"}


def test_a_person_who_came_is_not_said_to_be_leaving(env: Environment) -> None:
    """The handover that brought somebody comes with them, and announces nothing to the team that has them now."""
    env.write()
    session = env.session
    assert session
    (person,) = caseload.lines(session, 0, 10)
    roster.transfer(session, person.person_id, TEAM)
    assert not roster.pending_transfer(session, person.person_id)


def test_a_laptop_joins_again_with_a_new_code(env: Environment) -> None:
    """A laptop whose key central does not take any more joins with a new code, and sends what waited."""
    session = env.session
    assert session
    env.write()
    code = env.access.create_enrolment_code(env.address, TEAM, "nurse-laptop-1", "laptop-1")
    enrolment.join_again(session, code)
    env.sync()
    assert env.outcomes() == ["applied"]
    assert not change_log.count_pending(session.store.db, TEAM)


@pytest.mark.parametrize(("staff", "device"), [("nurse-laptop-2", ""), ("nurse-laptop-1", "")])
def test_a_code_for_somebody_else_or_another_laptop_is_not_taken(env: Environment, staff: str, device: str) -> None:
    """Only a code for this nurse and this laptop is taken; what was there stays."""
    factories.invite(env.storage, TEAM, ("laptop-2", factories.nurse("laptop-2")))
    session = env.session
    assert session
    with pytest.raises(RuleBroken, match="joining code is for"):
        enrolment.join_again(session, env.access.create_enrolment_code(env.address, TEAM, staff, device))
    env.sync()


def test_a_laptop_without_a_key_is_told_to_join(env: Environment) -> None:
    """A laptop that was set up before there were keys is told what to do."""
    session = env.session
    assert session
    with transaction(session.store.db):
        session.store.db.execute("DELETE FROM meta WHERE key = 'device_key'")
    with pytest.raises(CentralRefused, match="has to join your team again"):
        env.sync()


def test_how_exchanges_went_is_kept(env: Environment) -> None:
    """The last exchange is listed with what was sent and how many bytes that took."""
    env.write()
    env.sync()
    assert env.session
    last = sync_service.history(env.session, 5)[0]
    assert (last.sent, last.received, last.problem) == (1, 1, "")
    assert min(last.bytes_up, last.bytes_down) > 100
