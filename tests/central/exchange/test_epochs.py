"""The epoch in a laptop's request: what central does when it is later than its own."""

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
def test_an_epoch_too_far_ahead_is_refused(count: int, more: int, storage: Storage) -> None:
    """A request whose epoch is over `MOST_EPOCHS` ahead is refused, and neither a change nor an epoch comes of it."""
    service = build_central(storage, factories.KEY).sync
    texts = tuple(change.text.encode() for change in changes("d0", 1, count))
    with pytest.raises(CentralRefused, match="a history that the team server cannot have"):
        service.sync(SyncRequest(TEAM, "d0", SyncPosition(1 + MOST_EPOCHS + more, 7), "x", 1, texts))
    assert epoch(storage) == 1
    assert storage.read({TEAM}, lambda repository: repository.latest_changes(TEAM, 9)) == []


def test_an_epoch_ahead_within_the_limit_starts_a_later_one(storage: Storage) -> None:
    """A laptop with a later epoch than central, which was restored, makes central start one beyond both."""
    service = build_central(storage, factories.KEY).sync
    reply = service.sync(SyncRequest(TEAM, "d0", SyncPosition(1 + MOST_EPOCHS, 7), "x", 1, ()))
    assert (epoch(storage), reply.cursor.epoch) == (2 + MOST_EPOCHS, 2 + MOST_EPOCHS)


def test_a_chain_hash_that_central_does_not_have_starts_a_new_epoch(storage: Storage) -> None:
    """A laptop with another chain hash at its place shows that central was restored; it gets every record again."""
    service = build_central(storage, factories.KEY).sync
    texts = tuple(change.text.encode() for change in changes("d0", 1, 2))
    seen = service.sync(SyncRequest(TEAM, "d0", SyncPosition(), "", 1, texts))
    same = service.sync(SyncRequest(TEAM, "d0", seen.cursor, seen.chain, 1, ()))
    assert (epoch(storage), same.rows) == (1, ())
    again = service.sync(SyncRequest(TEAM, "d0", seen.cursor, "f" * 64, 1, ()))
    assert (epoch(storage), again.cursor.epoch, len(again.rows)) == (2, 2, 2)
