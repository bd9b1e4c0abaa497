"""Central over HTTP, for the laptop."""

import ipaddress
import json
from typing import Self
from urllib.parse import urlsplit

import httpx2

from phb_tui import errors
from phb_tui.sync import wire
from phb_tui.sync.protocol import PATH, SyncReply, SyncRequest

CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 30.0
NO_CONNECTION = "No connection to central. Everything is saved on this laptop and will be sent later."
NONSENSE = "What answered is not the central service, or it is not well. Nothing is lost; try again later."
LONGEST_SENTENCE = 300


class HttpCentral:
    """The central service at an address.

    Args:
        address: Such as https://central.example; plain http only on this machine.
        token: What central knows this laptop by.

    Raises:
        SettingsProblem: The address is not one that may be used.
    """

    def __init__(self, address: str, token: str) -> None:
        check_address(address)
        self._client = httpx2.Client(
            base_url=address.rstrip("/"),
            headers={"Authorization": f"Bearer {token}", "Content-Type": wire.TYPE, "Accept": wire.TYPE},
            timeout=httpx2.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
            follow_redirects=False,
            # A laptop's proxy settings are for the web; central on this machine is not behind one.
            trust_env=not is_here(address),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def sync(self, request: SyncRequest) -> SyncReply:
        """One round trip.

        Raises:
            CentralUnreachable, CentralNonsense, CentralRefused: Each with a sentence.
        """
        try:
            with self._client.stream("POST", PATH, content=wire.encode_request(request)) as response:
                body = _read(response)
        except httpx2.TransportError as error:
            raise errors.CentralUnreachable(NO_CONNECTION) from error
        except httpx2.HTTPError as error:
            raise errors.CentralNonsense(NONSENSE) from error
        kind = response.headers.get("content-type", "").split(";")[0]
        if response.status_code == httpx2.codes.OK and kind == wire.TYPE:
            return wire.decode_reply(body)
        if 400 <= response.status_code < 500:  # noqa: PLR2004 - what HTTP calls the client's fault
            raise errors.CentralRefused(_sentence(response, body))
        raise errors.CentralNonsense(NONSENSE)


def check_address(address: str) -> None:
    """Refuse an address that would send a person's words unencrypted over a network.

    Raises:
        SettingsProblem: It is neither https nor on this machine.
    """
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in {"http", "https"}:
        raise errors.SettingsProblem("The address of central is not a web address. Ask your team lead for a new code.")
    if parts.scheme == "http" and not is_here(address):
        raise errors.SettingsProblem("Central must have an address that starts with https. Ask your IT team.")


def is_here(address: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _read(response: httpx2.Response) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > wire.LONGEST_REPLY:
            raise errors.CentralNonsense(NONSENSE)
    return bytes(body)


def _sentence(response: httpx2.Response, body: bytes) -> str:
    """Central's own sentence if it sent one, else ours."""
    try:
        detail = json.loads(body)["detail"] if "problem+json" in response.headers.get("content-type", "") else ""
    except (ValueError, KeyError, TypeError):
        detail = ""
    if isinstance(detail, str) and 0 < len(detail) <= LONGEST_SENTENCE:
        return detail
    return "Central did not accept this laptop's request. Nothing is lost. Ask your team lead."
