"""The HTTP endpoint at which a laptop restored from a backup gets a new device id (decision 0016)."""

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
    """Gives a restored laptop a new device id.

    Args:
        successions: Answers succession requests.
        devices: Finds the laptops' public keys.
        limiter: The concurrency limiter.
        signatures: Verifies request signatures.
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
        """The endpoint's route."""
        return [Route(restore_messages.PATH, self.succeed, methods=["POST"])]

    async def succeed(self, request: Request) -> Response:
        """Answer a succession request, limited per IP address."""
        self._signatures.check_address(request)  # such requests are rare, so a low rate is enough for everybody
        body = await read_body(request, wire.LONGEST_REQUEST)
        async with self._limiter.slot(len(body)):
            reply = await run_in_threadpool(self._succeeded, request, body)
        return Response(reply, media_type=restore_messages.TYPE, headers=SECURITY_HEADERS)

    def _succeeded(self, request: Request, body: bytes) -> bytes:
        """The response's body, or an HttpProblem."""
        signed = self._signatures.verify(request, body, self._devices.public_key_of)
        succession = decode_or_reject(restore_messages.decode_succession, body)
        if (succession.team_id, succession.device_id) != (signed.team_id, signed.device_id):
            raise HttpProblem(403, "This laptop may not go on as another one.")
        try:
            return restore_messages.encode(
                self._successions.succeed(succession, RequestProof(signed.nonce, int(time.time()), signed.key))
            )
        except Replayed as error:
            raise HttpProblem(409, error.sentence, again=True) from error
        except CentralRefused as error:
            raise HttpProblem(403, error.sentence) from error
