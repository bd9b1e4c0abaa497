"""Laptops and centrals of before go on working with those of now."""

import base64
import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from phb_tui.central.server.factory import build_central
from phb_tui.central.server.runner import serve_in_thread
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import change_log, key_values, migrations
from phb_tui.sync import wire
from phb_tui.sync.protocol import SyncReply, SyncRequest
from tests.sync import earlier_programs
from tests.sync.earlier_programs import EXCHANGE, TEAM, now

ROUND_TRIPS: list[dict[str, Any]] = EXCHANGE["round_trips"]
ANN, GWEN, ABOUT = (EXCHANGE["people"][name] for name in ("ann", "gwen", "about"))


@pytest.fixture
def central(tmp_path: Path) -> Iterator[str]:
    """The present central over a copy of the database of before; its address."""
    storage = earlier_programs.central(tmp_path)
    with serve_in_thread(build_central(storage, EXCHANGE["central_key"], now)) as address:
        yield address
    storage.close()


class RecordedCentral:
    """The central of before: it expects the requests it was sent then and answers as it did."""

    def __init__(self) -> None:
        self.left = iter(ROUND_TRIPS)

    def sync(self, request: SyncRequest) -> SyncReply:
        """Answer as recorded, once the request is the recorded one byte for byte."""
        recorded = next(self.left)
        asked, body = wire.encode_request(request), base64.b64decode(recorded["body"])
        assert unpacked(asked) == unpacked(body)
        return wire.decode_reply(base64.b64decode(recorded["answer"]))


def unpacked(words: bytes) -> bytes:
    """What was sent before it was squeezed."""
    return wire.unpack(words, wire.LONGEST_UNPACKED)


def assert_everything_is_there(session: Session) -> None:
    """What was kept, waited and was being typed before, a conflict, and what only central had."""
    db = session.store.db
    ann, gwen = (caseload.person(session, person_id) for person_id in (ANN, GWEN))
    assert (ann.fields["nhs_number"], ann.fields["preferred_name"]) == ("999 000 0018", "Annie")
    assert {ann.fields["given_name"], *(side.value for side in ann.open["given_name"])} == {"Anne", "Anna"}
    assert gwen.fields == {"given_name": "Gwenllian", "family_name": "Sample", "preferred_name": "Gwennie"}
    assert editing.read(session, "about_me", ABOUT, ANN).fields["important"] == "My garden"
    assert {line.name for line in caseload.lines(session, 0, 9)} == {
        "Anne Example",
        "Gwenllian Sample",
        "Zofia Example",
    }
    assert caseload.find(session, "sian sample") == [GWEN]
    assert change_log.count_pending(db, TEAM) == 0
    assert not change_log.quarantined(db, TEAM)
    assert change_log.verify(db, TEAM) == 0
    assert len(list(db["_sqlite_migrations"].rows)) == len(migrations.upgrades())


def test_a_store_and_a_central_of_before_exchange(tmp_path: Path, central: str) -> None:
    """A store and a central's database that earlier programs made open and exchange, and nothing is lost."""
    with earlier_programs.laptop(tmp_path) as session:
        key_values.put(session.store.db, {"central": central})
        assert change_log.count_pending(session.store.db, TEAM) == 2
        sync_service.sync_now(session, lambda _: None)
        assert_everything_is_there(session)


def test_a_laptop_of_now_asks_a_central_of_before_in_the_same_bytes(tmp_path: Path) -> None:
    """The present laptop sends the bytes that an earlier central read, and reads the bytes that it answered."""
    recorded = RecordedCentral()
    with earlier_programs.laptop(tmp_path) as session:
        sync_service.sync_now(session, lambda _: None, recorded)
        assert next(recorded.left, None) is None
        assert_everything_is_there(session)


def test_a_central_of_now_answers_a_laptop_of_before_in_the_same_bytes(
    central: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The present central takes the signed bytes an earlier laptop sent, and answers with the bytes it heard then."""
    for recorded in ROUND_TRIPS:
        signed = re.search(r"created=(\d+)", recorded["headers"]["Signature-Input"])
        assert signed
        monkeypatch.setattr(time, "time", partial(float, signed[1]))  # a signature is good for some minutes
        headers = {**recorded["headers"], "Host": recorded["host"], "Accept-Encoding": "identity"}
        body = base64.b64decode(recorded["body"])
        answer = httpx2.post(central + recorded["path"], content=body, headers=headers, trust_env=False)
        assert (answer.status_code, answer.headers["content-type"].split(";")[0]) == (200, recorded["kind"])
        assert answer.headers["content-encoding"] == "zstd"
        assert answer.content == unpacked(base64.b64decode(recorded["answer"]))
