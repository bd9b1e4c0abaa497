"""Networks that fail with real bytes on their way: every exchange ends or goes on where it was; nothing is lost."""

import random
import time
from collections.abc import Callable

import pytest

from phb_tui.errors import SyncProblem
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import key_values
from phb_tui.sync import http_client
from tests import factories
from tests.central.client_requests import PUBLIC, asking, changes, request
from tests.services.environment import Environment
from tests.sync.faulty_network import Fault, Proxy, at_random, between

SEEDS = 6
PATIENCE = 0.4
"""Seconds without a byte after which an exchange ends here; 30 in the product."""


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_client, "CONNECT_SECONDS", PATIENCE)
    monkeypatch.setattr(http_client, "ANSWER_SECONDS", PATIENCE)


def by(env: Environment, proxy: Proxy) -> Session:
    """The laptop, with the bad network between it and central."""
    assert env.session
    key_values.put(env.session.store.db, {"central": proxy.address})
    return env.session


def write(session: Session, *numbers: int) -> set[str]:
    """People with long notes, so that an exchange is many bytes."""
    names = {f"P{random.Random(number).random()}" for number in numbers}
    for name in names:
        editing.save(session, caseload.add(session), {"given_name": name, "address": name * 200})
    return names


def until_sent(session: Session, most: int) -> int:
    """Try again until everything is sent and got; how often that took."""
    for turn in range(1, most + 1):
        try:
            sync_service.sync_now(session, lambda _: None)
        except SyncProblem:
            continue
        return turn
    raise AssertionError(f"not sent after {most} exchanges")


def at_central(env: Environment) -> list[str]:
    """The given names of everybody at central."""
    rows = env.storage.read({"north"}, lambda repository: repository.rows_of_kind("north", "person"))
    return sorted(row.values.split('"given_name":"')[1].split('"')[0] for row in rows)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_whatever_the_network_does_everything_arrives_once(env: Environment, seed: int) -> None:
    """Through random faults, exchange after exchange, central ends with every record once, and so does the laptop."""
    chance = random.Random(seed)
    factories.admit(env.storage, "north", "d0", factories.nurse("d0"), PUBLIC)
    with asking(env.address, "d0") as line:
        line.sync(request("d0", changes("d0", 1, 40, value="from a colleague " * 20)))
    with between(env.address, lambda: at_random(chance)) as proxy:
        session = by(env, proxy)
        names = write(session, *range(12))
        until_sent(session, 60)
        names |= write(session, 12, 13, 14)
        until_sent(session, 60)
        assert at_central(env) == sorted(names)
        assert caseload.count(session) == len(names)
        kept = session.store.db.execute("SELECT count(*) FROM record WHERE kind = 'answer'").fetchone()[0]
        assert kept == 40


FAULTS: dict[str, Callable[[], Fault]] = {
    "accepts and then stalls": lambda: Fault(stall=0),
    "stalls in the middle of the answer": lambda: Fault(stall=200),
    "cuts the request off": lambda: Fault(cut_up=500),
    "cuts the answer off": lambda: Fault(cut_down=300),
}


@pytest.mark.parametrize("name", FAULTS)
def test_an_exchange_always_ends(env: Environment, name: str) -> None:
    """A network that is there and useless ends the exchange in time, with a sentence, and everything still waits."""
    with between(env.address, FAULTS[name]) as proxy:
        session = by(env, proxy)
        write(session, 1, 2)
        start = time.monotonic()
        with pytest.raises(SyncProblem) as caught:
            sync_service.sync_now(session, lambda _: None)
        assert time.monotonic() - start < PATIENCE * 5
        assert caught.value.sentence
        assert sync_service.status(session).waiting == 2


def test_a_trickle_does_not_keep_an_exchange_for_ever(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that comes byte by byte is given up once all of it should have been here."""
    monkeypatch.setattr(http_client, "WHOLE_SECONDS", PATIENCE)
    factories.admit(env.storage, "north", "d0", factories.nurse("d0"), PUBLIC)
    with monkeypatch.context() as patiently:
        patiently.setattr(http_client, "ANSWER_SECONDS", 30.0)
        with asking(env.address, "d0") as line:
            line.sync(request("d0", changes("d0", 1, 3_000)))
    with between(env.address, lambda: Fault(delay=PATIENCE / 2)) as proxy:
        session = by(env, proxy)
        start = time.monotonic()
        with pytest.raises(SyncProblem):
            sync_service.sync_now(session, lambda _: None)
        assert time.monotonic() - start < PATIENCE * 10
