"""Central's HTTP face: the exchange, joining, how it is, and people's pages for those who have signed in."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from phb_tui.central.admin.devices import Access
from phb_tui.central.api import openapi
from phb_tui.central.auth.login_settings import Door
from phb_tui.central.exchange.bundle_service import LONGEST as LONGEST_BUNDLE
from phb_tui.central.exchange.bundle_service import Bundles
from phb_tui.central.exchange.restored_device import Successions
from phb_tui.central.exchange.sync_service import CentralService, KeyChanged, Mark, Replayed
from phb_tui.central.http.body import pieces, whole
from phb_tui.central.http.json_log import Log
from phb_tui.central.http.limits import Allowance, Gate
from phb_tui.central.http.metrics import TYPE as METRICS_TYPE
from phb_tui.central.http.metrics import Metrics
from phb_tui.central.http.middleware import Watching, tell
from phb_tui.central.http.problems import SAFE, Refused, TooOften
from phb_tui.central.storage.repository import Storage
from phb_tui.central.web import bundle_upload
from phb_tui.central.web.access_control import Desk
from phb_tui.central.web.login import Front
from phb_tui.central.web.team import TeamPages
from phb_tui.errors import CentralBusy, CentralRefused, PutBack
from phb_tui.sync import restore_messages, signing, wire
from phb_tui.sync.protocol import ENROL, PATH, KeptOut, SyncReply, SyncRequest
from phb_tui.sync.signing import ClockIsWrong, Message, Signed

T = TypeVar("T")
LONGEST_ENROLMENT = 10_000
FindKey = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much central does at once, for each of its processes.

    Attributes:
        at_once: Requests that are worked on together.
        most_waiting: Requests that may queue.
        most_held: Bytes of bodies that may queue.
        seconds: How long a request may queue; less than a laptop waits for an answer.
        burst, a_second: How often one laptop may ask: at once, and in the long run.
        strangers_burst, strangers_a_second: How often one address may ask in vain, or to join. Many laptops of an
            organisation can come from one address.
    """

    at_once: int = 8
    most_waiting: int = 2_000
    most_held: int = 512 * 1024 * 1024
    seconds: float = 20.0
    burst: int = 300
    a_second: float = 5.0
    strangers_burst: int = 200
    strangers_a_second: float = 5.0


@dataclass(frozen=True, slots=True)
class Central:
    """Everything central's HTTP face speaks for.

    Attributes:
        service: Answers the exchange.
        access: Lets laptops in and keeps them out.
        bundles: Answers what was carried on a stick.
        successions: Lets laptops go on that were put back.
        storage: What central keeps.
        log: Where its log goes.
        limits: How much it does at once.
        door: Who signs in and how; None where nobody does.
    """

    service: CentralService
    access: Access
    bundles: Bundles
    successions: Successions
    storage: Storage
    log: Log = field(default_factory=Log)
    limits: Limits = field(default_factory=Limits)
    door: Door | None = None


def make_app(central: Central) -> ASGIApp:
    """Central's web application."""
    metrics = Metrics()
    limits = central.limits
    gate = Gate(limits.at_once, limits.most_waiting, limits.most_held, limits.seconds, metrics.waiting.set)
    desk = Desk(central.storage, central.door, gate)
    pages = _Pages(central, metrics, gate)
    front = Front(desk, pages.ask_as_stranger)
    routes = [
        Route(PATH, pages.sync, methods=["POST"]),
        Route(ENROL, pages.enrol, methods=["POST"]),
        Route(restore_messages.PATH, pages.succeed, methods=["POST"]),
        Route(bundle_upload.ADDRESS, pages.carry, methods=["GET"]),
        Route(bundle_upload.ADDRESS, pages.carried, methods=["POST"]),
        *front.routes(),
        *TeamPages(desk, central.access).routes(),
        Route("/healthz", pages.health, methods=["GET"]),
        Route("/readyz", pages.ready, methods=["GET"]),
        Route("/metrics", pages.metrics, methods=["GET"]),
        Route("/openapi.json", pages.openapi, methods=["GET"]),
    ]
    return Watching(Router(routes), central.log, metrics)


