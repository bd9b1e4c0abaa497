"""Nonces of requests, by which a replay is noticed: how long one is kept, and how long one may be."""

import sys
from collections.abc import Iterator

import pytest

from phb_tui.central.exchange.sync_service import Replayed, RequestProof
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.nonce_purge import MAX_PER_PURGE, PURGE_INTERVAL_SECONDS, RETENTION_SECONDS
from phb_tui.central.storage.repository import Storage
from phb_tui.errors import CentralRefused
from phb_tui.sync.signing import LONGEST_NONCE, WINDOW, Message, Signer, verify
from tests import factories, postgres
from tests.central.client_requests import KEY, PUBLIC, TEAM, asking, changes, request

START = 1_800_000_000


@pytest.fixture(params=postgres.ENGINES)
def storage(request: pytest.FixtureRequest) -> Iterator[Storage]:
    with postgres.storage_on(request.param) as made:
        for team, device in ((TEAM, "d0"), (TEAM, "d1"), ("south", "other")):
            factories.admit(made, team, device, factories.nurse(device), PUBLIC)
        yield made


def kept(storage: Storage, team: str = TEAM) -> int:
    """How many nonces of a team there are."""
    count = "SELECT count(*) FROM nonce WHERE team_id = ?"
    return int(storage.read({team}, lambda repository: repository._tx.fetch(count, team))[0][0])


def test_old_nonces_are_purged(storage: Storage) -> None:
    """A laptop that asks every five minutes for a day leaves no more nonces than those of the last minutes."""
    service = build_central(storage, factories.KEY).sync
    other = storage.write({"south"}, lambda repository: repository.remember_nonce("south", "other", "n", START))
    most = 0
    for number in range(24 * 12):
        at = START + number * 300
        service.sync(request("d0"), RequestProof(f"a{number}", at, PUBLIC))
        if number < 3:
            service.sync(request("d1", changes("d1", 1, 1)), RequestProof(f"b{number}", at, PUBLIC))
        most = max(most, kept(storage))
    assert kept(storage) == RETENTION_SECONDS // 300 + 1
    assert most <= RETENTION_SECONDS // 300 + 4
    assert (other, kept(storage, "south")) == (True, 1)  # nobody of theirs has asked


def test_a_large_table_of_old_nonces_is_purged_in_steps(storage: Storage) -> None:
    """What years have left is deleted in steps, with the next requests, and no request waits for all of it."""

    def grow(repository: object) -> None:
        for number in range(2 * MAX_PER_PURGE + 10):
            repository.remember_nonce(TEAM, "d0", f"old{number}", START - 10**6 + number)  # type: ignore[attr-defined]

    storage.write({TEAM}, grow)
    service = build_central(storage, factories.KEY).sync
    left = []
    for number in range(4):
        service.sync(request("d0"), RequestProof(f"a{number}", START + number, PUBLIC))
        left.append(kept(storage))
    assert left == [MAX_PER_PURGE + 11, 12, 3, 4]


def test_a_nonce_is_kept_for_as_long_as_its_signature_is_valid(storage: Storage) -> None:
    """The same request is refused until its own time is over, however often old nonces are purged meanwhile."""
    service = build_central(storage, factories.KEY).sync
    service.sync(request("d0"), RequestProof("once", START, PUBLIC))
    for late in (0, PURGE_INTERVAL_SECONDS, 2 * WINDOW - 1, 2 * WINDOW):
        service.sync(request("d0"), RequestProof(f"between{late}", START + late, PUBLIC))
        with pytest.raises(Replayed):
            service.sync(request("d0"), RequestProof("once", START + late, PUBLIC))


def test_requests_over_http_purge_old_nonces(storage: Storage) -> None:
    """Over HTTP too: with a laptop's next exchange the nonces of yesterday are gone."""
    storage.write({TEAM}, lambda repository: repository.remember_nonce(TEAM, "d0", "yesterday", 1))
    with serve_in_thread(build_central(storage, factories.KEY)) as address, asking(address, "d0") as line:
        line.sync(request("d0"))
    assert kept(storage) == 1


@pytest.mark.parametrize(("length", "good"), [(1, True), (LONGEST_NONCE, True), (LONGEST_NONCE + 1, False), (0, False)])
def test_a_nonce_of_a_wrong_length_is_refused(length: int, good: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
    """A signature without a nonce, or with one that would fill central's table with long words, is not taken."""
    signing = sys.modules["phb_tui.sync.signing"]
    monkeypatch.setattr(signing.secrets, "token_urlsafe", lambda _bytes: "n" * length)
    message = Message("POST", "http://central.example/v1/sync", {"Content-Type": "application/json"})
    Signer(TEAM, "d0", KEY).sign(message, b"{}", START)
    if good:
        assert verify(message, b"{}", lambda _team, _device: PUBLIC, START).nonce == "n" * length
        return
    with pytest.raises(CentralRefused, match="not signed"):
        verify(message, b"{}", lambda _team, _device: PUBLIC, START)
