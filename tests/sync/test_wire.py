"""The protocol as JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.domain.changes import Change, FieldState, RecordState, Seen, Side, Value
from phb_tui.errors import CentralNonsense, CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import Refusal, SyncReply, SyncRequest

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
VALUES: st.SearchStrategy[Value] = st.one_of(st.none(), st.integers(-(2**53), 2**53), WORDS)
SEEN = st.builds(Seen, st.integers(0, 9), st.integers(0, 10**9))
CHANGES = st.builds(
    Change, WORDS, WORDS, WORDS, WORDS, st.one_of(st.none(), WORDS), st.dictionaries(WORDS, VALUES, max_size=3),
    st.dictionaries(WORDS, VALUES, max_size=3), SEEN, WORDS, WORDS, st.lists(WORDS, max_size=2).map(tuple),
    st.integers(1, 10**6), WORDS,
)  # fmt: skip
SIDES = st.builds(Side, VALUES, WORDS, st.integers(1, 9), WORDS, WORDS, st.integers(1, 9))
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


@given(WORDS, WORDS, SEEN, WORDS, st.lists(CHANGES, max_size=3))
def test_a_request_arrives_as_it_was_sent(
    team: str, device: str, cursor: Seen, chain: str, changes: list[Change]
) -> None:
    """A request read back is the request, and every change in it still has its hash."""
    request = SyncRequest(team, device, cursor, chain, tuple(changes))
    read = wire.decode_request(wire.encode_request(request))
    assert read == request
    assert [change.hash for change in read.changes] == [change.hash for change in changes]


@given(st.integers(0, 9), SEEN, st.lists(RECORDS, max_size=2), st.booleans())
def test_a_reply_arrives_as_it_was_sent(ack: int, cursor: Seen, records: list[RecordState], more: bool) -> None:  # noqa: FBT001
    """A reply read back is the reply."""
    reply = SyncReply(ack, (Refusal(1, "why"),), cursor, "chain", tuple(records), more, 7)
    assert wire.decode_reply(wire.encode_reply(reply)) == reply


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"nonsense", b'{"team_id": 1}', b"\xff", b"[" * 100_000])
def test_what_is_not_a_request_is_refused_without_repeating_it(body: bytes) -> None:
    """Nonsense gets a sentence that holds nothing of it."""
    with pytest.raises(CentralRefused) as caught:
        wire.decode_request(body)
    assert "nonsense" not in caught.value.sentence


def test_a_number_as_text_is_refused() -> None:
    """The types are strict: "1" is not 1."""
    body = json.loads(wire.encode_request(SyncRequest("t", "d", Seen(), "", ())))
    body["cursor"]["seq"] = "1"
    with pytest.raises(CentralRefused, match=r"cursor\.seq"):
        wire.decode_request(json.dumps(body).encode())


def test_a_newer_peer_may_say_more() -> None:
    """Members this version does not know are passed over."""
    body = json.loads(wire.encode_request(SyncRequest("t", "d", Seen(), "", ())))
    body["later"] = {"more": True}
    assert wire.decode_request(json.dumps(body).encode()).team_id == "t"


def test_what_is_not_a_reply_is_nonsense() -> None:
    """A page of something else is not taken for central."""
    with pytest.raises(CentralNonsense, match="not the central service"):
        wire.decode_reply(b"<html>")
