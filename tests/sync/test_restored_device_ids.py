"""The device ids of a laptop that was restored: access ends under each, and it shows the newest."""

from pathlib import Path

import pytest

from phb_tui.errors import CentralRefused, LaptopLocked, SyncProblem
from phb_tui.services.sync import enrolment, sync_service, usb_exchange
from phb_tui.store import key_values
from tests.services.environment import TEAM, Environment
from tests.sync.disk_copies import Copies
from tests.sync.test_restored_device import at_central, here, http_bundles, join_anew, write


def two_active_names(env: Environment, copies: Copies) -> str:
    """A laptop put back twice to one copy, and a copy "second" of it under the name in between; its name now."""
    copies.take("first")
    write(env, "After")
    env.sync()
    copies.put_back("first")
    env.sync()
    copies.take("second")
    copies.put_back("first")
    write(env, "New")
    env.sync()
    assert states(env) == ["active", "active", "replaced"]
    assert env.session
    return key_values.get(env.session.store.db, "device_id")


def states(env: Environment) -> list[str]:
    return sorted(one.state for one in env.storage.read({TEAM}, lambda repository: repository.devices(TEAM)))


@pytest.mark.parametrize("what", ["end", "lock", "wipe", "join again"])
def test_access_ends_under_every_device_id_of_the_laptop(env: Environment, copies: Copies, what: str) -> None:
    """Whatever a team lead does about one device id of a laptop, a copy of its disk under another gets nothing."""
    name = two_active_names(env, copies)
    session = env.session
    assert session
    if what == "end":
        env.access.revoke(TEAM, name)
    elif what == "join again":
        join_anew(session, env.access.create_enrolment_code(env.address, TEAM, "nurse-laptop-1", name))
        env.sync()
    else:
        env.access.send_command(TEAM, name, what)
    copies.put_back("second")
    with pytest.raises((SyncProblem, LaptopLocked)):
        env.sync()
    assert here(env) == ["After"]
    assert states(env).count("active") == (what == "join again")


def test_a_released_laptop_is_released_under_every_device_id(env: Environment, copies: Copies) -> None:
    """What was locked together is released together, and a device id that was ended stays so."""
    name = two_active_names(env, copies)
    env.access.send_command(TEAM, name, "lock")
    env.access.send_command(TEAM, name, "release")
    assert states(env) == ["active", "active", "replaced"]
    env.access.revoke(TEAM, name)
    env.access.send_command(TEAM, name, "release")
    assert states(env) == ["active", "replaced", "revoked"]


def test_a_restored_laptop_shows_its_new_device_id_to_join_again(env: Environment, copies: Copies) -> None:
    """In the session in which it got a new id, it shows that to the team lead and takes a code for it."""
    copies.take()
    write(env, "After")
    env.sync()
    session = copies.put_back()
    env.sync()
    name = enrolment.device_number(session)
    assert name != "laptop-1"
    enrolment.join_again(session, env.access.create_enrolment_code(env.address, TEAM, "nurse-laptop-1", name))
    write(env, "Later")
    env.sync()
    assert at_central(env) == ["After", "Later"]


def test_a_restored_laptop_is_told_to_use_a_network_and_not_a_stick(
    env: Environment, copies: Copies, tmp_path: Path
) -> None:
    """A laptop that was restored and sends by stick is told to press F5 with a network, and then goes on."""
    folder = tmp_path / "stick"
    folder.mkdir()
    copies.take()
    write(env, "After")
    env.sync()
    session = copies.put_back()
    write(env, "New")
    file = usb_exchange.write(session, str(folder))
    file.with_suffix(".phb-answer").write_bytes(http_bundles(env)(file.read_bytes()))
    with pytest.raises(CentralRefused, match="Press F5 once with a network"):
        usb_exchange.read(session, str(folder))
    assert sync_service.status(session).waiting == 1
    env.sync()
    assert at_central(env) == ["After", "New"]
