"""The endpoint that laptops join at."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phb_tui.central.admin.devices import Access
from phb_tui.central.api.signatures import Signatures, decoded
from phb_tui.central.http.body import whole
from phb_tui.central.http.limits import Gate
from phb_tui.central.http.problems import SAFE, Refused
from phb_tui.errors import CentralRefused
from phb_tui.sync import wire
from phb_tui.sync.protocol import ENROL

LONGEST_ENROLMENT = 10_000


class EnrolmentEndpoint:
    """Lets laptops join with a code.

    Args:
        access: Knows the codes and the laptops.
        gate: Limits how many are answered at once.
        signatures: Says who asks.
    """

    def __init__(self, access: Access, gate: Gate, signatures: Signatures) -> None:
        self._access, self._gate, self._signatures = access, gate, signatures

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route(ENROL, self.enrol, methods=["POST"])]

    async def enrol(self, request: Request) -> Response:
        """Let a laptop join."""
        self._signatures.ask_as_stranger(request)
        body = await whole(request, LONGEST_ENROLMENT)
        async with self._gate.turn(len(body)):
            words = await run_in_threadpool(self._joined, request, body)
        return Response(words, media_type="application/json", headers=SAFE)

    def _joined(self, request: Request, body: bytes) -> bytes:
        """The answer to a laptop that joins."""
        asked = decoded(wire.decode_enrolment, body)
        signed = self._signatures.verify(request, body, lambda _team, _device: asked.public_key)
        if (asked.team_id, asked.device_id) != (signed.team_id, signed.device_id):
            raise Refused(403, "This laptop may not join as another one.")
        try:
            return wire.encode(self._access.enrol(asked))
        except CentralRefused as error:
            raise Refused(403, error.sentence) from error
