"""Validates incoming changes: new or duplicate, hash chain intact, allowed for this device."""

import msgspec

from phb_tui.central.auth import roles
from phb_tui.central.storage.models import Device
from phb_tui.central.storage.repository import Repository, is_identifier
from phb_tui.domain.records.changes import Change, hash_of
from phb_tui.domain.records.limits import LONGEST_CHANGE, stands_for
from phb_tui.domain.records.merge import Outcome
from phb_tui.errors import CentralRefused, PutBack
from phb_tui.sync import wire
from phb_tui.sync.protocol import RejectedChange

UNREADABLE = "?"
"""Placeholder for the previous change's hash when that change could not be parsed: the next may follow any hash."""

OTHER_HISTORY = (
    "The team server has other changes from this laptop under the same numbers, as if an older copy of the laptop had "
    "been restored. Nothing was taken and nothing is lost. Press F5 once with a network; if it stays so, install the "
    "newest phb-tui."
)

TOO_LONG = "This is longer than the team server can accept. Write it again in shorter parts."
ONLY_THERE = "This is too long to be sent, so it is on your laptop only. Write it again in shorter parts."


class HistoryDiverged(PutBack):
    """A laptop's history differs from the one central has, as after the laptop was restored from a backup."""

    def __init__(self) -> None:
        super().__init__(OTHER_HISTORY)


class IncomingChange(msgspec.Struct, gc=False):
    """A received change with the result of its validation. A Struct, for one request makes thousands.

    Attributes:
        op_no: Its number among the device's changes, from 1.
        text: Its JSON text as received.
        hash: The text's SHA-256, in hex.
        change: The parsed change; None when it cannot be parsed.
        why: Why it is quarantined; "" when it is valid.
        head: The hash that the next change must follow; `UNREADABLE` when that is not known.
    """

    op_no: int
    text: bytes
    hash: str
    change: Change | None
    why: str
    head: str


class ChangeValidator:
    """Validates the changes that one laptop sends in one request.

    Args:
        repository: The transaction.
        device: The laptop.
        quarantine_reason: Why every change is quarantined, such as for a blocked laptop; "" for no reason.

    Attributes:
        rejected: Duplicates that were quarantined before; the reply that said so may have been lost.
    """

    def __init__(self, repository: Repository, device: Device, quarantine_reason: str) -> None:
        self._repository, self._device, self._quarantine_reason = repository, device, quarantine_reason
        self._may_not_write = roles.may_not_write(device.role)
        self._known: set[str | None] = {None}
        """Kinds and person ids in this request that were validated already."""
        self.rejected: list[RejectedChange] = []

    def new_changes(self, first: int, texts: tuple[bytes, ...]) -> list[IncomingChange]:
        """The changes that central does not have yet, in order; none when numbers before them are missing.

        Args:
            first: The number of the first change.
            texts: The changes' texts.

        Raises:
            HistoryDiverged: The laptop's history differs from the one central has.
        """
        last, head = self._device.last_op, self._device.head
        duplicates = texts[: max(last - first + 1, 0)]
        self._check_duplicates(first, duplicates)
        if first > last + 1:
            return []  # the reply's `ack` tells the laptop from where to send again
        new = []
        for op_no, text in enumerate(texts[len(duplicates) :], start=last + 1):
            text_hash = hash_of(text)
            try:
                change = wire.decode_change(text)
            except CentralRefused as error:
                head = stands_for(text)
                why = ONLY_THERE if head else error.sentence
                head = head or UNREADABLE
                new.append(IncomingChange(op_no, text, text_hash, None, why, head))
                continue
            if change.prev != head != UNREADABLE:
                raise HistoryDiverged
            head = text_hash
            why = self._quarantine_reason or (
                TOO_LONG if len(text) > LONGEST_CHANGE else self._reject_reason(op_no, change)
            )
            new.append(IncomingChange(op_no, text, text_hash, change, why, head))
        return new

    def _check_duplicates(self, first: int, texts: tuple[bytes, ...]) -> None:
        """Check that duplicates are the changes that central has; collects those that were quarantined."""
        device = self._device
        known = self._repository.hashes(device.team_id, device.device_id, first, device.last_op) if texts else {}
        for op_no, text in enumerate(texts, start=first):
            found, outcome, why = known.get(op_no, ("", "", ""))
            if found != hash_of(text):
                raise HistoryDiverged
            if outcome == Outcome.REFUSED:
                self.rejected.append(RejectedChange(op_no, why))

    def _reject_reason(self, op_no: int, change: Change) -> str:
        """Why a change is quarantined whatever the records hold, as a sentence; "" when it is valid."""
        device = self._device
        if change.op_no != op_no or change.device_id != device.device_id or change.team_id != device.team_id:
            return "This change says that it belongs to another laptop or team, so the team server could not accept it."
        if change.author != device.staff_id:
            return "This change says that someone else wrote it, so the team server could not accept it."
        known = self._known
        if change.kind not in known or change.person_id not in known:
            known.update(name for name in (change.kind, change.person_id) if name and is_identifier(name))
        if change.kind not in known or change.person_id not in known or not is_identifier(change.record_id):
            return "This change names a record in a way that cannot be, so the team server could not accept it."
        if not change.fields:
            return "This change changes nothing, so the team server could not accept it."
        return self._may_not_write
