"""A laptop's signature: what it covers, and for how long it is good."""

import pytest

from phb_tui.errors import CentralRefused
from phb_tui.sync import signing, wire
from phb_tui.sync.signing import WINDOW, ClockIsWrong, Message, Signer

PRIVATE, PUBLIC = signing.new_key()
NOW = 1_800_000_000
URL = "https://central.example/v1/sync"


def signed(body: bytes = b"body") -> Message:
    """A request that was signed now."""
    message = Message("POST", URL, {"Content-Type": wire.TYPE})
    Signer("t", "d1", PRIVATE).sign(message, body, NOW)
    return message


def verify(message: Message, now: int = NOW, body: bytes = b"body") -> signing.Signed:
    return signing.verify(message, body, lambda _team, _device: PUBLIC, now)


def test_a_request_is_good_for_five_minutes_on_both_sides() -> None:
    """A request that is older or newer than that by central's clock is refused, and the clock is named."""
    for apart in (-WINDOW, 0, WINDOW):
        assert verify(signed(), NOW + apart).created == NOW
    for apart in (-WINDOW - 1, WINDOW + 1):
        with pytest.raises(ClockIsWrong) as caught:
            verify(signed(), NOW + apart)
        assert caught.value.ahead == -apart


@pytest.mark.parametrize(
    ("method", "url", "content_type"),
    [
        ("PUT", URL, wire.TYPE),
        ("POST", "https://other.example/v1/sync", wire.TYPE),
        ("POST", "https://central.example/v1/enrol", wire.TYPE),
        ("POST", f"{URL}?more=1", wire.TYPE),
        ("POST", URL, "text/plain"),
    ],
)
def test_every_part_of_a_request_is_signed(method: str, url: str, content_type: str) -> None:
    """A signature is good for one method, address and sort of body, and for no other."""
    headers = {**signed().headers, "Content-Type": content_type}
    assert verify(Message("POST", URL, {**headers, "Content-Type": wire.TYPE})).device_id == "d1"
    with pytest.raises(CentralRefused):
        verify(Message(method, url, headers))


def test_the_body_is_signed() -> None:
    """A signature is good for one body."""
    with pytest.raises(CentralRefused):
        verify(signed(), body=b"other")
