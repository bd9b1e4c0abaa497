"""A laptop's changes as they come: which are new, whether they are of one chain, and what is against any of them."""

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
"""Stands for the hash before a change when the one before could not be read: nothing is known to follow."""

OTHER_HISTORY = (
    "Central has other changes from this laptop under the same numbers, as if the laptop had been put back to an older "
    "state. Nothing was taken and nothing is lost. Install the newest phb-tui, then press F5 again."
)

TOO_LONG = "This is longer than central takes, so it was kept aside. Write it again in shorter parts."
ONLY_THERE = "This is too long to be sent, so it is on your laptop only. Write it again in shorter parts."


class HistoryDiverged(PutBack):
    """A laptop's history is not the one central knows."""

    def __init__(self) -> None:
        super().__init__(OTHER_HISTORY)


class IncomingChange(msgspec.Struct, gc=False):
    """A change as it came. A Struct, for thousands are made for each request.

    Attributes:
        text: Its text.
        hash: The text's hash.
        change: What it says; None when it cannot be read.
        why: Why it has to be kept aside; "" when nothing is known against it.
        head: What the next has to name as the one before it; `UNREADABLE` when that is not known.
    """

    op_no: int
    text: bytes
    hash: str
    change: Change | None
    why: str
    head: str


class ChangeValidator:
    """Reads what one laptop offers in one request.

    Args:
        repository: The transaction.
        device: The laptop.
        aside: Why everything is kept aside, such as for a laptop that is no longer let in; "" for no reason.

    Attributes:
        refused: Changes that were kept aside before; the answer that said so may not have arrived.
    """

    def __init__(self, repository: Repository, device: Device, aside: str) -> None:
        self._repository, self._device, self._aside = repository, device, aside
        self._may_not_write = roles.may_not_write(device.role)
        self._known: set[str | None] = {None}
        """Kinds and people that this request named before, in a way that can be."""
        self.refused: list[RejectedChange] = []

    def new_changes(self, first: int, texts: tuple[bytes, ...]) -> list[IncomingChange]:
        """The changes that central does not have, in order; none after a gap.

        Args:
            first: The number of the first.
            texts: Their texts.

        Raises:
            HistoryDiverged: The laptop's history is not the one central knows.
        """
        last, head = self._device.last_op, self._device.head
        again = texts[: max(last - first + 1, 0)]
        self._look_at_again(first, again)
        if first > last + 1:
            return []  # the reply's `ack` tells the laptop where to start again
        new = []
        for op_no, text in enumerate(texts[len(again) :], start=last + 1):
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
            why = self._aside or (TOO_LONG if len(text) > LONGEST_CHANGE else self._reject_reason(op_no, change))
            new.append(IncomingChange(op_no, text, text_hash, change, why, head))
        return new

    def _look_at_again(self, first: int, texts: tuple[bytes, ...]) -> None:
        """Look whether changes that came before are the ones that central has."""
        device = self._device
        known = self._repository.hashes(device.team_id, device.device_id, first, device.last_op) if texts else {}
        for op_no, text in enumerate(texts, start=first):
            found, outcome, why = known.get(op_no, ("", "", ""))
            if found != hash_of(text):
                raise HistoryDiverged
            if outcome == Outcome.REFUSED:
                self.refused.append(RejectedChange(op_no, why))

    def _reject_reason(self, op_no: int, change: Change) -> str:
        """Why a change is kept aside whatever the records hold."""
        device = self._device
        if change.op_no != op_no or change.device_id != device.device_id or change.team_id != device.team_id:
            return "This change says that it belongs to another laptop or team, so central kept it aside."
        if change.author != device.staff_id:
            return "This change says that somebody else wrote it, so central kept it aside."
        known = self._known
        if change.kind not in known or change.person_id not in known:
            known.update(name for name in (change.kind, change.person_id) if name and is_identifier(name))
        if change.kind not in known or change.person_id not in known or not is_identifier(change.record_id):
            return "This change names a record in a way that cannot be, so central kept it aside."
        if not change.fields:
            return "This change changes nothing, so central kept it aside."
        return self._may_not_write
