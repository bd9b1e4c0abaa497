"""A letter that one of the databases cannot keep stops no laptop, wherever it stands."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from msgspec.structs import replace as change_with

from phb_tui.central.server.factory import build_central
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records.record_codec import Row
from phb_tui.sync.protocol import Enrolment
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM, changes, request

ODD = ["a\0b", "a\x1eb", "a\x1db", "\x1d", "a\u202eb", "\N{PILE OF POO}", "x" * 5_000]


@pytest.fixture(scope="module", params=postgres.ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def storage(engine: str) -> Iterator[Storage]:
    with postgres.storage_on(engine) as made:
        factories.admit(made, TEAM, "d0", factories.nurse("d0"), PUBLIC)
        yield made


@pytest.mark.parametrize("member", ["record_id", "kind", "person_id"])
def test_a_record_of_an_odd_name_is_kept_aside_and_the_next_change_is_taken(member: str, storage: Storage) -> None:
    """A change that names its record, its kind or its person oddly is kept aside; what follows it is taken."""
    service = build_central(storage, factories.KEY).sync
    head, first = "", 1
    for odd in ["", *ODD]:
        wrong = change_with(changes("d0", first, 1, head)[0], **{member: odd})
        (right,) = changes("d0", first + 1, 1, wrong.hash)
        reply = service.sync(request("d0", [wrong, right]))
        assert [refusal.op_no for refusal in reply.refused] == [first]
        assert reply.ack == first + 1
        head, first = right.hash, first + 2


def test_odd_words_of_a_person_are_kept_to_the_letter(storage: Storage) -> None:
    """Whatever letters somebody writes, alone or among others, come back as they were."""
    service = build_central(storage, factories.KEY).sync
    made = [
        change_with(one, fields={"words": odd})
        for one, odd in zip(changes("d0", 1, len(ODD)), ODD, strict=True)
    ]  # fmt: skip
    chained, head = [], ""
    for one in made:
        chained.append(change_with(one, prev=head))
        head = chained[-1].hash
    reply = service.sync(request("d0", chained[:1]))
    assert len(reply.rows) == 1
    reply = service.sync(request("d0", chained))
    assert [json.loads(row.values) for row in reply.rows] == [{"words": odd} for odd in ODD]


def test_rows_with_any_letters_are_written_as_they_are(storage: Storage) -> None:
    """One row or many, with nothing, an empty text or marks of our own in them, come back the same."""
    texts = ["", "\x1e", "\x1d", "a\x1eb", "a\x1db", "\n", "words"]
    for count, whom in ((1, None), (1, ""), (len(texts), None), (len(texts), "p")):
        rows = [Row(f"r{count}{whom}{n}", "answer", whom if n else None, n, texts[n], "{}") for n in range(count)]
        storage.write({TEAM}, lambda repository, rows=rows: repository.add_rows(TEAM, rows))  # type: ignore[misc]
        ids = [row.record_id for row in rows]
        found = storage.read({TEAM}, lambda repository, ids=ids: repository.rows(TEAM, ids))  # type: ignore[misc]
        assert sorted(found) == sorted(rows)


def test_an_order_of_an_odd_name_is_passed_over(storage: Storage) -> None:
    """A laptop that confirms an order that cannot be is answered as ever."""
    service = build_central(storage, factories.KEY).sync
    assert service.sync(replace(request("d0"), completed_commands=tuple(ODD))).ack == 0


def test_a_laptop_of_an_odd_name_joins(storage: Storage) -> None:
    """A laptop's own name is shown without letters that cannot be shown."""
    access = build_central(storage, factories.KEY).devices
    for number, odd in enumerate(ODD):
        factories.invite(storage, TEAM, (f"n{number}", factories.nurse(f"n{number}")))
        access.enrol(Enrolment(TEAM, f"n{number}", PUBLIC, f"n{number}", odd))
    found = storage.read({TEAM}, lambda repository: repository.devices(TEAM))
    assert len(found) == len(ODD) + 1
    assert all(device.label.isprintable() for device in found)
