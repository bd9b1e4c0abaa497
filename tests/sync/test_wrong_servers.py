"""What a laptop does when something else answers where central should be."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import (
    CentralBusy,
    CentralNonsense,
    CentralRefused,
    CentralUnreachable,
    SettingsProblem,
    SyncProblem,
)
from phb_tui.sync import signing, wire
from phb_tui.sync.http_client import HttpCentral
from phb_tui.sync.protocol import SyncRequest
from phb_tui.sync.signing import Signer


def asking(address: str) -> HttpCentral:
    return HttpCentral(address, Signer("t", "d1", signing.new_key()[0]))


def ask() -> SyncRequest:
    return SyncRequest("t", "d1", SyncPosition(), "", 1, ())


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


PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("bytes_sent", "kind"),
    [
        (b"", CentralUnreachable),
        (b"SSH-2.0-nonsense\r\n", CentralUnreachable),
        (answer("200 OK", wire.TYPE, b'{"ack": 1}'), CentralNonsense),
        (answer("200 OK", wire.TYPE, b'{"ack"', 1000), CentralUnreachable),
        (answer("200 OK", "text/html", b"<html>log in</html>"), CentralNonsense),
        (answer("302 Found", "text/html", b""), CentralNonsense),
        (answer("500 Oops", "text/html", b"traceback"), CentralNonsense),
        (answer("418 No", "text/html", b"secret words"), CentralRefused),
        (answer("409 No", PROBLEM, b"[" * 5000), CentralRefused),
        (answer("403 No", PROBLEM, b'{"detail": 7, "orders": [{"what": "wipe"}]}'), CentralRefused),
        (answer("503 Busy", PROBLEM, b'{"detail": "busy"}'), CentralBusy),
    ],
)
def test_whatever_answers_there_is_one_sentence(bytes_sent: bytes, kind: type[SyncProblem]) -> None:
    """A broken line, a hotel's log-in page, a redirect, an error: each is a clear sentence that repeats nothing."""
    with wrong_server(bytes_sent) as address, asking(address) as central, pytest.raises(kind) as caught:
        central.sync(ask())
    assert type(caught.value) is kind
    assert "secret" not in caught.value.sentence
    assert "lost" in caught.value.sentence or "saved on this laptop" in caught.value.sentence


def test_nothing_there_is_no_connection() -> None:
    """A central that is down is no error: it will be sent later."""
    with asking("http://127.0.0.1:9") as central, pytest.raises(CentralUnreachable, match="sent later"):
        central.sync(ask())


@pytest.mark.parametrize("address", ["http://central.example", "ftp://127.0.0.1", "central", ""])
def test_an_address_that_would_leak_is_refused(address: str) -> None:
    """A person's words go over a network only encrypted."""
    with pytest.raises(SettingsProblem):
        asking(address)
