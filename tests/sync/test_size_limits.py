"""Nothing that is too long keeps what was written after it on the laptop."""

import random
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phb_tui.central.exchange import ingest, validation
from phb_tui.domain.records import limits
from phb_tui.domain.records.changes import REMOVED, YES, Change, SyncPosition, Value
from phb_tui.domain.records.merge import Outcome, merge_record
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.sync import sync_service
from phb_tui.store import change_log, records
from tests.services.environment import TEAM, Environment, environment_in

PASTED = b64encode(random.Random(1).randbytes(3_750_000)).decode()
"""A photo pasted as text: it does not get shorter when it is squeezed."""


@pytest.fixture
def env(tmp_path: Path) -> Iterator[Environment]:
    with environment_in(tmp_path) as made:
        yield made


def write(env: Environment, **fields: Value) -> str:
    assert env.session
    person = caseload.add(env.session)
    editing.save(env.session, person, fields)
    return person.record_id


@pytest.mark.parametrize("central", ["of today", "of before"])
def test_what_was_written_after_something_too_long_is_sent(
    env: Environment, central: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that is too long goes aside with a sentence, stays on the laptop, and the rest goes on in order."""
    if central == "of before":
        monkeypatch.setattr(validation, "stands_for", lambda _text: "")
    write(env, given_name="Before")
    long = write(env, given_name="Long", address=PASTED)
    write(env, given_name="After")
    env.sync()
    session = env.session
    assert session
    db = session.store.db
    assert sync_service.status(session).waiting == 0
    ((kept, why),) = change_log.quarantined(db, TEAM)
    assert dict(kept.fields) == {"address": PASTED}
    assert why
    found = records.get(db, TEAM, long)
    assert found
    assert dict(found.fields) == {"given_name": "Long"}
    assert sorted(env.outcomes()) == ["applied", "applied", "applied", "refused"]
    device = env.storage.read({TEAM}, lambda repository: repository.device(TEAM, "laptop-1"))
    last = change_log.pending(db, TEAM, 1) or (None,)
    assert device
    assert last == (None,)
    assert device.last_op == change_log.last(db, TEAM)
    write(env, given_name="Later")
    env.sync()
    assert len(env.outcomes()) == 5


def test_the_chain_stays_whole_across_what_is_too_long(env: Environment) -> None:
    """What comes after a change that was not sent must name it all the same."""
    write(env, address=PASTED)
    env.sync()
    session = env.session
    assert session
    device = env.storage.read({TEAM}, lambda repository: repository.device(TEAM, "laptop-1"))
    ((kept, _why),) = change_log.quarantined(session.store.db, TEAM)
    assert device
    assert device.head == kept.hash


def test_a_record_does_not_grow_beyond_what_an_answer_can_bring(
    env: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would make a record too long to be sent to a laptop is kept aside, and every laptop goes on."""
    monkeypatch.setattr(ingest, "LONGEST_RECORD", 3_000)
    session = env.session
    assert session
    record = caseload.add(session)
    for number in range(5):
        editing.save(session, record, {f"address_{number}": "x" * 1_000})
        env.sync()
    outcomes = env.outcomes()
    assert outcomes.count("applied") < 5
    assert outcomes.count("refused") + outcomes.count("applied") == 5


def test_central_takes_no_change_that_is_too_long(env: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop of before that sends it all the same is told, and central keeps it aside word for word."""
    monkeypatch.setattr(validation, "LONGEST_CHANGE", 1_000)
    write(env, address="x" * 2_000)
    env.sync()
    assert env.outcomes() == ["refused"]


VALUES = st.text("ab ä\n", max_size=40) | st.integers(0, 9) | st.none()
FIELDS = st.dictionaries(st.sampled_from(["a", "b", "c", REMOVED]), VALUES, min_size=1)


@given(FIELDS, FIELDS, st.integers(300, 600))
def test_pieces_say_the_same_and_replace_nothing_unseen(
    fields: dict[str, Value], before: dict[str, Value], room: int
) -> None:
    """A change in pieces writes the same values; what it leaves out of `before` can only make a conflict of it."""
    change = Change(TEAM, "d", "answer", "r", "p", fields, before, SyncPosition(), "ann", "2026-11-25T09:00:00Z", (), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "LONGEST_CHANGE", room + limits._ROOM)
        pieces = limits.pieces(change)
        written = {name: value for piece in pieces for name, value in piece.fields.items()}
        assert written == fields
        assert len(pieces) in {1, len(fields)}
        for piece in pieces:
            assert piece.before.items() <= before.items()
            assert len(piece.text.encode()) <= room or not piece.before
    held, _ = merge_record(
        None, Change(TEAM, "e", "answer", "r", "p", {"a": "held", "b": 1}, {}, SyncPosition(), "b", ""), 1
    )
    for piece in pieces:
        merged, outcome = merge_record(held, piece, 2)
        whole, _ = merge_record(held, change, 2)
        replaced = {n for n, f in merged.fields.items() if n in held.fields and f.value != held.fields[n].value}
        assert replaced <= {n for n, f in whole.fields.items() if n in held.fields and f.value != held.fields[n].value}
        assert outcome in Outcome


def test_taking_off_what_is_long_leaves_out_the_longest_of_what_was_shown() -> None:
    """A record that is taken off its list with more on the screen than can be sent is asked about, and not refused."""
    long = {"a": "x" * 2_000_000, "b": "y" * 2_000_000, "c": "short"}
    change = Change(TEAM, "d", "answer", "r", "p", {REMOVED: YES}, long, SyncPosition(), "ann", "2026-11-25T09:00:00Z")
    (piece,) = limits.pieces(change)
    assert set(piece.before) == {"c", "a"} or set(piece.before) == {"c", "b"}
    assert limits.to_send(piece) == piece.text.encode()


def test_the_placeholder_of_a_long_change_is_short_and_has_its_hash() -> None:
    """Whatever the length of a change, what travels fits a request, and only that is taken for a placeholder."""
    change = Change(TEAM, "d", "answer", "r", "p", {"a": PASTED}, {}, SyncPosition(), "ann", "2026-11-25T09:00:00Z")
    sent = limits.to_send(change)
    assert len(sent) < 200
    assert limits.stands_for(sent) == change.hash
    for other in (b"{}", b"[]", b"?", b'{"too_long":1}', b"[" * 100_000, change.text.encode()):
        assert not limits.stands_for(other)
