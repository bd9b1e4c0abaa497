"""Requests that are damaged in every way, signed and unsigned: each gets an answer that is a sentence, and no other."""

import copy
import io
import json
import random
import sys
import time
from typing import Any

import httpx2
import pytest

from phb_tui.central.http.json_log import JsonLog
from phb_tui.central.http.limits import Limits
from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.changes import hash_of
from phb_tui.sync import wire
from phb_tui.sync.protocol import ENROL, PATH
from phb_tui.sync.signing import Message, Signer
from tests import counts, factories, postgres
from tests.central.client_requests import KEY, PUBLIC, TEAM, asking, changes, request

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

ENDLESS = Limits(burst=10**9, unknown_burst=10**9)
ODD: list[Any] = [
    None, True, False, 0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**63), 10**30, 1.5, 1e308, "", "x", "\x00", "\ud800",
    "a" * 5_000, "\u202e", "north", "d0", "../..", "'; DROP TABLE team; --", [], {}, [[]] * 50, {"a": {"b": {}}},
    ["x"] * 300,
]  # fmt: skip
"""Values that are somewhere else right, or nowhere."""
RAW = (b"", b"{", b"[" * 100_000, b"\xff\xfe", b"null", b"NaN", b'{"a":' * 2_000, b"\x28\xb5\x2f\xfd", b" " * 1_000)


def places(found: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a body."""
    inside = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    return [way, *(place for name, value in inside for place in places(value, (*way, name)))]


def damaged(chance: random.Random, whole: Any) -> Any:
    """A body with a few values that are odd, missing or twice."""
    body = copy.deepcopy(whole)
    for _ in range(chance.randint(1, 3)):
        *way, last = chance.choice([place for place in places(body) if place])
        inside = body
        for name in way:
            inside = inside[name]
        what = chance.random()
        if what < 0.2:
            del inside[last]
        elif what < 0.3 and isinstance(inside, dict):
            inside[chance.choice(["extra", "__class__", "\x00", "team_id"])] = copy.deepcopy(chance.choice(ODD))
        else:
            inside[last] = copy.deepcopy(chance.choice(ODD))
        if not any(places(body)[1:]):
            break
    return body


def bits(chance: random.Random, words: bytes) -> bytes:
    """Bytes of which some are others, or missing."""
    found = bytearray(words)
    for _ in range(chance.randint(1, 8)):
        if found:
            found[chance.randrange(len(found))] = chance.randrange(256)
    return bytes(found[: chance.randint(0, len(found))] if chance.random() < 0.3 else found)


def body_of(chance: random.Random, whole: Any, *, squeezed: bool) -> bytes:
    """A damaged body as it travels."""
    kind = chance.random()
    if kind < 0.1:
        return chance.choice(RAW)
    words = json.dumps(damaged(chance, whole) if kind < 0.4 else whole).encode()
    if kind >= 0.9:
        words = bits(chance, words)
    packed = zstd.compress(words) if squeezed else words
    return bits(chance, packed) if chance.random() < 0.1 else packed


class Offering:
    """A laptop that goes on where central says it is, so that what is damaged reaches every part of central.

    Attributes:
        ack: The last of its changes that central has.
        head: The hash that the next change names; whatever, once central has one that cannot be read.
    """

    def __init__(self) -> None:
        self.ack, self.head = 0, ""
        self._sent: dict[int, bytes] = {}

    def request(self, chance: random.Random) -> Any:
        """A good next request, as JSON; or one whose changes are each damaged in the chain that they are in."""
        made = request("d0", changes("d0", self.ack + 1, 3, self.head))
        whole = json.loads(wire.unpack(wire.encode_request(made), 10**6))
        whole["done"] = ["an-order"]
        if chance.random() < 0.5:
            head = self.head
            for one in whole["changes"]:
                name, odd = chance.choice([*one, "fields", "before", "record_id"]), chance.choice(ODD)
                one[name] = {"words": odd} if name in {"fields", "before"} and chance.random() < 0.8 else odd
                one["prev"] = head
                head = hash_of(written(one))
        self._sent = {self.ack + 1 + place: written(one) for place, one in enumerate(whole["changes"])}
        return whole

    def answered(self, ack: int) -> None:
        """Go on from there."""
        if ack != self.ack:
            self.head = hash_of(self._sent[ack]) if ack in self._sent else self.head
            self.ack = ack


def written(one: Any) -> bytes:
    """A change's text, as it stands in a body of `body_of`."""
    return json.dumps(one).encode()


@pytest.mark.parametrize("engine", counts.some(["sqlite", "postgres 18"]))
def test_no_damaged_request_gets_an_unexpected_answer(engine: str) -> None:
    """Every answer is below 500 or says that central is busy; every refusal is a problem with a sentence."""
    chance, kept, wrong = random.Random(7), io.StringIO(), []
    offering = Offering()
    with postgres.storage_on(engine) as storage:
        factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
        central = build_central(storage, factories.KEY, log=JsonLog(kept), limits=ENDLESS)
        with serve_in_thread(central) as address, httpx2.Client() as client:
            for number in range(counts.BODIES // 2):
                path = ENROL if number % 10 == 0 else PATH
                whole = invited(storage, f"n{number}") if path == ENROL else offering.request(chance)
                body = body_of(chance, whole, squeezed=path == PATH)
                message = Message("POST", address + path, {"Content-Type": chance.choice([wire.TYPE, "text/plain"])})
                if chance.random() < 0.95:
                    signer = Signer(TEAM, f"n{number}" if path == ENROL else "d0", KEY)
                    signer.sign(message, body, int(time.time()))
                answer = client.post(message.url, content=body, headers=message.headers)
                if answer.status_code == 200 and path == PATH:
                    offering.answered(answer.json()["ack"])
                if answer.status_code != 200 and not _is_a_sentence(answer):
                    wrong.append((answer.status_code, body[:200]))
            assert _still_works(storage, address)
            assert offering.ack > counts.BODIES // 20, "few of the bodies were taken, so little of central was tried"
    assert wrong == []
    assert "mistake" not in kept.getvalue()


def invited(storage: Storage, device: str) -> Any:
    """A good request to join, as JSON."""
    factories.invite(storage, TEAM, (device, factories.nurse(device)))
    return {"team_id": TEAM, "device_id": device, "public_key": PUBLIC, "code": device, "label": "Sam's laptop"}


def _is_a_sentence(answer: httpx2.Response) -> bool:
    if not 400 <= answer.status_code < 500 or answer.headers["content-type"] != "application/problem+json":
        return False
    return str(answer.json()["detail"]).endswith(".")


def _still_works(storage: Storage, address: str) -> bool:
    """Whether another laptop of the team exchanges as if nothing had been."""
    factories.admit(storage, TEAM, "d1", factories.nurse("d1"), PUBLIC)
    with asking(address, "d1") as line:
        return line.sync(request("d1", changes("d1", 1, 2))).ack == 2
