"""Central's HTTP face: the exchange, joining, and a page that shows what has arrived.

Every answer that is not the one asked for is application/problem+json (RFC 9457) with a sentence for the nurse.
"""

import ipaddress
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from phb_tui.central.access import Access
from phb_tui.central.page import page
from phb_tui.central.service import CentralService, Mark, Replayed
from phb_tui.central.storage import Storage
from phb_tui.errors import CentralBusy, CentralRefused
from phb_tui.sync import signing, wire
from phb_tui.sync.protocol import ENROL, PATH, KeptOut
from phb_tui.sync.signing import ClockIsWrong, Message, Signed

T = TypeVar("T")
SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
LONGEST_ENROLMENT = 10_000
RETRY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Central:
    """Everything central's HTTP face speaks for.

    Attributes:
        service: Answers the exchange.
        access: Lets laptops in and keeps them out.
        storage: What central keeps.
    """

    service: CentralService
    access: Access
    storage: Storage


def make_app(central: Central) -> Starlette:
    """Central's web application."""
    pages = _Pages(central)
    routes = [
        Route(PATH, pages.sync, methods=["POST"]),
        Route(ENROL, pages.enrol, methods=["POST"]),
        Route("/", pages.arrived, methods=["GET"]),
        Route("/healthz", pages.health, methods=["GET"]),
    ]
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        _Refused: _refusal,
        HTTPException: _no_such_page,
        CentralBusy: _busy,
    }
    return Starlette(routes=routes, exception_handlers=handlers)


class _Refused(Exception):
    """An answer other than the one asked for."""

    def __init__(self, status: int, sentence: str, **more: object) -> None:
        super().__init__(sentence)
        self.status, self.sentence, self.more = status, sentence, more


async def _refusal(_request: Request, error: Exception) -> Response:
    if not isinstance(error, _Refused):
        raise error
    return problem(error.status, error.sentence, **error.more)


async def _busy(_request: Request, error: Exception) -> Response:
    answer = problem(503, error.sentence if isinstance(error, CentralBusy) else "")
    answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


async def _no_such_page(_request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    answer = problem(error.status_code, "There is nothing at this address, or it is not asked for in this way.")
    answer.headers.update(error.headers or {})
    return answer


class _Pages:
    """What central answers to each address."""

    def __init__(self, central: Central) -> None:
        self._service, self._access, self._storage = central.service, central.access, central.storage

    async def sync(self, request: Request) -> Response:
        body = await _body(request, wire.LONGEST_REQUEST)
        signed = await run_in_threadpool(_signed, request, body, self._access.public_key_of)
        asked = _read(wire.decode_request, body)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise _Refused(403, "This laptop may not ask for that team.")
        try:
            reply = await run_in_threadpool(self._service.sync, asked, Mark(signed.nonce, int(time.time())))
        except KeptOut as error:
            raise _Refused(403, error.sentence, orders=json.loads(wire.encode(error.orders))) from error
        except Replayed as error:
            raise _Refused(409, error.sentence, again=True) from error
        except CentralRefused as error:
            raise _Refused(409, error.sentence) from error
        return Response(wire.encode_reply(reply), media_type=wire.TYPE, headers={**SAFE, "Content-Encoding": "zstd"})

    async def enrol(self, request: Request) -> Response:
        body = await _body(request, LONGEST_ENROLMENT)
        asked = _read(wire.decode_enrolment, body)
        signed = await run_in_threadpool(_signed, request, body, lambda _team, _device: asked.public_key)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise _Refused(403, "This laptop may not join as another one.")
        try:
            joined = await run_in_threadpool(self._access.enrol, asked)
        except CentralRefused as error:
            raise _Refused(403, error.sentence) from error
        return Response(wire.encode(joined), media_type="application/json", headers=SAFE)

    async def arrived(self, request: Request) -> Response:
        # It shows what people said; until people can sign in, only somebody at this machine may look.
        if not _is_here(request):
            raise _Refused(403, "This page can only be seen on the machine that central runs on.")
        return HTMLResponse(await run_in_threadpool(page, self._storage), headers=SAFE)

    async def health(self, _request: Request) -> Response:
        return PlainTextResponse("ok", headers=SAFE)


def problem(status: int, sentence: str, **more: object) -> Response:
    """An error as application/problem+json (RFC 9457)."""
    body = json.dumps({"title": "There is a problem", "status": status, "detail": sentence, **more})
    return Response(body, status, headers=SAFE, media_type="application/problem+json")


def _signed(request: Request, body: bytes, find_key: Callable[[str, str], str]) -> Signed:
    """Who sent a request, proven by its signature."""
    headers = {name: ", ".join(request.headers.getlist(name)) for name in request.headers}
    message = Message(request.method, str(request.url), headers)
    try:
        return signing.verify(message, body, find_key, int(time.time()))
    except ClockIsWrong as error:
        raise _Refused(401, error.sentence, ahead=error.ahead) from error
    except CentralRefused as error:
        raise _Refused(401, error.sentence) from error


def _read(decode: Callable[[bytes], T], body: bytes) -> T:
    try:
        return decode(body)
    except CentralRefused as error:
        raise _Refused(400, error.sentence) from error


async def _body(request: Request, most: int) -> bytes:
    """The body of a request, which is not longer than any request."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                raise _Refused(413, "The request is too large.")
    except ClientDisconnect as error:
        raise _Refused(400, "The request broke off.") from error
    return bytes(body)


def _is_here(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
