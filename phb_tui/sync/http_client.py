"""HTTP client of the central service, for the laptop."""

from __future__ import annotations

import ipaddress
import json
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2

from phb_tui import errors
from phb_tui.store.device_status import MOST_AHEAD
from phb_tui.sync import restore_messages, wire
from phb_tui.sync.protocol import ENROL, PATH, DeviceBlocked, Enrolment, SyncReply, SyncRequest
from phb_tui.sync.restore_messages import Common, Succession
from phb_tui.sync.signing import Message, Signer

CONNECT_SECONDS, ANSWER_SECONDS, WHOLE_SECONDS = 5.0, 30.0, 120.0
"""Timeouts for the connection, for the next bytes of a response, and for all of it."""
NO_CONNECTION = "No connection to the team server. Everything is saved on this laptop and will be sent later."
NOT_CENTRAL = "What answered is not the team server, or it is not well. Nothing is lost; try again later."
NOT_ACCEPTED = "The team server did not accept this laptop's request. Nothing is lost. Ask your team lead."
LONGEST_SENTENCE = 300


@dataclass(frozen=True, slots=True)
class _Answer:
    """An HTTP response: its status code, its content type and its body."""

    status: int
    kind: str
    body: bytes


class HttpCentral:
    """A connection of one laptop to the central service; implements `protocol.Central`.

    Args:
        address: Such as https://central.example; plain http only on this machine.
        signer: Signs the requests.
        now: Returns the time by this laptop's clock, in seconds since 1970.

    Attributes:
        up, down: How many bytes were sent and received.
        ahead: By how many seconds this laptop's clock is ahead of central's, once central has said so.

    Raises:
        SettingsProblem: The address is not allowed.
    """

    def __init__(self, address: str, signer: Signer, now: Callable[[], float] = time.time) -> None:
        check_address(address)
        self._address, self._signer, self._now = address.rstrip("/"), signer, now
        self.up = self.down = self.ahead = 0
        self._client = httpx2.Client(
            timeout=httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            follow_redirects=False,
            verify=_trusted(address),
            # A central on this machine is never behind the laptop's HTTP proxy.
            trust_env=not is_loopback(address),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def sync(self, request: SyncRequest) -> SyncReply:
        """Send one sync request and return the reply.

        Raises:
            CentralUnreachable, CentralNonsense, CentralBusy, CentralRefused, DeviceBlocked: Each with a sentence.
        """
        headers = {"Content-Type": wire.TYPE, "Content-Encoding": "zstd", "Accept": wire.TYPE}
        return wire.decode_reply(self._ask(PATH, wire.encode_request(request), headers, wire.TYPE))

    def enrol(self, asked: Enrolment) -> None:
        """Enrol with a one-time code; repeating it is harmless.

        Raises:
            CentralUnreachable, CentralNonsense, CentralBusy, CentralRefused: Each with a sentence.
        """
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        self._ask(ENROL, wire.encode(asked), headers, "application/json")

    def succeed(self, asked: Succession) -> Common:
        """Request a new device id after a restored backup; repeating it is harmless.

        Raises:
            PutBack: Central does not know the old device id.
            CentralUnreachable, CentralNonsense, CentralBusy, CentralRefused: Each with a sentence.
        """
        headers = {"Content-Type": restore_messages.TYPE, "Accept": restore_messages.TYPE}
        return restore_messages.decode_common(
            self._ask(restore_messages.PATH, restore_messages.encode(asked), headers, restore_messages.TYPE)
        )

    def _ask(self, path: str, body: bytes, headers: dict[str, str], expected: str) -> bytes:
        """Send a request, once more with a new signature if central asks for it; returns the response's body."""
        for last in (False, True):
            message = Message("POST", self._address + path, dict(headers))
            self._signer.sign(message, body, int(self._now()) - self.ahead)
            answer = self._send(message, body)
            if answer.status == httpx2.codes.OK and answer.kind == expected:
                return answer.body
            said = _problem(answer)
            if not last and isinstance(said.get("ahead"), int) and abs(said["ahead"]) <= MOST_AHEAD:
                # Sign again with central's time; the user is told that the clock is wrong.
                self.ahead += said["ahead"]
            elif last or said.get("again") is not True:
                raise _refusal(answer, said)
        raise errors.CentralNonsense(NOT_CENTRAL)

    def _send(self, message: Message, body: bytes) -> _Answer:
        self.up += len(body)
        try:
            with self._client.stream(
                message.method, message.url, content=body, headers={**message.headers, "Accept-Encoding": "identity"}
            ) as response:
                found = _read(response)
        except httpx2.TransportError as error:
            raise errors.CentralUnreachable(NO_CONNECTION) from error
        except httpx2.HTTPError as error:
            raise errors.CentralNonsense(NOT_CENTRAL) from error
        self.down += len(found)
        kind = response.headers.get("content-type", "").split(";")[0]
        return _Answer(response.status_code, kind, found)


def check_address(address: str) -> None:
    """Refuse an address that would send data unencrypted over a network.

    Raises:
        SettingsProblem: It is neither https nor loopback.
    """
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise errors.SettingsProblem(
            "The address of the team server is not a web address. Ask your team lead for a new code."
        )
    if parts.scheme == "http" and not is_loopback(address):
        raise errors.SettingsProblem("The team server must have an address that starts with https. Ask your IT team.")


def _trusted(address: str) -> ssl.SSLContext:
    """The TLS context with the operating system's trusted certificates, to which an organisation can add its own."""
    if is_loopback(address) and address.startswith("http:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # plain http; loading certificates is slow
    return ssl.create_default_context()


def is_loopback(address: str) -> bool:
    """Whether a URL's host is this machine's loopback."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(response: httpx2.Response) -> bytes:
    """A response's body, still compressed, limited in size and time."""
    body = bytearray()
    until = time.monotonic() + WHOLE_SECONDS
    for piece in response.iter_raw():
        body += piece
        if len(body) > wire.LONGEST_REPLY:
            raise errors.CentralNonsense(NOT_CENTRAL)
        if time.monotonic() > until:
            raise errors.CentralUnreachable(NO_CONNECTION)
    return bytes(body)


def _problem(answer: _Answer) -> dict[str, Any]:
    """The members of an application/problem+json response; {} when it is none."""
    try:
        said = json.loads(answer.body) if answer.kind == "application/problem+json" else {}
    except (ValueError, RecursionError):
        said = {}
    return said if isinstance(said, dict) else {}


def _refusal(answer: _Answer, said: dict[str, Any]) -> errors.SyncProblem:
    if answer.status == httpx2.codes.SERVICE_UNAVAILABLE and said:
        return errors.CentralBusy()
    if not 400 <= answer.status < 500:  # noqa: PLR2004 - what HTTP calls the client's fault
        return errors.CentralNonsense(NOT_CENTRAL)
    detail = said.get("detail")
    known = isinstance(detail, str) and 0 < len(detail) <= LONGEST_SENTENCE
    sentence = str(detail) if known else NOT_ACCEPTED
    if said.get("succeed") is True or said.get("unknown") is True:
        return errors.PutBack(sentence, unknown=said.get("succeed") is not True)
    orders = wire.read_orders(said.get("orders"))
    return DeviceBlocked(sentence, orders) if orders else errors.CentralRefused(sentence)
