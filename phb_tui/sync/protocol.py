"""The exchange as one type, implemented by central and by the device's HTTP client alike."""

from dataclasses import dataclass
from typing import Protocol

from phb_tui.domain.changes import Change, RecordState, Seen

PATH = "/v1/sync"
"""Where central answers."""

MOST_CHANGES = 500
"""The most changes in one request; the rest go in the next."""

MOST_RECORDS = 500
"""The most records in one reply; `SyncReply.more` says there are others."""


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What a device sends.

    Attributes:
        team_id: The team it asks about; one team a request.
        device_id: The device; central checks it against the token.
        cursor: How far this device has seen.
        chain: Central's own hash at the cursor, as central gave it; "" at the start.
        changes: Its unanswered changes in order, oldest first.
        most: How many records it wants at most.
    """

    team_id: str
    device_id: str
    cursor: Seen
    chain: str
    changes: tuple[Change, ...]
    most: int = MOST_RECORDS


@dataclass(frozen=True, slots=True)
class Refusal:
    """A change central keeps aside instead of applying.

    Attributes:
        op_no: Which of the device's changes.
        why: A sentence for the nurse.
    """

    op_no: int
    why: str


@dataclass(frozen=True, slots=True)
class SyncReply:
    """What central answers.

    Attributes:
        ack: The last of this device's changes central has, for good. Lower than expected after central was restored.
        refused: Changes in this request that were kept aside.
        cursor: How far the records below bring the device.
        chain: Central's hash over everything up to the cursor; the device brings it back next time.
        records: Every record with news after the request's cursor, in sequence, at most `most`.
        more: Whether to ask again at once.
        total: How many changes central holds for the team.
    """

    ack: int
    refused: tuple[Refusal, ...]
    cursor: Seen
    chain: str
    records: tuple[RecordState, ...]
    more: bool
    total: int


class Central(Protocol):
    """Anything that answers the exchange."""

    def sync(self, request: SyncRequest) -> SyncReply:
        """Take the changes and answer with the news, both or neither.

        Raises:
            SyncProblem: Nothing is known to have happened; asking again is always safe.
        """
