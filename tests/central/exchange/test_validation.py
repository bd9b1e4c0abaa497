"""A laptop's changes are one chain: central takes none that does not follow the one before."""

from datetime import UTC, datetime

import pytest

from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import PutBack
from tests import factories
from tests.central.client_requests import PUBLIC, TEAM, changes, request


def test_a_change_that_follows_another_one_is_refused() -> None:
    """A change that names another hash than the one before it has is of another history, and nothing is taken."""
    storage = Storage.on_sqlite(None)
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    central = SyncService(storage, lambda: datetime.now(UTC), factories.KEY, factories.LAW)
    (first,) = changes("d0", 1, 1)
    assert central.sync(request("d0", [first])).ack == 1
    with pytest.raises(PutBack):
        central.sync(request("d0", changes("d0", 2, 1, prev="f" * 64)))
    reply = central.sync(request("d0", changes("d0", 2, 1, prev=first.hash)))
    assert (reply.ack, reply.total) == (2, 2)
    storage.close()
