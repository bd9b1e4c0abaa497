"""The protocol as bytes."""

import json
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.records.changes import (
    Change,
    ConflictingValue,
    FieldState,
    RecordState,
    SyncPosition,
    Value,
    hash_of,
)
from phb_tui.domain.records.merge import merge_record
from phb_tui.domain.records.record_codec import row_of, rows_begun, state_of
from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import Lease, Order, RejectedChange, SyncReply, SyncRequest

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES: st.SearchStrategy[Value] = st.one_of(st.none(), st.integers(-(2**53), 2**53), WORDS)
SEEN = st.builds(SyncPosition, st.integers(0, 9), st.integers(0, 10**9))
CHANGES = st.builds(
    Change, WORDS, WORDS, WORDS, WORDS, st.one_of(st.none(), WORDS), st.dictionaries(WORDS, VALUES, max_size=3),
    st.dictionaries(WORDS, VALUES, max_size=3), SEEN, WORDS, WORDS, st.lists(WORDS, max_size=2).map(tuple),
    st.integers(1, 10**6), WORDS, st.sampled_from([1, 2]),
)  # fmt: skip
SIDES = st.builds(ConflictingValue, VALUES, WORDS, st.integers(1, 9), WORDS, WORDS, st.integers(1, 9))
FIELDS = st.builds(
    FieldState,
    VALUES,
    st.integers(1, 9),
    WORDS,
    st.integers(1, 9),
    WORDS,
    WORDS,
    st.lists(SIDES, max_size=2).map(tuple),
)
RECORDS = st.builds(
    RecordState, WORDS, WORDS, WORDS, st.one_of(st.none(), WORDS), st.integers(1, 9), st.dictionaries(WORDS, FIELDS)
)


def squeezed(words: object) -> bytes:
    return wire.pack(words if isinstance(words, bytes) else json.dumps(words).encode(), 1)


def opened(body: bytes) -> dict[str, object]:
    found: dict[str, object] = json.loads(wire.unpack(body, 10**6))
    return found


@given(WORDS, WORDS, SEEN, WORDS, st.lists(CHANGES, max_size=3))
def test_a_request_arrives_as_it_was_sent(
    team: str, device: str, cursor: SyncPosition, chain: str, changes: list[Change]
) -> None:
    """A request read back is the request, and every change in it has the hash of its own text."""
    texts = tuple(change.text.encode() for change in changes)
    request = SyncRequest(team, device, cursor, chain, 1, texts)
    read = wire.decode_request(wire.encode_request(request))
    assert read == request
    assert [wire.decode_change(text) for text in read.changes] == changes
    assert [hash_of(text) for text in read.changes] == [change.hash for change in changes]


@given(st.integers(0, 9), SEEN, st.lists(RECORDS, max_size=2), st.booleans())
def test_a_reply_arrives_as_it_was_sent(ack: int, cursor: SyncPosition, records: list[RecordState], more: bool) -> None:  # noqa: FBT001
    """A reply read back is the reply."""
    rows = tuple(row_of(record) for record in records)
    orders = (Order("1", "lock", "now", "ab"),)
    reply = SyncReply(
        ack, (RejectedChange(1, "why"),), cursor, "chain", rows, more, 7, "0" * 16, orders, Lease("then", "cd")
    )
    assert wire.decode_reply(wire.encode_reply(reply)) == reply


@given(RECORDS)
def test_a_record_keeps_everything_in_its_two_texts(record: RecordState) -> None:
    """A record taken apart into values and origins and put together again is the record."""
    assert state_of(record.team_id, row_of(record)) == record


@given(st.lists(st.tuples(CHANGES.filter(lambda change: bool(change.fields)), st.integers(1, 9)), max_size=4))
def test_a_record_that_begins_is_what_the_merge_makes_of_its_change(begun: list[tuple[Change, int]]) -> None:
    """The fast way to encode new records gives the same rows as the merge."""
    assert rows_begun(begun) == [row_of(merge_record(None, change, seq)[0]) for change, seq in begun]


def test_a_long_name_of_a_field_is_not_remembered() -> None:
    """Whoever sends fields with names of megabytes does not fill central's memory, and gets the same rows."""
    name = "n" * 20_000
    change = Change("t", "d", "alert", "r", None, {name: "w", "a": 1}, {}, SyncPosition(), "nurse", "2026-11-26")
    before = sys.getrefcount(name)
    assert rows_begun([(change, 1)]) == [row_of(merge_record(None, change, 1)[0])]
    assert sys.getrefcount(name) == before


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"nonsense", b'{"team_id": 1}', b"\xff", b"[" * 100_000])
@pytest.mark.parametrize("packed", [True, False])
def test_what_is_not_a_request_is_refused_without_repeating_it(body: bytes, packed: bool) -> None:  # noqa: FBT001
    """Nonsense gets a sentence that holds nothing of it."""
    with pytest.raises(CentralRefused) as caught:
        wire.decode_request(squeezed(body) if packed else body)
    assert "nonsense" not in caught.value.sentence


