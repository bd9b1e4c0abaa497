"""Gives a laptop that was restored from a backup a new device id, under which it continues (decision 0016).

The request is signed with the laptop's own key, and the new id gets the rights of the old one and no more.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from phb_tui.central.auth import roles
from phb_tui.central.exchange.sync_service import KeyRotated, Replayed, RequestProof
from phb_tui.central.exchange.validation import UNREADABLE
from phb_tui.central.storage import audit_log
from phb_tui.central.storage.models import CENTRAL, REPLACED, Device
from phb_tui.central.storage.repository import Repository, Storage, is_identifier
from phb_tui.domain.calendar.timestamps import utc
from phb_tui.domain.records.merge import Outcome
from phb_tui.errors import CentralRefused
from phb_tui.sync.protocol import RejectedChange
from phb_tui.sync.restore_messages import Common, Succession

NOT_ALLOWED = "The team server does not let this laptop go on under another number. Nothing is lost. Tell your IT team."


class DeviceSuccession:
    """Answers the succession requests of restored laptops.

    Args:
        storage: Central's storage.
        now: Returns the current time.
    """

    def __init__(self, storage: Storage, now: Callable[[], datetime]) -> None:
        self._storage, self._now = storage, now

    def succeed(self, request: Succession, proof: RequestProof) -> Common:
        """Add the laptop under its new id, at the last change that both sides have; repeating the request is harmless.

        Raises:
            CentralRefused: The laptop is blocked, or the id belongs to another laptop.
            KeyRotated: The request is signed with a key that the laptop no longer has.
            Replayed: The same request was answered before.
        """
        return self._storage.write({request.team_id}, lambda repository: self._work(repository, request, proof))

    def _work(self, repository: Repository, request: Succession, proof: RequestProof) -> Common:
        team = repository.lock_team(request.team_id)
        device = repository.device(request.team_id, request.device_id)
        if team is None or device is None:
            raise CentralRefused(NOT_ALLOWED)
        if proof.key != device.public_key:
            raise KeyRotated
        if not repository.remember_nonce(device.team_id, device.device_id, proof.nonce, proof.at):
            raise Replayed
        same_key = [one for one in repository.devices(request.team_id) if one.public_key == device.public_key]
        good = all(one.state in {"active", REPLACED} for one in same_key)
        if not good or roles.may_not_exchange(device.role) or not is_identifier(request.successor):
            raise CentralRefused(NOT_ALLOWED)
        common, head = _common(repository, same_key, request)
        if common.last >= 0:
            self._add(repository, device, request.successor, common.last, head)
        return common

    def _add(self, repository: Repository, device: Device, successor: str, last: int, head: str) -> None:
        known = repository.device(device.team_id, successor)
        if successor in {device.device_id, CENTRAL} or (known and not _is_unused(repository, known, device)):
            raise CentralRefused(NOT_ALLOWED)
        at = utc(self._now())
        new = replace(device, device_id=successor, state="active", last_op=last, head=head, enrolled_at=at)
        if known is None:
            repository.add_device(new)
            audit_log.append(
                repository, device.team_id, at, device.staff_id, "went on as another laptop", device.device_id
            )
        repository.save_device(new)
        repository.save_device_state(device.team_id, device.device_id, REPLACED)


def _is_unused(repository: Repository, known: Device, device: Device) -> bool:
    """Whether a device id was given to the same laptop earlier and no change has been received under it."""
    same = known.public_key == device.public_key and known.staff_id == device.staff_id and known.state == "active"
    return same and not repository.hashes(known.team_id, known.device_id, 1, 2**53)


def _common(repository: Repository, names: list[Device], request: Succession) -> tuple[Common, str]:
    """The last change that the laptop and central (under any of its ids) share, and the hash the next must follow."""
    numbers = [number for number, _hash in request.hashes]
    first = numbers[0] if numbers else 1
    here = {
        (number, text_hash): (outcome, why)
        for one in names
        for number, (text_hash, outcome, why) in repository.hashes(
            one.team_id, one.device_id, first, max(numbers, default=0)
        ).items()
    }
    last, head, refused = (0 if first <= 1 else -1), "", []
    for number, text_hash in request.hashes:
        if (number, text_hash) not in here:
            break
        last, (outcome, why) = number, here[number, text_hash]
        # Whether a quarantined change could be parsed is not stored, so the next change may follow any hash.
        head = UNREADABLE if outcome == Outcome.REFUSED else text_hash
        if outcome == Outcome.REFUSED:
            refused.append(RejectedChange(number, why))
    return Common(last, tuple(refused)), head
