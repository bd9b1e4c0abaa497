"""An answer that cannot be right changes nothing on a laptop, and a laptop never asks for ever."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phb_tui.domain.records import checksum
from phb_tui.domain.records.changes import SyncPosition
from phb_tui.domain.records.record_codec import Row
from phb_tui.errors import CentralNonsense
from phb_tui.services.person import caseload
from phb_tui.services.records import editing
from phb_tui.services.session import Session
from phb_tui.services.sync import sync_service
from phb_tui.store import sync_state
from phb_tui.sync.protocol import SyncReply, SyncRequest
from tests import factories, stores

PASSPHRASE = "four plain words together"
TEAM = "north"


class Answers:
    """A central with ready answers; the last is given again and again.

    Args:
        replies: What it answers.
    """

    def __init__(self, *replies: SyncReply) -> None:
        self._replies, self.asked = list(replies), 0

    def sync(self, _request: SyncRequest) -> SyncReply:
        """Answer."""
        self.asked += 1
        assert self.asked < 20, "it is asked for ever"
        return self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A laptop that has seen epoch 3 up to 5, with one person that waits to be sent."""
    stores.set_up(tmp_path / "stores", PASSPHRASE, factories.joining("http://127.0.0.1:9", TEAM, "d1"))
    with stores.unlocked(tmp_path / "stores", PASSPHRASE) as found:
        sync_service.sync_now(
            found,
            lambda _: None,
            Answers(reply(ack=0, cursor=SyncPosition(3, 5), checksum=sum_of(row(5)), rows=(row(5),))),
        )
        editing.save(found, caseload.add(found), {"given_name": "Rhys"})
        yield found


def row(seq: int, record_id: str = "") -> Row:
    values = '{"given_name":"Ann"}'
    origins = f'{{"given_name":[{seq},"d9",{seq},"n","now",[]]}}'
    return Row(record_id or f"r{seq}", "person", record_id or f"r{seq}", seq, values, origins, "", 0)


def sum_of(*rows: Row) -> str:
    return checksum.updated(checksum.NOTHING, (), [checksum.record_hash(one.record_id, one.seq) for one in rows])


def reply(**changes: object) -> SyncReply:
    """A good answer to the laptop that has seen 5, but for what is given."""
    good = {
        "ack": 1, "refused": (), "cursor": SyncPosition(3, 6), "chain": "c", "rows": (row(6),), "more": False,
        "total": 6, "checksum": sum_of(row(5), row(6)),
    }  # fmt: skip
    return SyncReply(**{**good, **changes})  # type: ignore[arg-type]


def state(session: Session) -> tuple[object, ...]:
    """Everything about an exchange that an answer could change."""
    db = session.store.db
    records = db.execute("SELECT record_id, seq FROM record ORDER BY record_id").fetchall()
    return records, sync_state.read(db, TEAM).position, sync_state.read(db, TEAM).chain, sync_service.status(session)


def test_a_good_answer_is_taken(session: Session) -> None:
    """The answer that the others differ from by one thing moves the laptop on."""
    done = sync_service.sync_now(session, lambda _: None, Answers(reply()))
    assert (done.sent, done.received, sync_state.read(session.store.db, TEAM).position) == (1, 1, SyncPosition(3, 6))


@pytest.mark.parametrize(
    "wrong",
    [
        reply(cursor=SyncPosition(3, 4), rows=()),
        reply(cursor=SyncPosition(3, 5), rows=(), more=True),
        reply(cursor=SyncPosition(3, 6), rows=(row(7),)),
        reply(cursor=SyncPosition(3, 8), rows=(row(8), row(7))),
        reply(ack=-1),
        reply(cursor=SyncPosition(2, 6)),
        reply(cursor=SyncPosition(2, 99), rows=(), more=True),
    ],
    ids=["backwards", "standing", "beyond", "out of order", "a negative number", "an earlier life", "and more of it"],
)
def test_an_answer_that_cannot_be_right_changes_nothing(wrong: SyncReply, session: Session) -> None:
    """Backwards, standing, beyond its own end, out of order, of an earlier epoch: none of it is taken."""
    before = state(session)
    with pytest.raises(CentralNonsense, match="does not make sense"):
        sync_service.sync_now(session, lambda _: None, Answers(wrong))
    assert state(session)[:3] == before[:3]
    assert sync_service.status(session).waiting == 1


def test_what_central_does_not_take_is_said_and_not_sent_for_ever(session: Session) -> None:
    """A central that takes nothing of what was sent and gives no reason is asked once; the words stay to be sent."""
    central = Answers(reply(ack=0))
    with pytest.raises(CentralNonsense, match="did not take what was sent"):
        sync_service.sync_now(session, lambda _: None, central)
    assert (central.asked, sync_service.status(session).waiting) == (1, 1)


def test_a_checksum_that_stays_wrong_is_said_and_changes_nothing(session: Session) -> None:
    """When even everything sent again has another checksum, the laptop says so and stays where it was before."""
    sync_service.sync_now(session, lambda _: None, Answers(reply()))
    before = state(session)
    everything = reply(cursor=SyncPosition(3, 6), rows=(row(5), row(6)), checksum="f" * 16)
    central = Answers(reply(rows=(), checksum="f" * 16), everything)
    with pytest.raises(CentralNonsense, match="does not add up"):
        sync_service.sync_now(session, lambda _: None, central)
    assert central.asked == 2
    assert state(session)[:3] == before[:3]


def test_a_checksum_that_differs_once_is_repaired(session: Session) -> None:
    """A record that the laptop lacks comes with everything sent again, and is counted as repaired."""
    whole = sum_of(row(4, "lacking"), row(5), row(6))
    everything = reply(rows=(row(4, "lacking"), row(5), row(6)), checksum=whole)
    done = sync_service.sync_now(session, lambda _: None, Answers(reply(checksum=whole), everything))
    assert done.repaired == 1
    assert ("lacking", 4) in state(session)[0]  # type: ignore[operator]
