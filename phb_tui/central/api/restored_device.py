"""The endpoint at which a laptop that was restored from a backup goes on under another name (decision 0016)."""

import time

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from phb_tui.central.admin.devices import Access
from phb_tui.central.api.signatures import Signatures, decoded
from phb_tui.central.exchange.restored_device import Successions
from phb_tui.central.exchange.sync_service import Mark, Replayed
from phb_tui.central.http.body import whole
from phb_tui.central.http.limits import Gate
from phb_tui.central.http.problems import SAFE, Refused
from phb_tui.errors import CentralRefused
from phb_tui.sync import restore_messages, wire


class RestoredDeviceEndpoint:
    """Lets a restored laptop go on.

    Args:
        successions: Lets laptops go on that were put back.
        access: Knows the laptops' keys.
        gate: Limits how many are answered at once.
        signatures: Says who asks.
    """

    def __init__(self, successions: Successions, access: Access, gate: Gate, signatures: Signatures) -> None:
        self._successions, self._access, self._gate, self._signatures = successions, access, gate, signatures

    def routes(self) -> list[Route]:
        """Its address."""
        return [Route(restore_messages.PATH, self.succeed, methods=["POST"])]

    async def succeed(self, request: Request) -> Response:
        """Let a restored laptop go on."""
        self._signatures.ask_as_stranger(request)  # seldom, whoever it is
        body = await whole(request, wire.LONGEST_REQUEST)
        async with self._gate.turn(len(body)):
            words = await run_in_threadpool(self._succeeded, request, body)
        return Response(words, media_type=restore_messages.TYPE, headers=SAFE)

    def _succeeded(self, request: Request, body: bytes) -> bytes:
        """The answer to a laptop that was put back."""
        signed = self._signatures.verify(request, body, self._access.public_key_of)
        asked = decoded(restore_messages.decode_succession, body)
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