@pytest.mark.parametrize("body", [b"", b"{}", b"nonsense", b"[1]", b'[1,"secret"]', b"[" * 100_000])
def test_what_is_not_a_change_is_refused_without_repeating_it(body: bytes) -> None:
    """A change that cannot be read gets a sentence that holds nothing of it."""
    with pytest.raises(CentralRefused) as caught:
        wire.decode_change(body)
    assert "secret" not in caught.value.sentence


def test_a_change_of_a_later_form_is_kept_aside_until_central_is_newer() -> None:
    """What a newer app says is not guessed at."""
    made = Change("t", "d", "k", "r", "p", {"a": "b"}, {}, SyncPosition(), "n", "now")
    words = json.loads(made.text) | {"shape": 3, "later": True}
    with pytest.raises(CentralRefused, match="newer"):
        wire.decode_change(json.dumps(words).encode())


def test_a_decompression_bomb_is_refused() -> None:
    """A small body that would unpack to more than any request is not unpacked."""
    bomb = wire.pack(b" " * (wire.LONGEST_UNPACKED + 1), 3)
    assert len(bomb) < 10_000
    with pytest.raises(CentralRefused):
        wire.decode_request(bomb)


@pytest.mark.parametrize("more", [b"\0", b"x" * 100, wire.pack(b"{}", 1), wire.pack(b"", 1)])
def test_nothing_may_follow_the_compressed_bytes(more: bytes) -> None:
    """Bytes after the end, or a second frame, are no part of a request or a reply, so neither is read."""
    good = wire.encode_request(SyncRequest("t", "d", SyncPosition(), "", 1, ()))
    reply = wire.encode_reply(SyncReply(0, (), SyncPosition(1, 1), "", (), more=False, total=1, checksum=""))
    with pytest.raises(CentralRefused):
        wire.decode_request(good + more)
    with pytest.raises(CentralNonsense):
        wire.decode_reply(reply + more)


def test_compressed_bytes_have_to_be_whole() -> None:
    """A request that is cut off anywhere is not read, also where the words so far would make sense."""
    good = wire.encode_request(SyncRequest("t", "d", SyncPosition(), "", 1, ()))
    squeezing = zstd.ZstdCompressor()
    whole = squeezing.compress(wire.unpack(good, 10**6), mode=zstd.ZstdCompressor.FLUSH_BLOCK)
    for body in (whole, *(good[:end] for end in range(len(good)))):
        with pytest.raises(CentralRefused):
            wire.decode_request(body)
    assert wire.decode_request(whole + squeezing.flush()).team_id == "t"


def test_a_number_as_text_is_refused() -> None:
    """The types are strict: "1" is not 1."""
    body = opened(wire.encode_request(SyncRequest("t", "d", SyncPosition(), "", 1, ())))
    body["cursor"] = {"epoch": 0, "seq": "1"}
    with pytest.raises(CentralRefused, match=r"cursor\.seq"):
        wire.decode_request(squeezed(body))


def test_a_newer_peer_may_say_more() -> None:
    """Members this version does not know are passed over."""
    body = opened(wire.encode_request(SyncRequest("t", "d", SyncPosition(), "", 1, ())))
    assert wire.decode_request(squeezed(body | {"later": {"more": True}})).team_id == "t"


@pytest.mark.parametrize("body", [b"<html>", squeezed({"ack": 1})])
def test_what_is_not_a_reply_is_nonsense(body: bytes) -> None:
    """A page of something else is not taken for central."""
    with pytest.raises(CentralNonsense, match="not the team server"):
        wire.decode_reply(body)


def test_a_reply_with_a_value_that_cannot_be_is_nonsense() -> None:
    """What would be kept as it came is looked at before."""
    state = RecordState("t", "k", "r", "p", 1, {"a": FieldState("b", 1, "d", 1, "n", "now")})
    good = SyncReply(0, (), SyncPosition(1, 1), "", (row_of(state),), more=False, total=1, checksum="")
    body = opened(wire.encode_reply(good))
    body["rows"][0][5] = {"a": ["not", "a", "value"]}  # type: ignore[index]
    with pytest.raises(CentralNonsense):
        wire.decode_reply(squeezed(body))
