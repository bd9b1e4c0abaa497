"""The device ids of a laptop that was restored: access ends under each, and it shows the newest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.errors import CentralRefused, LaptopLocked, SyncProblem
from phb_tui.services.sync import enrolment, sync_service, usb_exchange
from phb_tui.store import key_values
from tests.services.environment import TEAM, World, world_in
from tests.sync.test_restored_device import Copies, at_central, here, http_bundles, join_anew, write


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_in(tmp_path) as made:
        yield made


@pytest.fixture
def copies(world: World) -> Copies:
    return Copies(world)


def two_active_names(world: World, copies: Copies) -> str:
    """A laptop put back twice to one copy, and a copy "second" of it under the name in between; its name now."""
    copies.take("first")
    write(world, "After")
    world.sync()
    copies.put_back("first")
    world.sync()
    copies.take("second")
    copies.put_back("first")
    write(world, "New")
    world.sync()
    assert states(world) == ["active", "active", "replaced"]
    assert world.session
    return key_values.get(world.session.store.db, "device_id")


def states(world: World) -> list[str]:
    return sorted(one.state for one in world.storage.read({TEAM}, lambda repository: repository.devices(TEAM)))


@pytest.mark.parametrize("what", ["end", "lock", "wipe", "join again"])
def test_access_ends_under_every_device_id_of_the_laptop(world: World, copies: Copies, what: str) -> None:
    """Whatever a team lead does about one device id of a laptop, a copy of its disk under another gets nothing."""
    name = two_active_names(world, copies)
    session = world.session
    assert session
    if what == "end":
        world.access.revoke(TEAM, name)
    elif what == "join again":
        join_anew(session, world.access.create_enrolment_code(world.address, TEAM, "nurse-laptop-1", name))
        world.sync()
    else:
        world.access.send_command(TEAM, name, what)
    copies.put_back("second")
    with pytest.raises((SyncProblem, LaptopLocked)):
        world.sync()
    assert here(world) == ["After"]
    assert states(world).count("active") == (what == "join again")


def test_a_released_laptop_is_released_under_every_device_id(world: World, copies: Copies) -> None:
    """What was locked together is released together, and a device id that was ended stays so."""
    name = two_active_names(world, copies)
    world.access.send_command(TEAM, name, "lock")
    world.access.send_command(TEAM, name, "release")
    assert states(world) == ["active", "active", "replaced"]
    world.access.revoke(TEAM, name)
    world.access.send_command(TEAM, name, "release")
    assert states(world) == ["active", "replaced", "revoked"]


def test_a_restored_laptop_shows_its_new_device_id_to_join_again(world: World, copies: Copies) -> None:
    """In the session in which it got a new id, it shows that to the team lead and takes a code for it."""
    copies.take()
    write(world, "After")
    world.sync()
    session = copies.put_back()
    world.sync()
    name = enrolment.device_number(session)
    assert name != "laptop-1"
    enrolment.join_again(session, world.access.create_enrolment_code(world.address, TEAM, "nurse-laptop-1", name))
    write(world, "Later")
    world.sync()
    assert at_central(world) == ["After", "Later"]


def test_a_restored_laptop_is_told_to_use_a_network_and_not_a_stick(
    world: World, copies: Copies, tmp_path: Path
) -> None:
    """A laptop that was restored and sends by stick is told to press F5 with a network, and then goes on."""
    folder = tmp_path / "stick"
    folder.mkdir()
    copies.take()
    write(world, "After")
    world.sync()
    session = copies.put_back()
    write(world, "New")
    file = usb_exchange.write(session, str(folder))
    file.with_suffix(".phb-answer").write_bytes(http_bundles(world)(file.read_bytes()))
    with pytest.raises(CentralRefused, match="Press F5 once with a network"):
        usb_exchange.read(session, str(folder))
    assert sync_service.status(session).waiting == 1
    world.sync()
    assert at_central(world) == ["After", "New"]
