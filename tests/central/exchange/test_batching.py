"""The number of batches in which a request is written changes nothing in what central has afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phb_tui.central.exchange import ingest
from phb_tui.central.server.factory import build_central
from phb_tui.central.storage.repository import Storage
from phb_tui.domain.records import checksum
from phb_tui.domain.records.changes import Change, SyncPosition
from phb_tui.sync.protocol import SyncReply, SyncRequest
from tests import factories, postgres
from tests.central.client_requests import PUBLIC, TEAM, request

Edit = tuple[int, str, str]
"""Which record, which field, and what it holds from then on."""
EDITS = st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ab"), st.sampled_from(["", "x", "y"])), max_size=14)


def made(edits: Sequence[Edit], first: int, prev: str) -> list[Change]:
    """The edits as a laptop's changes."""
    found: list[Change] = []
    held: dict[tuple[int, str], str] = {}
    for op_no, (record, field, value) in enumerate(edits, start=first):
        before = {field: held.get((record, field))}
        held[record, field] = value
        one = Change(
            TEAM,
            "d0",
            "answer",
            f"r{record}",
            "p",
            {field: value},
            before,
            SyncPosition(),
            factories.nurse("d0").id,
            "now",
        ).numbered(op_no, prev)
        prev = one.hash
        found.append(one)
    return found


def played(storage: Storage, requests: Sequence[Sequence[Edit]], pieces: int) -> list[SyncReply]:
    """Central's answers to a laptop that has whatever is there before each of its requests."""
    factories.admit(storage, TEAM, "d0", factories.nurse("d0"), PUBLIC)
    service = build_central(storage, factories.KEY).sync
    asked, replies = SyncRequest(TEAM, "d0", SyncPosition(), "", 1, ()), []
    first, prev = 1, ""
    for edits in requests:
        changes = made(edits, first, prev)
        asked = replace(asked, first=first, changes=tuple(change.text.encode() for change in changes))
        with mock.patch.multiple(ingest, FLUSH_BATCHES=pieces, MIN_BATCH=1):
            replies.append(service.sync(asked))
        first, prev = first + len(changes), changes[-1].hash if changes else prev
        asked = replace(asked, cursor=replies[-1].cursor, chain=replies[-1].chain)
    return replies


@settings(max_examples=60, deadline=None)
@given(st.lists(EDITS, max_size=3), st.integers(2, 5))
def test_many_batches_leave_what_one_batch_leaves(requests: list[list[Edit]], pieces: int) -> None:
    """The records, the log, the checksums and the replies are the same, whichever batches were written first."""
    left = []
    for number in (1, pieces):
        storage = Storage.on_sqlite(None)
        replies = played(storage, requests, number)
        log = storage.read({TEAM}, lambda repository: repository.latest_changes(TEAM, 100))
        team = storage.read({TEAM}, lambda repository: repository.team(TEAM))
        rows = storage.read({TEAM}, lambda repository: repository.rows_after(TEAM, 0, 100))
        plain_log = [(line.seq, line.op_no, line.outcome, line.body) for line in log]
        left.append(([(r.rows, r.cursor, r.chain, r.checksum) for r in replies], plain_log, team, rows))
        assert team is not None
        assert team.checksum == checksum.updated(
            checksum.NOTHING, (), (checksum.record_hash(r.record_id, r.seq) for r in rows)
        )
        storage.close()
    assert left[0] == left[1]


@pytest.mark.parametrize("engine", postgres.ENGINES)
def test_a_laptop_that_has_everything_is_told_what_the_tables_have(engine: str) -> None:
    """The answer that is made from what was just written is the one that the tables would give."""
    requests: list[list[Edit]] = [
        [(0, "a", "x"), (1, "a", "x")],
        [(1, "b", "y"), (0, "a", ""), (2, "a", "x"), (1, "b", "x")],
    ]
    with postgres.storage_on(engine) as storage:
        first, second = played(storage, requests, 3)
        rows = storage.read({TEAM}, lambda repository: repository.rows_after(TEAM, first.cursor.seq, 100))
        assert list(second.rows) == rows
        assert [row.record_id for row in rows] == ["r0", "r2", "r1"]


def test_a_small_page_of_what_was_just_written_goes_on_where_it_ended() -> None:
    """A laptop that takes little at once gets the rest with its next request."""
    storage = Storage.on_sqlite(None)
    (reply,) = played(storage, [[(record, "a", "x" * 400) for record in range(4)]], 2)
    service = build_central(storage, factories.KEY).sync
    changes = made(
        [(record, "b", "y" * 400) for record in range(4)],
        5,
        made([(r, "a", "x" * 400) for r in range(4)], 1, "")[-1].hash,
    )
    asked = replace(request("d0", changes), cursor=reply.cursor, chain=reply.chain, page=1)
    found: list[str] = []
    while True:
        reply = service.sync(asked)
        found += [row.record_id for row in reply.rows]
        if not reply.more:
            break
        asked = replace(asked, first=9, changes=(), cursor=reply.cursor, chain=reply.chain)
    assert found == ["r0", "r1", "r2", "r3"]
    storage.close()
