"""What a joining code is good for: for how long, for which laptop, and what it ends."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from phb_tui.central.admin.devices import CODE_DAYS, DeviceRegistry
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralRefused
from phb_tui.services.sync.enrolment import read_code
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.protocol import Enrolment
from phb_tui.sync.signing import Signer, new_key
from tests import factories
from tests.central.client_requests import KEY, PUBLIC, TEAM, changes, request

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
WHO = factories.nurse("d0")


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def storage() -> Iterator[Storage]:
    made = Storage.on_sqlite(None)
    for device in ("d0", "d1"):
        factories.admit(made, TEAM, device, factories.nurse(device), PUBLIC)
    yield made
    made.close()


def code_of(access: DeviceRegistry, device_id: str = "") -> str:
    return read_code(access.create_enrolment_code("http://127.0.0.1:1", TEAM, WHO.id, device_id)).code


@pytest.mark.parametrize(
    ("late", "good"), [(timedelta(seconds=-1), True), (timedelta(0), True), (timedelta(seconds=1), False)]
)
def test_a_code_is_good_for_a_week(late: timedelta, good: bool, storage: Storage) -> None:  # noqa: FBT001
    """Until then a laptop joins with it; a second later it does not, and central knows no laptop more."""
    clock = Clock()
    access = DeviceRegistry(storage, clock, factories.PUBLIC_KEY)
    asked = Enrolment(TEAM, "new", PUBLIC, code_of(access), "a laptop")
    clock.at = NOON + timedelta(days=CODE_DAYS) + late
    if good:
        assert access.enrol(asked).staff_id == WHO.id
    else:
        with pytest.raises(CentralRefused, match="not good any more"):
            access.enrol(asked)
    assert bool(storage.read({TEAM}, lambda repository: repository.device(TEAM, "new"))) == good


def test_a_code_that_was_used_is_answered_again_and_never_used_again(storage: Storage) -> None:
    """The laptop that joined may ask again also after a week, for its answer was lost; no other one may."""
    clock = Clock()
    access = DeviceRegistry(storage, clock, factories.PUBLIC_KEY)
    code = code_of(access)
    access.enrol(Enrolment(TEAM, "new", PUBLIC, code, "a laptop"))
    clock.at = NOON + timedelta(days=CODE_DAYS + 1)
    assert access.enrol(Enrolment(TEAM, "new", PUBLIC, code, "a laptop")).staff_id == WHO.id
    for device, key in (("other", PUBLIC), ("new", new_key()[1]), ("d1", PUBLIC)):
        with pytest.raises(CentralRefused, match="not good any more"):
            access.enrol(Enrolment(TEAM, device, key, code, "a laptop"))


@pytest.mark.parametrize(("made_for", "used_by"), [("d0", "new"), ("d0", "d1"), ("", "d1"), ("", "d0")])
def test_a_code_is_good_for_its_own_laptop(made_for: str, used_by: str, storage: Storage) -> None:
    """One to join again is good for that laptop alone, and one for a new laptop takes over none that is there."""
    access = DeviceRegistry(storage, Clock(), factories.PUBLIC_KEY)
    key = new_key()[1]
    with pytest.raises(CentralRefused, match="not good any more"):
        access.enrol(Enrolment(TEAM, used_by, key, code_of(access, made_for), "a laptop"))
    devices = storage.read({TEAM}, lambda repository: repository.devices(TEAM))
    assert {(device.device_id, device.public_key) for device in devices} == {("d0", PUBLIC), ("d1", PUBLIC)}


def test_the_old_key_is_good_no_more_once_a_laptop_joined_again(storage: Storage) -> None:
    """Whoever kept the old key gets and sends nothing, also where central remembers it, and is told the way back."""
    central = build_central(storage, factories.KEY)
    new, public = new_key()
    with (
        serve_in_thread(central) as address,
        HttpCentral(address, Signer(TEAM, "d0", KEY)) as old_line,
        HttpCentral(address, Signer(TEAM, "d0", new)) as line,
    ):
        old_line.sync(request("d0"))  # from now on central remembers the key
        line.enrol(Enrolment(TEAM, "d0", public, code_of(central.devices, "d0"), "a laptop"))
        for said in (request("d0"), request("d0", changes("d0", 1, 1))):
            with pytest.raises(CentralRefused, match="Ask your team lead for a joining code"):
                old_line.sync(said)
        assert line.sync(request("d0", changes("d0", 1, 1))).ack == 1
        for said in (request("d0"), request("d0", changes("d0", 1, 1))):
            with pytest.raises(CentralRefused, match="Ask your team lead for a joining code"):
                old_line.sync(said)
