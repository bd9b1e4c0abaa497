"""The device ids of a laptop that was restored: access ends under each, and it shows the newest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.errors import CentralRefused, LaptopLocked, SyncProblem
from phb_tui.services.sync import enrolment, sync_service, usb_exchange
from phb_tui.store import key_values
from tests.services.environment import TEAM, Environment, environment_in
from tests.sync.test_restored_device import Copies, at_central, here, http_bundles, join_anew, write


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[Environment]:
    with environment_in(tmp_path) as made:
        yield made


@pytest.fixture
def copies(environment: Environment) -> Copies:
    return Copies(environment)


def two_active_names(environment: Environment, copies: Copies) -> str:
    """A laptop put back twice to one copy, and a copy "second" of it under the name in between; its name now."""
    copies.take("first")
    write(environment, "After")
    environment.sync()
    copies.put_back("first")
    environment.sync()
    copies.take("second")
    copies.put_back("first")
    write(environment, "New")
    environment.sync()
    assert states(environment) == ["active", "active", "replaced"]
    assert environment.session
    return key_values.get(environment.session.store.db, "device_id")


def states(environment: Environment) -> list[str]:
    return sorted(one.state for one in environment.storage.read({TEAM}, lambda repository: repository.devices(TEAM)))


@pytest.mark.parametrize("what", ["end", "lock", "wipe", "join again"])
def test_access_ends_under_every_device_id_of_the_laptop(environment: Environment, copies: Copies, what: str) -> None:
    """Whatever a team lead does about one device id of a laptop, a copy of its disk under another gets nothing."""
    name = two_active_names(environment, copies)
    session = environment.session
    assert session
    if what == "end":
        environment.access.revoke(TEAM, name)
    elif what == "join again":
        join_anew(session, environment.access.create_enrolment_code(environment.address, TEAM, "nurse-laptop-1", name))
        environment.sync()
    else:
        environment.access.send_command(TEAM, name, what)
    copies.put_back("second")
    with pytest.raises((SyncProblem, LaptopLocked)):
        environment.sync()
    assert here(environment) == ["After"]
    assert states(environment).count("active") == (what == "join again")


def test_a_released_laptop_is_released_under_every_device_id(environment: Environment, copies: Copies) -> None:
    """What was locked together is released together, and a device id that was ended stays so."""
    name = two_active_names(environment, copies)
    environment.access.send_command(TEAM, name, "lock")
    environment.access.send_command(TEAM, name, "release")
    assert states(environment) == ["active", "active", "replaced"]
    environment.access.revoke(TEAM, name)
    environment.access.send_command(TEAM, name, "release")
    assert states(environment) == ["active", "replaced", "revoked"]


def test_a_restored_laptop_shows_its_new_device_id_to_join_again(environment: Environment, copies: Copies) -> None:
    """In the session in which it got a new id, it shows that to the team lead and takes a code for it."""
    copies.take()
    write(environment, "After")
    environment.sync()
    session = copies.put_back()
    environment.sync()
    name = enrolment.device_number(session)
    assert name != "laptop-1"
    enrolment.join_again(
        session, environment.access.create_enrolment_code(environment.address, TEAM, "nurse-laptop-1", name)
    )
    write(environment, "Later")
    environment.sync()
    assert at_central(environment) == ["After", "Later"]


def test_a_restored_laptop_is_told_to_use_a_network_and_not_a_stick(
    environment: Environment, copies: Copies, tmp_path: Path
) -> None:
    """A laptop that was restored and sends by stick is told to press F5 with a network, and then goes on."""
    folder = tmp_path / "stick"
    folder.mkdir()
    copies.take()
    write(environment, "After")
    environment.sync()
    session = copies.put_back()
    write(environment, "New")
    file = usb_exchange.write(session, str(folder))
    file.with_suffix(".phb-answer").write_bytes(http_bundles(environment)(file.read_bytes()))
    with pytest.raises(CentralRefused, match="Press F5 once with a network"):
        usb_exchange.read(session, str(folder))
    assert sync_service.status(session).waiting == 1
    environment.sync()
    assert at_central(environment) == ["After", "New"]
