"""The endpoint at which a laptop that was restored from a backup goes on under another name (decision 0016)."""

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.api.signatures import SignatureVerifier, decode_or_reject
from phb_tui.central.exchange.restored_device import DeviceSuccession
from phb_tui.central.exchange.sync_service import Replayed, RequestProof
from phb_tui.central.http.body import read_body
from phb_tui.central.http.limits import ConcurrencyLimiter
from phb_tui.central.http.problems import SECURITY_HEADERS, HttpProblem
from phb_tui.errors import CentralRefused
from phb_tui.sync import restore_messages, wire


class RestoredDeviceEndpoint:
    """Lets a restored laptop go on.

    Args:
        successions: Lets laptops go on that were put back.
        devices: Knows the laptops' keys.
        limiter: Limits how many are answered at once.
        signatures: Says who asks.
    """

    def __init__(
        self,
        successions: DeviceSuccession,
        devices: DeviceRegistry,
        limiter: ConcurrencyLimiter,
        signatures: SignatureVerifier,
    ) -> None:
        self._successions, self._devices, self._limiter, self._signatures = successions, devices, limiter, signatures

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route(restore_messages.PATH, self.succeed, methods=["POST"])]

    async def succeed(self, request: Request) -> Response:
        """Let a restored laptop go on."""
        self._signatures.check_address(request)  # seldom, whoever it is
        body = await read_body(request, wire.LONGEST_REQUEST)
        async with self._limiter.slot(len(body)):
            words = await run_in_threadpool(self._succeeded, request, body)
        return Response(words, media_type=restore_messages.TYPE, headers=SECURITY_HEADERS)

    def _succeeded(self, request: Request, body: bytes) -> bytes:
        """The answer to a laptop that was put back."""
        signed = self._signatures.verify(request, body, self._devices.public_key_of)
        asked = decode_or_reject(restore_messages.decode_succession, body)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise HttpProblem(403, "This laptop may not go on as another one.")
        try:
            return restore_messages.encode(
                self._successions.succeed(asked, RequestProof(signed.nonce, int(time.time()), signed.key))
            )
        except Replayed as error:
            raise HttpProblem(409, error.sentence, again=True) from error
        except CentralRefused as error:
            raise HttpProblem(403, error.sentence) from error
