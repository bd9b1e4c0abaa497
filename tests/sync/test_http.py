"""Central over HTTP, with the real server and with every kind of wrong one."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import pytest

from phb_tui.central.cli import running
from phb_tui.central.http import token_hash
from phb_tui.central.service import CentralService
from phb_tui.central.storage import Storage
from phb_tui.domain.changes import Change, Seen, Value
from phb_tui.errors import CentralNonsense, CentralRefused, CentralUnreachable, SettingsProblem, SyncProblem
from phb_tui.sync.http import HttpCentral
from phb_tui.sync.protocol import Central, SyncRequest


@pytest.fixture
def storage() -> Iterator[Storage]:
    """Central's tables with one team and two laptops."""
    found = Storage.on_sqlite(None)
    found.add_team("t", "Team")
    found.add_team("other", "Other team")
    for device in ("d1", "d2"):
        found.add_device("t", device, f"Laptop {device}", token_hash(device))
    yield found
    found.close()


@contextmanager
def in_process(storage: Storage, device: str) -> Iterator[Central]:
    assert device
    yield CentralService(storage, lambda: "2026-11-23T09:00:00Z")


@contextmanager
def over_http(storage: Storage, device: str) -> Iterator[Central]:
    with running(storage) as address, HttpCentral(address, device) as central:
        yield central


BOTH = pytest.mark.parametrize("way", [in_process, over_http])


def change(op_no: int, value: Value, prev: str = "", *, device: str = "d1", before: Value = None) -> Change:
    made = Change("t", device, "answer", "r", "p", {"words": value}, {"words": before}, Seen(), "nurse", "now")
    return made.numbered(op_no, prev)


def ask(
    *changes: Change, device: str = "d1", cursor: Seen | None = None, chain: str = "", most: int = 500
) -> SyncRequest:
    return SyncRequest("t", device, cursor or Seen(), chain, changes, most)


@BOTH
def test_the_same_request_twice_is_taken_once(way: type, storage: Storage) -> None:
    """A repeat changes nothing and gets the same answer."""
    with way(storage, "d1") as central:
        first, again = central.sync(ask(change(1, "a"))), central.sync(ask(change(1, "a")))
    assert first == again
    assert first.total == 1


@BOTH
def test_a_gap_says_where_to_start_again(way: type, storage: Storage) -> None:
    """Changes after a missing one are not taken; the answer says what is there."""
    first = change(1, "a")
    with way(storage, "d1") as central:
        central.sync(ask(first))
        assert central.sync(ask(change(3, "c", "whatever"))).ack == 1


@BOTH
def test_pages_go_on_where_they_stopped(way: type, storage: Storage) -> None:
    """Small pages bring every record once, and the last one says so."""
    one = change(1, "a")
    two = Change("t", "d1", "answer", "r2", "p", {"words": "b"}, {}, Seen(), "nurse", "now").numbered(2, one.hash)
    with way(storage, "d1") as central:
        reply = central.sync(ask(one, two, most=1))
        rest = central.sync(ask(cursor=reply.cursor, chain=reply.chain, most=1))
    assert [r.record_id for r in (*reply.records, *rest.records)] == ["r", "r2"]
    assert (reply.more, rest.more) == (True, False)


@BOTH
def test_a_laptop_put_back_to_an_older_state_is_told_so(way: type, storage: Storage) -> None:
    """Other changes under the same numbers are refused, and nothing is taken."""
    with way(storage, "d1") as central:
        central.sync(ask(change(1, "a")))
        with pytest.raises(CentralRefused, match="older state"):
            central.sync(ask(change(1, "b")))


def test_the_same_field_from_two_laptops_keeps_both(storage: Storage) -> None:
    """The later value stands beside the earlier one."""
    with running(storage) as address, HttpCentral(address, "d1") as one, HttpCentral(address, "d2") as two:
        one.sync(ask(change(1, "a")))
        reply = two.sync(ask(change(1, "b", device="d2"), device="d2"))
    (held,) = reply.records[0].fields.values()
    assert (held.value, [side.value for side in held.sides]) == ("a", ["b"])


@pytest.mark.parametrize("token", ["wrong", "d2"])
def test_only_its_own_token_lets_a_laptop_in(token: str, storage: Storage) -> None:
    """A wrong token or another laptop's is refused with a sentence."""
    with running(storage) as address, HttpCentral(address, token) as central, pytest.raises(CentralRefused):
        central.sync(ask())


def test_a_team_cannot_ask_for_another(storage: Storage) -> None:
    """A laptop gets nothing of a team it is not in."""
    request = SyncRequest("other", "d1", Seen(), "", ())
    with (
        running(storage) as address,
        HttpCentral(address, "d1") as central,
        pytest.raises(CentralRefused, match="team"),
    ):
        central.sync(request)


@pytest.mark.parametrize("body", [b"", b"{", b"x" * 100, b'{"team_id":"t"}'])
def test_bad_bodies_get_a_sentence_and_never_a_5xx(body: bytes, storage: Storage) -> None:
    """Nonsense is the sender's mistake, said as problem+json."""
    with running(storage) as address:
        headers = {"Authorization": "Bearer d1"}
        answer = httpx2.post(f"{address}/v1/sync", content=body, headers=headers, trust_env=False)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["detail"]


def test_the_page_escapes_what_people_wrote(storage: Storage) -> None:
    """Words that look like a page's code are shown as words."""
    with running(storage) as address:
        with HttpCentral(address, "d1") as central:
            central.sync(ask(change(1, "<script>alert(1)</script>")))
        answer = httpx2.get(address, trust_env=False)
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@contextmanager
def wrong_server(answer: bytes) -> Iterator[str]:
    """Something at central's address that is not central."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    thread.join(5)
    listener.close()


def answer(status: str, kind: str, body: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n".encode() + body


@pytest.mark.parametrize(
    ("bytes_sent", "kind"),
    [
        (b"", CentralUnreachable),
        (b"SSH-2.0-nonsense\r\n", CentralUnreachable),
        (answer("200 OK", "application/json", b'{"ack": 1}'), CentralNonsense),
        (answer("200 OK", "application/json", b'{"ack"', 1000), CentralUnreachable),
        (answer("200 OK", "text/html", b"<html>log in</html>"), CentralNonsense),
        (answer("302 Found", "text/html", b""), CentralNonsense),
        (answer("500 Oops", "text/html", b"traceback"), CentralNonsense),
        (answer("418 No", "text/html", b"secret words"), CentralRefused),
    ],
)
def test_whatever_answers_there_is_one_sentence(bytes_sent: bytes, kind: type[SyncProblem]) -> None:
    """A broken line, a hotel's log-in page, a redirect, an error: each is a clear sentence that repeats nothing."""
    with wrong_server(bytes_sent) as address, HttpCentral(address, "d1") as central, pytest.raises(kind) as caught:
        central.sync(ask())
    assert "secret" not in caught.value.sentence
    assert "lost" in caught.value.sentence or "saved on this laptop" in caught.value.sentence


def test_nothing_there_is_no_connection() -> None:
    """A central that is down is no error: it will be sent later."""
    with HttpCentral("http://127.0.0.1:9", "d1") as central, pytest.raises(CentralUnreachable, match="sent later"):
        central.sync(ask())


@pytest.mark.parametrize("address", ["http://central.example", "ftp://127.0.0.1", "central", ""])
def test_an_address_that_would_leak_is_refused(address: str) -> None:
    """A person's words go over a network only encrypted."""
    with pytest.raises(SettingsProblem):
        HttpCentral(address, "token")
