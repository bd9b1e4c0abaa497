"""The HTTP endpoint of the exchange: receives a laptop's changes and returns changed records."""

import json
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phb_tui.central.api.context import Central
from phb_tui.central.api.signatures import SignatureVerifier, decode_or_reject
from phb_tui.central.exchange.sync_service import KeyRotated, Replayed, RequestProof
from phb_tui.central.http.body import read_body
from phb_tui.central.http.limits import ConcurrencyLimiter, RateLimiter
from phb_tui.central.http.metrics import Metrics
from phb_tui.central.http.middleware import annotate
from phb_tui.central.http.problems import SECURITY_HEADERS, HttpProblem
from phb_tui.errors import CentralRefused, PutBack
from phb_tui.sync import wire
from phb_tui.sync.protocol import PATH, DeviceBlocked, SyncReply, SyncRequest


class SyncEndpoint:
    """Answers sync requests.

    Args:
        central: Central's services and limits.
        limiter: The concurrency limiter.
        signatures: Verifies request signatures.
        metrics: Counts changes and records.
    """

    def __init__(
        self, central: Central, limiter: ConcurrencyLimiter, signatures: SignatureVerifier, metrics: Metrics
    ) -> None:
        self._service, self._devices = central.sync, central.devices
        self._limiter, self._signatures, self._metrics = limiter, signatures, metrics
        self._rate_limiter = RateLimiter(central.limits.burst, central.limits.per_second)

    def routes(self) -> list[Route]:
        """The endpoint's route."""
        return [Route(PATH, self.sync, methods=["POST"])]

    async def sync(self, request: Request) -> Response:
        """Answer one sync request, in a slot of the concurrency limiter."""
        body = await read_body(request, wire.LONGEST_REQUEST)
        async with self._limiter.slot(len(body)):
            # All of it in one worker thread, so that the event loop stays free for other requests.
            reply = await run_in_threadpool(self._answer, request, body)
        return Response(reply, media_type=wire.TYPE, headers={**SECURITY_HEADERS, "Content-Encoding": "zstd"})

    def _answer(self, request: Request, body: bytes) -> bytes:
        """The encoded reply, or an HttpProblem: verify, rate-limit, decode, synchronise, count."""
        signed = self._signatures.verify(request, body, self._devices.known_key_of, self._devices.public_key_of)
        self._rate_limiter.check(f"{signed.team_id}/{signed.device_id}")
        sync_request = decode_or_reject(wire.decode_request, body)
        if (sync_request.team_id, sync_request.device_id) != (signed.team_id, signed.device_id):
            raise HttpProblem(403, "This laptop may not ask for that team.")
        annotate(request.scope, team=signed.team_id, device=signed.device_id, changes=len(sync_request.changes))
        try:
            reply = self._service.sync(sync_request, RequestProof(signed.nonce, int(time.time()), signed.key))
        except DeviceBlocked as error:
            raise HttpProblem(403, error.sentence, orders=json.loads(wire.encode(error.orders))) from error
        except KeyRotated as error:
            raise HttpProblem(401, error.sentence) from error
        except Replayed as error:
            raise HttpProblem(409, error.sentence, again=True) from error
        except PutBack as error:
            raise HttpProblem(409, error.sentence, **{"unknown" if error.unknown else "succeed": True}) from error
        except CentralRefused as error:
            raise HttpProblem(409, error.sentence) from error
        self._count(request, sync_request, reply)
        return wire.encode_reply(reply)

    def _count(self, request: Request, sync_request: SyncRequest, reply: SyncReply) -> None:
        refused = len(reply.refused)
        self._metrics.changes.labels("refused").inc(refused)
        self._metrics.changes.labels("taken").inc(len(sync_request.changes) - refused)
        self._metrics.rows.inc(len(reply.rows))
        annotate(request.scope, rows=len(reply.rows), refused=refused)
