"""A laptop that was put back goes on only with the key that central has when it answers."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from phb_tui.central.exchange.restored_device import DeviceSuccession
from phb_tui.central.exchange.sync_service import KeyRotated, RequestProof, SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.sync.restore_messages import Succession
from tests import factories
from tests.central.client_requests import PUBLIC, TEAM, request


def now() -> datetime:
    return datetime.now(UTC)


Ask = Callable[[Storage, RequestProof], object]
ASKED: dict[str, Ask] = {
    "an exchange": lambda storage, proof: SyncService(storage, now, factories.KEY, factories.LAW).sync(
        request("d0"), proof
    ),
    "another name": lambda storage, proof: DeviceSuccession(storage, now).succeed(
        Succession(TEAM, "d0", "d9", ()), proof
    ),
}


@pytest.mark.parametrize("what", ASKED)
def test_a_key_that_changed_while_a_request_waited_is_refused(what: str) -> None:
    """A signature that was good when the request came is not when the laptop has joined anew before its turn."""
    storage = Storage.on_sqlite(None)
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    with pytest.raises(KeyRotated):
        ASKED[what](storage, RequestProof("nonce-1", int(now().timestamp()), "ab" * 32))
    assert len(storage.read({TEAM}, lambda tables: tables.devices(TEAM))) == 1
    ASKED[what](storage, RequestProof("nonce-2", int(now().timestamp()), PUBLIC))
    storage.close()
