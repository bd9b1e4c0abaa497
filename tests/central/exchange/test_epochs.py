"""A laptop that speaks of a life of central's that cannot have been."""

from collections.abc import Iterator

import pytest

from phb_tui.central.exchange.sync_service import MOST_EPOCHS
from phb_tui.central.server.factory import build_central
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import CentralRefused
from phb_tui.sync.protocol import SyncRequest
from tests import factories
from tests.central.client_requests import PUBLIC, TEAM, changes


@pytest.fixture
def storage() -> Iterator[Storage]:
    made = Storage.on_sqlite(None)
    factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    yield made
    made.close()


def epoch(storage: Storage) -> int:
    (team,) = storage.teams()
    return team.epoch


@pytest.mark.parametrize("more", [1, 10**6, 2**53 - 2 - MOST_EPOCHS])
@pytest.mark.parametrize("count", [0, 1])
def test_no_laptop_drives_the_count_of_lives_to_its_end(count: int, more: int, storage: Storage) -> None:
    """Beyond as many lives as central can have lost nothing is taken or begun, and nobody else is disturbed."""
    service = build_central(storage, factories.KEY).sync
    texts = tuple(change.text.encode() for change in changes("d0", 1, count))
    with pytest.raises(CentralRefused, match="cannot be central's"):
        service.sync(SyncRequest(TEAM, "d0", SyncPosition(1 + MOST_EPOCHS + more, 7), "x", 1, texts))
    assert epoch(storage) == 1
    assert storage.read({TEAM}, lambda repository: repository.latest_changes(TEAM, 9)) == []


def test_as_many_lives_as_can_have_been_lost_are_believed(storage: Storage) -> None:
    """A laptop from a later life than the one that was put back begins another, beyond both."""
    service = build_central(storage, factories.KEY).sync
    reply = service.sync(SyncRequest(TEAM, "d0", SyncPosition(1 + MOST_EPOCHS, 7), "x", 1, ()))
    assert (epoch(storage), reply.cursor.epoch) == (2 + MOST_EPOCHS, 2 + MOST_EPOCHS)


def test_a_hash_that_central_does_not_have_begins_a_new_epoch(storage: Storage) -> None:
    """A laptop that saw another history at its place shows that central was put back; it gets everything again."""
    service = build_central(storage, factories.KEY).sync
    texts = tuple(change.text.encode() for change in changes("d0", 1, 2))
    seen = service.sync(SyncRequest(TEAM, "d0", SyncPosition(), "", 1, texts))
    same = service.sync(SyncRequest(TEAM, "d0", seen.cursor, seen.chain, 1, ()))
    assert (epoch(storage), same.rows) == (1, ())
    again = service.sync(SyncRequest(TEAM, "d0", seen.cursor, "f" * 64, 1, ()))
    assert (epoch(storage), again.cursor.epoch, len(again.rows)) == (2, 2, 2)