class _Pages:
    """What central answers to each address."""

    def __init__(self, central: Central, metrics: Metrics, gate: Gate) -> None:
        self._service, self._access, self._storage = central.service, central.access, central.storage
        self._bundles, self._successions, limits = central.bundles, central.successions, central.limits
        self._metrics, self._gate = metrics, gate
        self._laptops = Allowance(limits.burst, limits.a_second)
        self._strangers = Allowance(limits.strangers_burst, limits.strangers_a_second)

    async def sync(self, request: Request) -> Response:
        body = await whole(request, wire.LONGEST_REQUEST)
        async with self._gate.turn(len(body)):
            # All of it in one thread: what is read there is at hand for the rest, and the others' loop goes on.
            words = await run_in_threadpool(self._answer, request, body)
        return Response(words, media_type=wire.TYPE, headers={**SAFE, "Content-Encoding": "zstd"})

    def _answer(self, request: Request, body: bytes) -> bytes:
        """The answer to what a laptop says, as it travels."""
        signed = self._signed(request, body, self._access.known_key_of, self._access.public_key_of)
        if wait := self._laptops.take(f"{signed.team_id}/{signed.device_id}"):
            raise TooOften(wait)
        asked = _read(wire.decode_request, body)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise Refused(403, "This laptop may not ask for that team.")
        tell(request.scope, team=signed.team_id, device=signed.device_id, changes=len(asked.changes))
        try:
            reply = self._service.sync(asked, Mark(signed.nonce, int(time.time()), signed.key))
        except KeptOut as error:
            raise Refused(403, error.sentence, orders=json.loads(wire.encode(error.orders))) from error
        except KeyChanged as error:
            raise Refused(401, error.sentence) from error
        except Replayed as error:
            raise Refused(409, error.sentence, again=True) from error
        except PutBack as error:
            raise Refused(409, error.sentence, **{"unknown" if error.unknown else "succeed": True}) from error
        except CentralRefused as error:
            raise Refused(409, error.sentence) from error
        self._count(request, asked, reply)
        return wire.encode_reply(reply)

    async def enrol(self, request: Request) -> Response:
        self.ask_as_stranger(request)
        body = await whole(request, LONGEST_ENROLMENT)
        async with self._gate.turn(len(body)):
            words = await run_in_threadpool(self._joined, request, body)
        return Response(words, media_type="application/json", headers=SAFE)

    def _joined(self, request: Request, body: bytes) -> bytes:
        """The answer to a laptop that joins."""
        asked = _read(wire.decode_enrolment, body)
        signed = self._signed(request, body, lambda _team, _device: asked.public_key)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise Refused(403, "This laptop may not join as another one.")
        try:
            return wire.encode(self._access.enrol(asked))
        except CentralRefused as error:
            raise Refused(403, error.sentence) from error

    async def succeed(self, request: Request) -> Response:
        self.ask_as_stranger(request)  # seldom, whoever it is
        body = await whole(request, wire.LONGEST_REQUEST)
        async with self._gate.turn(len(body)):
            words = await run_in_threadpool(self._succeeded, request, body)
        return Response(words, media_type=restore_messages.TYPE, headers=SAFE)

    def _succeeded(self, request: Request, body: bytes) -> bytes:
        """The answer to a laptop that was put back."""
        signed = self._signed(request, body, self._access.public_key_of)
        asked = _read(restore_messages.decode_succession, body)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise Refused(403, "This laptop may not go on as another one.")
        try:
            return restore_messages.encode(
                self._successions.succeed(asked, Mark(signed.nonce, int(time.time()), signed.key))
            )
        except Replayed as error:
            raise Refused(409, error.sentence, again=True) from error
        except CentralRefused as error:
            raise Refused(403, error.sentence) from error

    async def carry(self, _request: Request) -> Response:
        return HTMLResponse(bundle_upload.page(), headers=SAFE)

    async def carried(self, request: Request) -> Response:
        self.ask_as_stranger(request)  # whoever carries it is nobody central knows
        try:
            file = await bundle_upload.file_in(request.headers, pieces(request, LONGEST_BUNDLE))
        except (CentralRefused, Refused) as error:
            status = error.status if isinstance(error, Refused) else 400
            return HTMLResponse(bundle_upload.page(error.sentence), status, headers=SAFE)
        async with self._gate.turn(len(file.words)):
            try:
                answer = await run_in_threadpool(self._bundles.answer, file.words)
            except CentralRefused as error:
                return HTMLResponse(bundle_upload.page(error.sentence), 403, headers=SAFE)
        return Response(answer, media_type=bundle_upload.TYPE, headers={**SAFE, "Content-Disposition": file.answer})

    async def health(self, _request: Request) -> Response:
        return PlainTextResponse("ok", headers=SAFE)

    async def ready(self, _request: Request) -> Response:
        try:
            await run_in_threadpool(self._storage.teams)
        except CentralBusy as error:
            raise Refused(503, "Central's database cannot be used just now.") from error
        return PlainTextResponse("ready", headers=SAFE)

    async def metrics(self, _request: Request) -> Response:
        return Response(self._metrics.page(), headers={**SAFE, "Content-Type": METRICS_TYPE})

    async def openapi(self, _request: Request) -> Response:
        return Response(openapi.document(), media_type="application/json", headers=SAFE)

    def _signed(self, request: Request, body: bytes, *find_key: FindKey) -> Signed:
        """Who sent a request, proven by its signature; with the key that the last one finds, if no other fits."""
        try:
            return _verified(request, body, find_key)
        except ClockIsWrong as error:
            raise Refused(401, error.sentence, ahead=error.ahead) from error
        except CentralRefused as error:
            self.ask_as_stranger(request)
            unknown = {"unknown": True} if isinstance(error, PutBack) else {}
            raise Refused(401, error.sentence, **unknown) from error

    def ask_as_stranger(self, request: Request) -> None:
        """Count that an address asks whom central does not know.

        Raises:
            TooOften: It asks too often.
        """
        if wait := self._strangers.take(request.client.host if request.client else ""):
            raise TooOften(wait)

    def _count(self, request: Request, asked: SyncRequest, reply: SyncReply) -> None:
        refused = len(reply.refused)
        self._metrics.changes.labels("refused").inc(refused)
        self._metrics.changes.labels("taken").inc(len(asked.changes) - refused)
        self._metrics.rows.inc(len(reply.rows))
        tell(request.scope, rows=len(reply.rows), refused=refused)


def _verified(request: Request, body: bytes, find_key: tuple[FindKey, ...]) -> Signed:
    headers = {name: ", ".join(request.headers.getlist(name)) for name in request.headers}
    message = Message(request.method, str(request.url), headers)
    for find in find_key[:-1]:
        try:
            return signing.verify(message, body, find, int(time.time()))
        except ClockIsWrong:
            raise
        except CentralRefused:  # it may have another key by now
            continue
    return signing.verify(message, body, find_key[-1], int(time.time()))


def _read(decode: Callable[[bytes], T], body: bytes) -> T:
    try:
        return decode(body)
    except CentralRefused as error:
        raise Refused(400, error.sentence) from error
