"""The HTTP endpoint at which laptops enrol."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.api.signatures import SignatureVerifier, decode_or_reject
from phb_tui.central.http.body import read_body
from phb_tui.central.http.limits import ConcurrencyLimiter
from phb_tui.central.http.problems import SECURITY_HEADERS, HttpProblem
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import ENROL

LONGEST_ENROLMENT = 10_000


class EnrolmentEndpoint:
    """Enrols laptops with a one-time code.

    Args:
        devices: The device registry.
        limiter: The concurrency limiter.
        signatures: Verifies request signatures.
    """

    def __init__(self, devices: DeviceRegistry, limiter: ConcurrencyLimiter, signatures: SignatureVerifier) -> None:
        self._devices, self._limiter, self._signatures = devices, limiter, signatures

    def routes(self) -> list[Route]:
        """The endpoint's route."""
        return [Route(ENROL, self.enrol, methods=["POST"])]

    async def enrol(self, request: Request) -> Response:
        """Enrol a laptop; the request is signed with the key in it and limited per IP address."""
        self._signatures.check_address(request)
        body = await read_body(request, LONGEST_ENROLMENT)
        async with self._limiter.slot(len(body)):
            reply = await run_in_threadpool(self._joined, request, body)
        return Response(reply, media_type="application/json", headers=SECURITY_HEADERS)

    def _joined(self, request: Request, body: bytes) -> bytes:
        """The response's body, or an HttpProblem."""
        enrolment = decode_or_reject(wire.decode_enrolment, body)
        signed = self._signatures.verify(request, body, lambda _team, _device: enrolment.public_key)
        if (enrolment.team_id, enrolment.device_id) != (signed.team_id, signed.device_id):
            raise HttpProblem(403, "This laptop may not join as another one.")
        try:
            return wire.encode(self._devices.enrol(enrolment))
        except CentralRefused as error:
            raise HttpProblem(403, error.sentence) from error
