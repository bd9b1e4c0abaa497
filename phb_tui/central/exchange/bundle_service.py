"""Answers a bundle, a file with sync requests from a laptop without a network, with a file of replies."""

from collections.abc import Iterator
from dataclasses import replace

from phb_tui.central.admin.devices import DeviceRegistry
from phb_tui.central.exchange.sync_service import SyncService
from phb_tui.domain.records.changes import SyncPosition
from phb_tui.errors import CentralRefused
from phb_tui.sync import bundle, wire
from phb_tui.sync.bundle import Answer, Bundle
from phb_tui.sync.protocol import DeviceBlocked, RejectedChange, SyncReply, SyncRequest
from phb_tui.sync.signing import WRONG_SIGNATURE, sealing_key

MOST_REQUESTS = 100
LONGEST = 64 * 1024 * 1024
"""The largest bundle accepted, in bytes."""


class BundleService:
    """Opens, answers and seals bundles.

    Args:
        service: Answers each sync request of a bundle.
        access: Verifies and enrols devices.
        key: Central's private key in hex.
    """

    def __init__(self, service: SyncService, access: DeviceRegistry, key: str) -> None:
        self._service, self._access, self._key = service, access, key

    def answer(self, data: bytes) -> bytes:
        """The reply to a bundle, encrypted so that only the laptop it is for can open it.

        Raises:
            CentralRefused: It is not a bundle of a known laptop.
            CentralBusy: The database cannot be used now.
        """
        found, signed, signature = bundle.open_bundle(data, sealing_key(self._key))
        key = found.enrolment.public_key if found.enrolment else ""
        if found.enrolment and (found.enrolment.team_id, found.enrolment.device_id) == (found.team_id, found.device_id):
            if not bundle.is_signed(key, signed, signature):
                raise CentralRefused(WRONG_SIGNATURE)
            self._access.enrol(found.enrolment)
        if not bundle.is_signed(self._access.public_key_of(found.team_id, found.device_id), signed, signature):
            raise CentralRefused(WRONG_SIGNATURE)
        answer = Answer(found.team_id, found.device_id, (), ())
        try:
            for asked, reply in self._replies(found):
                replies = (*answer.replies, wire.encode_reply(reply))
                answer = replace(answer, asked=(*answer.asked, asked), replies=replies)
        except DeviceBlocked as out:
            answer = replace(answer, problem=out.sentence, orders=out.orders)
        except CentralRefused as error:
            answer = replace(answer, problem=error.sentence)
        return bundle.seal_answer(answer, self._key, found.reply_to)

    def _replies(self, found: Bundle) -> Iterator[tuple[SyncPosition, SyncReply]]:
        """Yield every reply with the cursor it answers, including further pages until the laptop is up to date."""
        refused: list[RejectedChange] = []
        last: tuple[SyncRequest, SyncReply] | None = None
        for data in found.requests[:MOST_REQUESTS]:
            request = wire.decode_request(data)
            if (request.team_id, request.device_id) != (found.team_id, found.device_id):
                raise CentralRefused("This laptop may not ask for that team.")
            reply = self._service.sync(request)
            refused += reply.refused
            last = request, reply
        if last is None:
            return
        request, reply = last
        # Only the last request asks for records, so its reply also carries the rejections of the others.
        yield request.cursor, replace(reply, refused=tuple(refused))
        while reply.more:
            request = SyncRequest(
                found.team_id,
                found.device_id,
                reply.cursor,
                reply.chain,
                1,
                (),
                request.page,
                (),
                request.roster_version,
            )
            reply = self._service.sync(request)
            yield request.cursor, reply
