"""The endpoint of the exchange: a laptop's changes in, what is new for it out."""

import json
import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phb_tui.central.api.context import Central
from phb_tui.central.api.signatures import Signatures, decoded
from phb_tui.central.exchange.sync_service import KeyChanged, Mark, Replayed
from phb_tui.central.http.body import whole
from phb_tui.central.http.limits import Allowance, Gate
from phb_tui.central.http.metrics import Metrics
from phb_tui.central.http.middleware import tell
from phb_tui.central.http.problems import SAFE, Refused
from phb_tui.errors import CentralRefused, PutBack
from phb_tui.sync import wire
from phb_tui.sync.protocol import PATH, KeptOut, SyncReply, SyncRequest


class SyncEndpoint:
    """Answers the exchange.

    Args:
        central: What answers.
        gate: Limits how many are answered at once.
        signatures: Says who asks.
        metrics: Counts changes and rows.
    """

    def __init__(self, central: Central, gate: Gate, signatures: Signatures, metrics: Metrics) -> None:
        self._service, self._access = central.service, central.access
        self._gate, self._signatures, self._metrics = gate, signatures, metrics
        self._laptops = Allowance(central.limits.burst, central.limits.a_second)

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route(PATH, self.sync, methods=["POST"])]

    async def sync(self, request: Request) -> Response:
        """Take a laptop's changes and answer with what is new."""
        body = await whole(request, wire.LONGEST_REQUEST)
        async with self._gate.turn(len(body)):
            # All of it in one thread: what is read there is at hand for the rest, and the others' loop goes on.
            words = await run_in_threadpool(self._answer, request, body)
        return Response(words, media_type=wire.TYPE, headers={**SAFE, "Content-Encoding": "zstd"})

    def _answer(self, request: Request, body: bytes) -> bytes:
        """The answer to what a laptop says, as it travels."""
        signed = self._signatures.verify(request, body, self._access.known_key_of, self._access.public_key_of)
        self._laptops.check(f"{signed.team_id}/{signed.device_id}")
        asked = decoded(wire.decode_request, body)
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

    def _count(self, request: Request, asked: SyncRequest, reply: SyncReply) -> None:
        refused = len(reply.refused)
        self._metrics.changes.labels("refused").inc(refused)
        self._metrics.changes.labels("taken").inc(len(asked.changes) - refused)
        self._metrics.rows.inc(len(reply.rows))
        tell(request.scope, rows=len(reply.rows), refused=refused)
