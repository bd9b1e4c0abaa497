"""Bytes to protocol calls, errors to status codes; nothing else."""

import hashlib
import ipaddress
import json

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from phb_tui.central.page import page
from phb_tui.central.service import CentralService
from phb_tui.central.storage import Device, Storage
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import PATH, SyncRequest

SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def make_app(service: CentralService, storage: Storage) -> Starlette:
    """Central's web application.

    Args:
        service: Answers the exchange.
        storage: What it keeps.
    """
    pages = _Pages(service, storage)
    routes = [
        Route(PATH, pages.sync, methods=["POST"]),
        Route("/", pages.arrived, methods=["GET"]),
        Route("/healthz", pages.health, methods=["GET"]),
    ]
    return Starlette(routes=routes, exception_handlers={_Refused: _refusal})


class _Refused(Exception):
    """An answer other than the one asked for."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


async def _refusal(_request: Request, error: Exception) -> Response:
    if not isinstance(error, _Refused):
        raise error
    return problem(error.status, error.sentence)


class _Pages:
    """What central answers to each address."""

    def __init__(self, service: CentralService, storage: Storage) -> None:
        self._service, self._storage = service, storage

    async def sync(self, request: Request) -> Response:
        device = await run_in_threadpool(_device, self._storage, request)
        if device is None:
            raise _Refused(401, "Central does not know this laptop. Ask your team lead for a joining code.")
        asked = await _asked(request)
        if (asked.team_id, asked.device_id) != (device.team_id, device.device_id):
            raise _Refused(403, "This laptop may not ask for that team.")
        try:
            reply = await run_in_threadpool(self._service.sync, asked)
        except CentralRefused as error:
            raise _Refused(409, error.sentence) from error
        return Response(wire.encode_reply(reply), media_type=wire.TYPE, headers=SAFE)

    async def arrived(self, request: Request) -> Response:
        # It shows what people said; until people can sign in, only somebody at this machine may look.
        if not _is_here(request):
            raise _Refused(403, "This page can only be seen on the machine that central runs on.")
        return HTMLResponse(await run_in_threadpool(page, self._storage), headers=SAFE)

    async def health(self, _request: Request) -> Response:
        return PlainTextResponse("ok", headers=SAFE)


def problem(status: int, sentence: str) -> Response:
    """An error as application/problem+json (RFC 9457)."""
    body = json.dumps({"title": "There is a problem", "status": status, "detail": sentence})
    return Response(body, status, headers=SAFE, media_type="application/problem+json")


def token_hash(token: str) -> str:
    """What central keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _device(storage: Storage, request: Request) -> Device | None:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return storage.device_by_token(token_hash(token)) if scheme.lower() == "bearer" and token else None


async def _asked(request: Request) -> SyncRequest:
    """The request in a body that is not longer than any request."""
    body = bytearray()
    try:
        async for piece in request.stream():
            body += piece
            if len(body) > wire.LONGEST_REQUEST:
                raise _Refused(413, "The request is too large.")
        return wire.decode_request(bytes(body))
    except ClientDisconnect as error:
        raise _Refused(400, "The request broke off.") from error
    except CentralRefused as error:
        raise _Refused(400, error.sentence) from error


def _is_here(request: Request) -> bool:
    try:
        return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
